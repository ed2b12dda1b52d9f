"""Touchpoints of three versions over their stages: none is lost where it moved, was renamed, or its stage is gone."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import NamedTuple

from journeykit.changing.merging.blocks import Chunk, Clash, Group, pick
from journeykit.changing.merging.naming import put
from journeykit.changing.merging.ordering import in_order
from journeykit.changing.merging.three_way import Merger, Three, around
from journeykit.changing.sheet import UnfitError

Key = Hashable


class Roots(NamedTuple):
    """The whole files."""

    base: Group
    ours: Group
    theirs: Group


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
        found = {chunk.key: chunk for chunk in stages.value.unclashed}
        if number:
            other = self.stages[3 - number]
            mine = self.places[number]
            for key in self.stages[0]:
                if key not in found and key in other and any(one in mine for one in self.parts.get(key, {})):
                    found[key] = other[key]
        chunks = tuple(self.stage(chunk, number) for chunk in found.values())
        return put(root, "stages", replace(stages, value=replace(stages.value, chunks=chunks)))

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
        return replace(chunk, value=put(chunk.value, "touchpoints", own))


def _without(stage: Group) -> Group:
    return replace(stage, chunks=tuple(chunk for chunk in stage.chunks if chunk.key != "touchpoints"))


def _stages_of(root: Group) -> Mapping[Key, Chunk]:
    stages = pick(root, "stages")
    return {c.key: c for c in stages.value.unclashed} if stages and isinstance(stages.value, Group) else {}


def _list(stage: Chunk) -> Chunk | None:
    return pick(stage.value, "touchpoints") if isinstance(stage.value, Group) else None


def _shell(stage: Chunk | None) -> Group | None:
    inner = _list(stage) if stage else None
    return inner.value if inner and isinstance(inner.value, Group) else None


def _items(stage: Chunk) -> list[Chunk]:
    group = _shell(stage)
    return group.unclashed if group else []
