"""Columns of a difference: one for each touchpoint of either version, two for one that moved, and their stages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from journeykit.comparing import Comparison, TouchpointDiff
from journeykit.scoring import Rated, StageScore

Status: TypeAlias = Literal["kept", "added", "removed", "moved-here", "moved-away", "folded"]
MOST = 60
"""The most columns; longer journeys are reduced to what differs most, with its neighbours."""


class StagePair(NamedTuple):
    """A stage in the old and the new version, None if it has none."""

    old: StageScore | None
    new: StageScore | None


class Column(NamedTuple):
    """A position on the axis with the points of the two curves, if they have one there."""

    status: Status
    stage: StagePair | None
    change: TouchpointDiff | None = None
    old: Rated | None = None
    new: Rated | None = None
    folded: int = 0
    """Number of columns that are left out here."""

    @property
    def shown(self) -> Rated | None:
        """The touchpoint in the new version, else in the old one."""
        return self.new or self.old


def columns_of(comparison: Comparison) -> list[Column]:
    """Return all columns in order; each curve has its points in the order of its version."""
    columns = list(_in_stages(list(_unfolded(comparison))))
    if len(columns) <= MOST:
        return columns
    return list(_folded(columns, _kept(columns, comparison)))


def _unfolded(comparison: Comparison) -> Iterator[Column]:
    stages = _stages(comparison)
    behind: dict[int, list[TouchpointDiff]] = {}
    last = 0
    before = {change.old.number: change for change in comparison.touchpoints if change.old}
    for number in sorted(before):
        if before[number].new is None or before[number].moved:
            behind.setdefault(last, []).append(before[number])
        else:
            last = number
    waiting = [_gone(change, stages) for change in behind.get(0, ())]
    here: StagePair | None = None
    for change in comparison.touchpoints:
        if change.new is None:
            continue
        stage = stages.new[id(change.new.stage)]
        kept = change.old if not change.moved else None
        if kept or stage is not here:
            yield from waiting
            waiting = []
        here = stage
        status: Status = "kept" if kept else "moved-here" if change.old else "added"
        yield Column(status, stage, change, kept, change.new)
        waiting += [_gone(gone, stages) for gone in behind.get(kept.number if kept else -1, ())]
        while waiting and waiting[0].stage is here:
            yield waiting.pop(0)
    yield from waiting


def _gone(change: TouchpointDiff, stages: _Stages) -> Column:
    """Return the column of a touchpoint that the new version lacks or has elsewhere."""
    assert change.old is not None
    return Column("moved-away" if change.new else "removed", stages.old[id(change.old.stage)], change, change.old)


def _in_stages(columns: Sequence[Column]) -> Iterator[Column]:
    """Assign touchpoints of the old version to a neighbouring stage, or to a removed stage between two."""
    here: StagePair | None = None
    for n, column in enumerate(columns):
        if column.new is not None:
            here = column.stage
            yield column
            continue
        after = next((other.stage for other in columns[n + 1 :] if other.new), None)
        own = column.stage
        gone = own is not None and own.new is None and here is not after
        if here is None or (after is not None and own is after):
            here = own if gone else after or own
        elif gone:
            here = own
        yield column._replace(stage=here)


class _Stages(NamedTuple):
    """Pairs of stages by the identity of the old and the new stage."""

    old: dict[int, StagePair]
    new: dict[int, StagePair]


def _stages(comparison: Comparison) -> _Stages:
    """Match stages by id, else by name, else by most of their touchpoints."""
    old, new = comparison.old.stages, comparison.new.stages
    shared = Counter(
        (id(change.old.stage), id(change.new.stage)) for change in comparison.touchpoints if change.old and change.new
    )
    pairs: dict[int, StageScore] = {}
    left = list(old)
    for alike in (
        lambda one, other: one.stage.id == other.stage.id,
        lambda one, other: one.stage.name == other.stage.name,
        lambda one, other: shared[id(one.stage), id(other.stage)] * 2 > len(other.stage.touchpoints),
    ):
        for stage in new:
            found = next((one for one in left if alike(one, stage)), None) if id(stage.stage) not in pairs else None
            if found:
                pairs[id(stage.stage)] = found
                left.remove(found)
    versions = {id(stage.stage): StagePair(pairs.get(id(stage.stage)), stage) for stage in new}
    before = {id(one.old.stage): one for one in versions.values() if one.old}
    return _Stages(before | {id(stage.stage): StagePair(stage, None) for stage in left}, versions)


def _kept(columns: Sequence[Column], comparison: Comparison) -> set[int]:
    """Return the indices of the columns to draw: what differs most, and its neighbours."""
    low = {one.id for change in comparison.low_points if change.fate != "persisting" for one in (change.old, change.new)
           if one}  # fmt: skip
    worth = sorted((-_worth(column, low), n) for n, column in enumerate(columns) if _worth(column, low) > 0)
    kept = {0, len(columns) - 1}
    for _, n in worth:
        around = {n - 1, n, n + 1} & set(range(len(columns)))
        if len(kept | around) > MOST:
            break
        kept |= around
    return kept


def _worth(column: Column, low: set[str]) -> float:
    shown = column.shown
    assert column.change is not None
    assert shown is not None
    delta = abs(column.change.delta or 0.0)
    if shown.id in low:
        return 1000 + delta
    return delta if column.status == "kept" else 25 + delta


def _folded(columns: Sequence[Column], kept: set[int]) -> Iterator[Column]:
    n = 0
    while n < len(columns):
        end = n
        while end < len(columns) and end not in kept:
            end += 1
        if end - n > 1:
            yield Column("folded", None, folded=end - n)
        elif end > n:
            yield columns[n]
        if end < len(columns):
            yield columns[end]
        n = end + 1
