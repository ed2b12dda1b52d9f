"""What touchpoints and stages of three versions are called, so that the same have the same name."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from journeykit.changing.merging.blocks import Chunk, Group, pick
from journeykit.changing.merging.forms import SHORT
from journeykit.changing.merging.ordering import moved
from journeykit.changing.sheet import UnfitError
from journeykit.comparing import Pair, matched
from journeykit.model import Journey, Place, Stage, Touchpoint
from journeykit.model.normal import TOUCHPOINT_KEYS
from journeykit.reading import Document

Key = Hashable


class Names(NamedTuple):
    """The keys by which touchpoints and stages of one version are known, in order."""

    touchpoints: list[Key]
    stages: list[Key]


def names_of(base: Document, document: Document) -> Names:
    """What is the same as in the base has its key; what is new is known by its id."""
    side = document.journey
    assert side is not None
    if base.journey is None:
        return Names([_new(one) for one in side.touchpoints], [("new stage", stage.id) for stage in side.stages])
    keys: dict[int, Key] = {}
    for pair in _surely_matched(base, base.journey, document, side):
        if pair.new:
            keys[pair.new.number] = was(pair.old.number) if pair.old else _new(pair.new.touchpoint)
    touchpoints = [keys[number] for number in sorted(keys)]
    return Names(touchpoints, _stages(base.journey, side, touchpoints))


def own_names(base: Journey | None) -> Names:
    """The names of the version that the others come of."""
    if base is None:
        return Names([], [])
    return Names(
        [was(place.number) for place in base.places], [("stage", number) for number in range(len(base.stages))]
    )


def was(number: int) -> Key:
    """The key of the base's touchpoint with this number."""
    return ("touchpoint", number)


def _new(touchpoint: Touchpoint) -> Key:
    return ("new touchpoint", touchpoint.id)


def _surely_matched(base: Document, old: Journey, document: Document, new: Journey) -> Iterator[Pair]:
    """The pairs of `matched`; what is alike counts only if nothing else can be meant.

    Here a wrong guess would lose something. So two are not the same for being alike where one of them writes an id,
    which is a promise, or where it is not the only one that is new between its neighbours, or gone.
    """
    pairs = matched(old, new)
    gone = [pair for pair in pairs if pair.basis is None or pair.basis == "likeness"]
    kept = [pair for pair in pairs if pair.basis in ("id", "title") and not pair.moved]
    stayed = [pair.old.number for pair in kept if pair.old], [pair.new.number for pair in kept if pair.new]
    before = Counter(bisect_left(stayed[0], pair.old.number) for pair in gone if pair.old)
    after = Counter(bisect_left(stayed[1], pair.new.number) for pair in gone if pair.new)
    for pair in pairs:
        if pair.basis != "likeness" or not pair.old or not pair.new:
            yield pair
            continue
        gap = bisect_left(stayed[0], pair.old.number)  # behind how many of those that stayed in their order
        alone = gap == bisect_left(stayed[1], pair.new.number) and before[gap] == after[gap] == 1
        if alone and not (_has_id(base, pair.old) or _has_id(document, pair.new)):
            yield pair
        else:
            yield Pair(pair.old, None)
            yield Pair(None, pair.new)


def _has_id(document: Document, place: Place) -> bool:
    return document.source.has((*place.path, "id"))


def replaced_by_both(documents: Sequence[Document], names: Sequence[Names]) -> dict[Key, tuple[Key, Key]]:
    """Touchpoints of the base that each version gave another title, or put another touchpoint in the place of.

    Given are the keys that they have in both versions now. An id says what a touchpoint is: nothing is found where the
    base writes one, or both versions do.
    """
    base, *versions = map(_places, documents, names)
    replaced = [_replacements(base, version) for version in versions]
    found = {}
    for key, (old, _) in base.items():
        ours, theirs = (key if key in side else new.get(key) for side, new in zip(versions, replaced, strict=True))
        if ours is None or theirs is None or ours == theirs or _has_id(documents[0], old):
            continue
        new = versions[0][ours][0], versions[1][theirs][0]
        if any(one.touchpoint.title == old.touchpoint.title for one in new):
            continue
        if not all(map(_has_id, documents[1:], new)):
            found[key] = (ours, theirs)
    return found


def _replacements(base: Mapping[Key, tuple[Place, Key]], side: Mapping[Key, tuple[Place, Key]]) -> dict[Key, Key]:
    """What stands in the place of what is gone: as many touchpoints of the same stage, between the same neighbours."""
    common = [key for key in base if key in side]
    kept = frozenset(common) - moved(common, [key for key in side if key in base])
    gone, new = _between(kept, base, side), _between(kept, side, base)
    return {
        one: other
        for gap, keys in gone.items()
        if len(keys) == len(new.get(gap, ()))
        for one, other in zip(keys, new[gap], strict=True)
    }


def _between(
    kept: Collection[Key], places: Mapping[Key, tuple[Place, Key]], others: Collection[Key]
) -> dict[Key, list[Key]]:
    """What the other version lacks, by its stage and by the last touchpoint before it that stayed in its place."""
    found: dict[Key, list[Key]] = {}
    last: Key = None
    for key, (_, stage) in places.items():
        if key in kept:
            last = key
        elif key not in others:
            found.setdefault((last, stage), []).append(key)
    return found


def _places(document: Document, names: Names) -> dict[Key, tuple[Place, Key]]:
    """Each touchpoint's place and the key of its stage, by its own key."""
    if document.journey is None:
        return {}
    stages = [stage for stage in range(len(names.stages)) for _ in document.journey.stages[stage].touchpoints]
    found = zip(names.touchpoints, document.journey.places, stages, strict=True)
    return {key: (place, names.stages[stage]) for key, place, stage in found}


def _stages(base: Journey, side: Journey, touchpoints: Sequence[Key]) -> list[Key]:
    """Stages by id, then name, then by the touchpoints that they share."""
    found: dict[int, int] = {}
    for name in ("id", "name"):
        for n, stage in enumerate(side.stages):
            same = (m for m, old in enumerate(base.stages) if getattr(old, name) == getattr(stage, name))
            if n not in found and (m := next((m for m in same if m not in found.values()), None)) is not None:
                found[n] = m
    places = iter(touchpoints)
    held = [{next(places) for _ in stage.touchpoints} for stage in side.stages]
    numbers = iter(range(1, len(base.touchpoints) + 1))
    before = [{was(next(numbers)) for _ in stage.touchpoints} for stage in base.stages]
    shared = sorted(
        (-len(held[n] & before[m]), n, m) for n in range(len(held)) for m in range(len(before)) if held[n] & before[m]
    )
    for _, n, m in shared:
        if n not in found and m not in found.values() and (n == m or not _told_apart(base.stages[m], side.stages[n])):
            found[n] = m
    return [("stage", found[n]) if n in found else ("new stage", stage.id) for n, stage in enumerate(side.stages)]


def _told_apart(one: Stage, other: Stage) -> bool:
    """Whether two stages hold too little of each other's touchpoints to be one that was renamed."""
    ids = [{touchpoint.id for touchpoint in stage.touchpoints} for stage in (one, other)]
    return len(ids[0] & ids[1]) * 2 < max(len(ids[0]), len(ids[1]))


def named(root: Group, names: Names) -> Group:
    """A file in which touchpoints and stages have their keys."""
    keys = iter(names.touchpoints)
    if flat := pick(root, "touchpoints"):
        return put(root, "touchpoints", _touchpoints(flat, keys))
    stages = pick(root, "stages")
    if stages is None or not isinstance(stages.value, Group) or len(stages.value.chunks) != len(names.stages):
        raise UnfitError("no stages over lines")
    found = []
    for key, stage in zip(names.stages, stages.value.unclashed, strict=True):
        inner = stage.value
        if not isinstance(inner, Group):
            raise UnfitError("a stage in brackets")
        if own := pick(inner, "touchpoints"):
            inner = put(inner, "touchpoints", _touchpoints(own, keys))
        found.append(replace(stage, key=key, value=inner))
    return put(root, "stages", replace(stages, value=replace(stages.value, chunks=tuple(found))))


def _touchpoints(chunk: Chunk, keys: Iterator[Key]) -> Chunk:
    if not isinstance(chunk.value, Group) or chunk.value.keyed:
        raise UnfitError("no touchpoints over lines")
    items = [replace(_short(item), key=next(keys)) for item in chunk.value.unclashed]
    return replace(chunk, value=replace(chunk.value, chunks=tuple(items)))


def _short(item: Chunk) -> Chunk:
    """An item whose title is the key of its feeling gets a key of its own there, the same whatever the title."""
    if not isinstance(item.value, Group) or pick(item.value, "title") or pick(item.value, "feeling"):
        return item
    chunks = [
        replace(chunk, key=SHORT) if chunk.name not in TOUCHPOINT_KEYS else chunk for chunk in item.value.unclashed
    ]
    return replace(item, value=replace(item.value, chunks=tuple(chunks)))


def put(group: Group, key: Key, chunk: Chunk) -> Group:
    """The collection with another part in place of the one with a key."""
    return replace(group, chunks=tuple(chunk if one.key == key else one for one in group.chunks))
