"""Merge touchpoints across stages, so that none is lost if it was moved or renamed, or if its stage was removed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import NamedTuple

from journeykit.changing.merging.blocks import Block, Blocks, Conflict, find
from journeykit.changing.merging.ordering import merged_order
from journeykit.changing.merging.three_way import Merger, Three, collection_of
from journeykit.changing.merging.touchpoint_keys import replace_block
from journeykit.changing.parsed_text import NotEditableError

Key = Hashable


class Roots(NamedTuple):
    """The three whole files."""

    base: Blocks
    ours: Blocks
    theirs: Blocks


def merge_touchpoints(merger: Merger, roots: Roots) -> Roots:
    """Return the files, each with the merged touchpoints in all stages, so that only the rest is left to merge."""
    held = [find(root, "stages") for root in roots]
    if all(stages is None for stages in held):
        return roots
    if held[1] is None or held[2] is None or (held[0] is None and roots.base.blocks):
        raise NotEditableError("only one version has stages")
    spread = StageAssignment(merger, roots)
    return Roots(*(spread.with_touchpoints(root, number) for number, root in enumerate(roots)))


class StageAssignment:
    """The stage of each merged touchpoint."""

    def __init__(self, merger: Merger, roots: Roots) -> None:
        self.merger = merger
        self.stages = [_stages_of(root) for root in roots]
        self.places = [
            {item.key: (key, item) for key, stage in stages.items() for item in _items(stage)} for stages in self.stages
        ]
        self.parts: dict[Key, dict[Key, Block | Conflict]] = {}
        for key in {**self.places[1], **self.places[2]}:
            self.place(key)
        self.groups = {key: self.group(key) for key in {**self.stages[1], **self.stages[2]}}

    def place(self, key: Key) -> None:
        """Put a touchpoint into the stage to which a version moved it."""
        base, ours, theirs = (places.get(key) for places in self.places)
        part = self.merger.part(Three(*(place[1] if place else None for place in (base, ours, theirs))))
        if part is None:
            return
        if not (ours and theirs) or ours[0] == theirs[0] or (base and base[0] in (ours[0], theirs[0])):
            stage = theirs[0] if theirs and (not ours or (base and base[0] == ours[0])) else ours[0] if ours else None
            self.parts.setdefault(stage, {})[key] = part
            return
        here, there = (ours[1], theirs[1]) if isinstance(part, Conflict) else (part, part)
        old = base[1] if base else None
        self.parts.setdefault(ours[0], {})[key] = Conflict(key, here, old, None)
        self.parts.setdefault(theirs[0], {})[key] = Conflict(key, None, old, there)

    def group(self, key: Key) -> Blocks | None:
        """Return the touchpoints of one stage."""
        parts = self.parts.get(key, {})
        lists = [[item.key for item in _items(stages[key])] if key in stages else [] for stages in self.stages]
        shells = [_shell(stages.get(key)) for stages in self.stages]
        ours, theirs = shells[1] or shells[2], shells[2] or shells[1]
        if not parts or ours is None or theirs is None:
            return None
        order = merged_order(lists[0], lists[1], lists[2], parts, theirs_first=self.merger.theirs_first)
        group, _ = collection_of(
            shells[0] or replace(ours, blocks=()), ours, theirs, tuple(parts[one] for one in order)
        )
        return group

    def with_touchpoints(self, root: Blocks, number: int) -> Blocks:
        """Return a version with the merged touchpoints; a stage that it removed stays if it holds one of them."""
        stages = find(root, "stages")
        if stages is None or not isinstance(stages.value, Blocks):
            return root
        found = {block.key: block for block in stages.value.resolved}
        if number:
            other = self.stages[3 - number]
            mine = self.places[number]
            for key in self.stages[0]:
                if key not in found and key in other and any(one in mine for one in self.parts.get(key, {})):
                    found[key] = other[key]
        blocks = tuple(self.stage(block, number) for block in found.values())
        return replace_block(root, "stages", replace(stages, value=replace(stages.value, blocks=blocks)))

    def stage(self, block: Block, number: int) -> Block:
        """Return a stage with its merged touchpoints."""
        group = self.groups.get(block.key)
        assert isinstance(block.value, Blocks)
        others = [inner for stages in self.stages[1:] if (stage := stages.get(block.key)) and (inner := _list(stage))]
        gone = len([stages for stages in self.stages[1:] if block.key in stages]) < 2
        if group is None or (not number and gone):
            return replace(block, value=_without(block.value))
        if _list(block) is None:
            added = replace(others[0], value=group)
            return replace(block, value=replace(block.value, blocks=(*block.value.blocks, added)))
        own = replace(_list(block) or others[0], value=group)
        return replace(block, value=replace_block(block.value, "touchpoints", own))


def _without(stage: Blocks) -> Blocks:
    return replace(stage, blocks=tuple(block for block in stage.blocks if block.key != "touchpoints"))


def _stages_of(root: Blocks) -> Mapping[Key, Block]:
    stages = find(root, "stages")
    return {c.key: c for c in stages.value.resolved} if stages and isinstance(stages.value, Blocks) else {}


def _list(stage: Block) -> Block | None:
    return find(stage.value, "touchpoints") if isinstance(stage.value, Blocks) else None


def _shell(stage: Block | None) -> Blocks | None:
    inner = _list(stage) if stage else None
    return inner.value if inner and isinstance(inner.value, Blocks) else None


def _items(stage: Block) -> list[Block]:
    group = _shell(stage)
    return group.resolved if group else []
