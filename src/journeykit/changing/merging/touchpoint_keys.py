"""Give the touchpoints and stages of three versions keys, so that the same ones have the same key."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from journeykit.changing.merging.blocks import Block, Blocks, find
from journeykit.changing.merging.item_matching import same_places
from journeykit.changing.merging.normal_forms import SHORT
from journeykit.changing.merging.ordering import moved_keys
from journeykit.changing.parsed_text import NotEditableError
from journeykit.comparing import Pair, matched
from journeykit.model import Journey, Place, Stage, Touchpoint
from journeykit.model.normalisation import TOUCHPOINT_KEYS
from journeykit.reading import Document

Key = Hashable


class VersionKeys(NamedTuple):
    """The keys of the touchpoints and stages of one version, in order."""

    touchpoints: list[Key]
    stages: list[Key]


def keys_in(base: Document, document: Document) -> VersionKeys:
    """Return the keys of a version: those of the base for what is the same, new ones by id for the rest."""
    side = document.journey
    assert side is not None
    if base.journey is None:
        return VersionKeys([_new(one) for one in side.touchpoints], [("new stage", stage.id) for stage in side.stages])
    keys: dict[int, Key] = {}
    for pair in _certain_matches(base, base.journey, document, side):
        if pair.new:
            keys[pair.new.number] = base_key(pair.old.number) if pair.old else _new(pair.new.touchpoint)
    touchpoints = [keys[number] for number in sorted(keys)]
    return VersionKeys(touchpoints, _stages(base, document, touchpoints))


def keys_of_base(base: Journey | None) -> VersionKeys:
    """Return the keys of the common version."""
    if base is None:
        return VersionKeys([], [])
    return VersionKeys(
        [base_key(place.number) for place in base.places], [("stage", number) for number in range(len(base.stages))]
    )


def base_key(number: int) -> Key:
    """Return the key of the base's touchpoint with a number."""
    return ("touchpoint", number)


def _new(touchpoint: Touchpoint) -> Key:
    return ("new touchpoint", touchpoint.id)


def _certain_matches(base: Document, old: Journey, document: Document, new: Journey) -> Iterator[Pair]:
    """Yield the pairs of `matched`; likeness counts only if no other touchpoint can be meant.

    A wrong guess would lose something here. So two alike touchpoints are different if one of them has an id in the
    file, or if one is not the only one that is new, or gone, between its neighbours.
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
        gap = bisect_left(stayed[0], pair.old.number)  # the number of unmoved touchpoints before it
        alone = gap == bisect_left(stayed[1], pair.new.number) and before[gap] == after[gap] == 1
        if alone and not (_has_id(base, pair.old) or _has_id(document, pair.new)):
            yield pair
        else:
            yield Pair(pair.old, None)
            yield Pair(None, pair.new)


def _has_id(document: Document, place: Place) -> bool:
    return document.source.has((*place.path, "id"))


def replaced_by_both(documents: Sequence[Document], names: Sequence[VersionKeys]) -> dict[Key, tuple[Key, Key]]:
    """Return the touchpoints of the base that both versions gave another title or replaced by another touchpoint.

    The values are the keys in both versions. Where the base writes an id, or both versions do, nothing is returned:
    an id says which touchpoint is meant.
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
    """Match removed with new touchpoints: as many of the same stage between the same neighbours."""
    common = [key for key in base if key in side]
    kept = frozenset(common) - moved_keys(common, [key for key in side if key in base])
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
    """Return the touchpoints that the other version does not have, by stage and the last unmoved touchpoint before."""
    found: dict[Key, list[Key]] = {}
    last: Key = None
    for key, (_, stage) in places.items():
        if key in kept:
            last = key
        elif key not in others:
            found.setdefault((last, stage), []).append(key)
    return found


def _places(document: Document, names: VersionKeys) -> dict[Key, tuple[Place, Key]]:
    """Return each touchpoint's place and the key of its stage, by its own key."""
    if document.journey is None:
        return {}
    stages = [stage for stage in range(len(names.stages)) for _ in document.journey.stages[stage].touchpoints]
    found = zip(names.touchpoints, document.journey.places, stages, strict=True)
    return {key: (place, names.stages[stage]) for key, place, stage in found}


def _stages(base: Document, document: Document, touchpoints: Sequence[Key]) -> list[Key]:
    """Match stages by id, then name, then by the touchpoints that they share, then by place if there are none."""
    assert base.journey is not None
    assert document.journey is not None
    old, new = base.journey.stages, document.journey.stages
    found: dict[int, int] = {}
    for name in ("id", "name"):
        for n, stage in enumerate(new):
            same = (m for m, one in enumerate(old) if getattr(one, name) == getattr(stage, name))
            if n not in found and (m := next((m for m in same if m not in found.values()), None)) is not None:
                found[n] = m
    places = iter(touchpoints)
    held = [{next(places) for _ in stage.touchpoints} for stage in new]
    numbers = iter(range(1, len(base.journey.touchpoints) + 1))
    before = [{base_key(next(numbers)) for _ in stage.touchpoints} for stage in old]
    shared = sorted(
        (-len(held[n] & before[m]), n, m) for n in range(len(held)) for m in range(len(before)) if held[n] & before[m]
    )
    for _, n, m in shared:
        if n not in found and m not in found.values() and (n == m or not _are_different(old[m], new[n])):
            found[n] = m
    for m, n in same_places(len(old), len(new), found):
        named = (("stages", m), base), (("stages", n), document)
        if not (held[n] and before[m]) and not any(one.source.has((*path, "id")) for path, one in named):
            found[n] = m
    return [("stage", found[n]) if n in found else ("new stage", stage.id) for n, stage in enumerate(new)]


def _are_different(one: Stage, other: Stage) -> bool:
    """Return whether two stages share too few touchpoints to be one stage with a new name."""
    ids = [{touchpoint.id for touchpoint in stage.touchpoints} for stage in (one, other)]
    return len(ids[0] & ids[1]) * 2 < max(len(ids[0]), len(ids[1]))


def with_keys(root: Blocks, names: VersionKeys) -> Blocks:
    """Return a file whose touchpoints and stages have their keys."""
    keys = iter(names.touchpoints)
    if flat := find(root, "touchpoints"):
        return replace_block(root, "touchpoints", _touchpoints(flat, keys))
    stages = find(root, "stages")
    if stages is None or not isinstance(stages.value, Blocks) or len(stages.value.blocks) != len(names.stages):
        raise NotEditableError("no stages over lines")
    found = []
    for key, stage in zip(names.stages, stages.value.resolved, strict=True):
        inner = stage.value
        if not isinstance(inner, Blocks):
            raise NotEditableError("a stage in brackets")
        if own := find(inner, "touchpoints"):
            inner = replace_block(inner, "touchpoints", _touchpoints(own, keys))
        found.append(replace(stage, key=key, value=inner))
    return replace_block(root, "stages", replace(stages, value=replace(stages.value, blocks=tuple(found))))


def _touchpoints(block: Block, keys: Iterator[Key]) -> Block:
    if not isinstance(block.value, Blocks) or block.value.keyed:
        raise NotEditableError("no touchpoints over lines")
    items = [replace(_short(item), key=next(keys)) for item in block.value.resolved]
    return replace(block, value=replace(block.value, blocks=tuple(items)))


def _short(item: Block) -> Block:
    """Give the title of a short touchpoint, which is a key there, the same key in every version."""
    if not isinstance(item.value, Blocks) or find(item.value, "title") or find(item.value, "feeling"):
        return item
    blocks = [
        replace(block, key=SHORT) if block.name not in TOUCHPOINT_KEYS else block for block in item.value.resolved
    ]
    return replace(item, value=replace(item.value, blocks=tuple(blocks)))


def replace_block(group: Blocks, key: Key, block: Block) -> Blocks:
    """Replace the block with a key."""
    return replace(group, blocks=tuple(block if one.key == key else one for one in group.blocks))
