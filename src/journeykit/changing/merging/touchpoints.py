"""Touchpoints of three versions over their stages: none is lost where it moved, was renamed, or its stage is gone."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from journeykit.changing.merging.blocks import Chunk, Clash, Group, pick
from journeykit.changing.merging.forms import SHORT
from journeykit.changing.merging.ordering import in_order
from journeykit.changing.merging.three_way import Merger, Three, around
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


class Roots(NamedTuple):
    """The whole files."""

    base: Group
    ours: Group
    theirs: Group


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
        return _put(root, "touchpoints", _touchpoints(flat, keys))
    stages = pick(root, "stages")
    if stages is None or not isinstance(stages.value, Group) or len(stages.value.chunks) != len(names.stages):
        raise UnfitError("no stages over lines")
    found = []
    for key, stage in zip(names.stages, _chunks(stages.value), strict=True):
        inner = stage.value
        if not isinstance(inner, Group):
            raise UnfitError("a stage in brackets")
        if own := pick(inner, "touchpoints"):
            inner = _put(inner, "touchpoints", _touchpoints(own, keys))
        found.append(replace(stage, key=key, value=inner))
    return _put(root, "stages", replace(stages, value=replace(stages.value, chunks=tuple(found))))


def _touchpoints(chunk: Chunk, keys: Iterator[Key]) -> Chunk:
    if not isinstance(chunk.value, Group) or chunk.value.keyed:
        raise UnfitError("no touchpoints over lines")
    items = [replace(_short(item), key=next(keys)) for item in _chunks(chunk.value)]
    return replace(chunk, value=replace(chunk.value, chunks=tuple(items)))


def _short(item: Chunk) -> Chunk:
    """An item whose title is the key of its feeling gets a key of its own there, the same whatever the title."""
    if not isinstance(item.value, Group) or pick(item.value, "title") or pick(item.value, "feeling"):
        return item
    chunks = [
        replace(chunk, key=SHORT) if chunk.name not in TOUCHPOINT_KEYS else chunk for chunk in _chunks(item.value)
    ]
    return replace(item, value=replace(item.value, chunks=tuple(chunks)))


def _chunks(group: Group) -> list[Chunk]:
    return [chunk for chunk in group.chunks if isinstance(chunk, Chunk)]


def _put(group: Group, key: Key, chunk: Chunk) -> Group:
    return replace(group, chunks=tuple(chunk if one.key == key else one for one in group.chunks))


def with_merged_touchpoints(merger: Merger, roots: Roots) -> Roots:
    """The files, each with the merged touchpoints in all of its stages, so that only the rest is left to merge."""
    held = [pick(root, "stages") for root in roots]
    if all(stages is None for stages in held):
        return roots
    if held[1] is None or held[2] is None or (held[0] is None and roots.base.chunks):
        raise UnfitError("only one version has stages")
    spread = _Spread(merger, roots)
    return Roots(*(spread.filled(root, number) for number, root in enumerate(roots)))


class _Spread:
    """Which touchpoints stand in which stage once they are merged."""

    def __init__(self, merger: Merger, roots: Roots) -> None:
        self.merger = merger
        self.stages = [_stages_of(root) for root in roots]
        self.places = [
            {item.key: (key, item) for key, stage in stages.items() for item in _items(stage)} for stages in self.stages
        ]
        self.parts: dict[Key, dict[Key, Chunk | Clash]] = {}
        for key in {**self.places[1], **self.places[2]}:
            self.place(key)
        self.groups = {key: self.group(key) for key in {**self.stages[1], **self.stages[2]}}

    def place(self, key: Key) -> None:
        """Put a touchpoint where it belongs: where the version has it that moved it."""
        base, ours, theirs = (places.get(key) for places in self.places)
        part = self.merger.part(Three(*(place[1] if place else None for place in (base, ours, theirs))))
        if part is None:
            return
        if not (ours and theirs) or ours[0] == theirs[0] or (base and base[0] in (ours[0], theirs[0])):
            stage = theirs[0] if theirs and (not ours or (base and base[0] == ours[0])) else ours[0] if ours else None
            self.parts.setdefault(stage, {})[key] = part
            return
        sides = part if isinstance(part, Clash) else Clash(key, part, base[1] if base else None, part)
        self.parts.setdefault(ours[0], {})[key] = replace(sides, theirs=None)
        self.parts.setdefault(theirs[0], {})[key] = replace(sides, ours=None)

    def group(self, key: Key) -> Group | None:
        """The touchpoints of one stage."""
        parts = self.parts.get(key, {})
        lists = [[item.key for item in _items(stages[key])] if key in stages else [] for stages in self.stages]
        shells = [_shell(stages.get(key)) for stages in self.stages]
        ours, theirs = shells[1] or shells[2], shells[2] or shells[1]
        if not parts or ours is None or theirs is None:
            return None
        order = in_order(lists[0], lists[1], lists[2], parts, theirs_first=self.merger.theirs_first)
        group, _ = around(shells[0] or replace(ours, chunks=()), ours, theirs, tuple(parts[one] for one in order))
        return group

    def filled(self, root: Group, number: int) -> Group:
        """One version with the merged touchpoints; stages that it removed and that still hold some of its own stay."""
        stages = pick(root, "stages")
        if stages is None or not isinstance(stages.value, Group):
            return root
        found = {chunk.key: chunk for chunk in _chunks(stages.value)}
        if number:
            other = self.stages[3 - number]
            mine = self.places[number]
            for key in self.stages[0]:
                if key not in found and key in other and any(one in mine for one in self.parts.get(key, {})):
                    found[key] = other[key]
        chunks = tuple(self.stage(chunk, number) for chunk in found.values())
        return _put(root, "stages", replace(stages, value=replace(stages.value, chunks=chunks)))

    def stage(self, chunk: Chunk, number: int) -> Chunk:
        group = self.groups.get(chunk.key)
        assert isinstance(chunk.value, Group)
        others = [inner for stages in self.stages[1:] if (stage := stages.get(chunk.key)) and (inner := _list(stage))]
        gone = len([stages for stages in self.stages[1:] if chunk.key in stages]) < 2
        if group is None or (not number and gone):
            return replace(chunk, value=_without(chunk.value))
        if _list(chunk) is None:
            added = replace(others[0], value=group)
            return replace(chunk, value=replace(chunk.value, chunks=(*chunk.value.chunks, added)))
        own = replace(_list(chunk) or others[0], value=group)
        return replace(chunk, value=_put(chunk.value, "touchpoints", own))


def _without(stage: Group) -> Group:
    return replace(stage, chunks=tuple(chunk for chunk in stage.chunks if chunk.key != "touchpoints"))


def _stages_of(root: Group) -> Mapping[Key, Chunk]:
    stages = pick(root, "stages")
    return {c.key: c for c in _chunks(stages.value)} if stages and isinstance(stages.value, Group) else {}


def _list(stage: Chunk) -> Chunk | None:
    return pick(stage.value, "touchpoints") if isinstance(stage.value, Group) else None


def _shell(stage: Chunk | None) -> Group | None:
    inner = _list(stage) if stage else None
    return inner.value if inner and isinstance(inner.value, Group) else None


def _items(stage: Chunk) -> list[Chunk]:
    group = _shell(stage)
    return _chunks(group) if group else []
