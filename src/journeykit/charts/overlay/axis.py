"""Positions of touchpoints on the axis of an overlay, by stage or by time. Lengths are in points."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import ceil
from typing import NamedTuple

from journeykit.charts import time_text
from journeykit.charts.columns import MARK, NEAREST, STAGE_GAP, cut, gaps
from journeykit.charts.overlay.matching import MatchedStages, SharedStage
from journeykit.charts.time_scale import TimeScale, day0_of, periods_of, spread, time_scales_of
from journeykit.errors import UsageError
from journeykit.model import Journey

END = 172.0
"""Width of the labels at the ends of the lines."""
REACH = 22.0
"""Distance from the last point to its label."""
TIGHT = 40.0
"""The least width of a column if the width of the picture is given."""
LOOSE = 1.25
"""Factor by which a time axis is longer than its columns, so that these can be near their times."""


class Grid(NamedTuple):
    """Positions in one row, between `left` and `right`; the labels at the ends of the lines begin at `ends`."""

    left: float
    right: float
    column: float
    xs: tuple[dict[str, float], ...]
    """The x of points by id, for each journey; those of the rows before and after are beyond the ends of this one."""
    lefts: tuple[dict[str, float], ...]
    """Left edges of columns by id, for each journey, of the touchpoints in this row."""
    spans: tuple[tuple[SharedStage, float, float], ...]
    """Stages with their left and right ends; none on a time axis."""
    time_scale: TimeScale | None = None
    by_clock: bool = False
    """Whether the hours of the axis are times of day."""
    begins_within: bool = False
    """Whether the first stage began in the row before."""
    number: int = 1
    """Number of the row."""
    total: int = 1
    """How many rows there are."""

    @property
    def last(self) -> float:
        """The x of the last point of all journeys in this row."""
        return max(self.xs[n][id] for n, lefts in enumerate(self.lefts) for id in lefts)

    @property
    def ends(self) -> float:
        return self.last + REACH

    def named(self, id: str) -> str:
        """Return an id that is unique in all rows."""
        return id if self.number == 1 else f"{id}_{self.number}"


class Room(NamedTuple):
    """From which the widths of rows follow."""

    left: float
    column: float
    """The least width of a column."""
    least: float
    """The least width of all columns."""
    limit: int
    """The most columns in a row."""
    width: float | None = None
    """Width of the columns and of the labels at the ends of the lines, if it is given."""


def by_stage(matched: MatchedStages, room: Room) -> list[Grid]:
    """Return rows of columns, which end with a stage if possible; each row is filled with equal ones."""
    columns = [_Column(stage) for stage in matched.stages for _ in range(stage.columns)]
    rowed = cut(columns, max(1, room.limit))
    longest = max(map(len, rowed))
    most_gaps = max(gaps(row)[-1] for row in rowed)
    behind = MARK + REACH + END
    if room.width is None:
        width = max(room.column * longest + most_gaps, room.least)
        # the labels at the ends of the lines begin beside the last column
        width = max(width, width - (width - most_gaps) / longest + behind)
    else:
        width = room.width
    starts = [0, *accumulate(map(len, rowed))]
    widths = [
        _column(len(row), gaps(row)[-1], width, _last(matched, *ends) if room.width else 0.0)
        for row, ends in zip(rowed, pairwise(starts), strict=True)
    ]
    if (narrowest := min(widths)) < (TIGHT if room.width else 0.0):
        needed = max(TIGHT * (longest - 1) + behind, TIGHT * longest) + most_gaps
        raise _narrow(width, max(needed, width + TIGHT - narrowest))
    return _joined(
        [
            _row_by_stage(matched, *ends, column, room.left)
            for ends, column in zip(pairwise(starts), widths, strict=True)
        ]
    )


def _last(matched: MatchedStages, first: int, end: int) -> float:
    """Return where the last touchpoint is, in columns from the first one; in a stage of fewer it is between two."""
    return max((at - first for place in matched.places for at in place.values() if first <= at < end), default=0.0)


def _column(count: int, gaps: float, width: float, last: float) -> float:
    """Return the width of equal columns, the last of which may lie below the labels at the ends of the lines."""
    behind = MARK + REACH + END
    return min((width - gaps) / count, (width - gaps - behind) / max(1, count - 1, last))


class _Column(NamedTuple):
    stage: SharedStage


def _row_by_stage(matched: MatchedStages, first: int, end: int, column: float, left: float) -> Grid:
    """Return the columns from `first` to before `end`."""
    spans: list[tuple[SharedStage, float, float]] = []
    x = left
    for stage in matched.stages:
        start, stop = max(stage.start, first), min(stage.start + stage.columns, end)
        if start < stop:
            spans.append((stage, x, x + (stop - start) * column))
            x = spans[-1][2] + STAGE_GAP
    lefts: list[dict[str, float]] = []
    for place in matched.places:
        here: dict[str, float] = {}
        for id, at in place.items():
            if first <= at < end:
                stage, start_x, _ = next(span for span in reversed(spans) if span[0].start <= at)
                here[id] = start_x + (at - max(stage.start, first)) * column
        lefts.append(here)
    xs = tuple({id: x + MARK for id, x in one.items()} for one in lefts)
    within = spans[0][0].start < first
    return Grid(left, spans[-1][2], column, xs, tuple(lefts), tuple(spans), begins_within=within)


def _joined(grids: Sequence[Grid]) -> list[Grid]:
    """Return rows with the points of their neighbours beyond their ends, so that lines lead from one to the next."""
    wide = max(grid.right - grid.left for grid in grids) + STAGE_GAP
    found = []
    for n, grid in enumerate(grids):
        xs = [dict(one) for one in grid.xs]
        for m, other in enumerate(grids):
            for mine, theirs in zip(xs, other.xs, strict=True):
                mine.update({id: x + (m - n) * wide for id, x in theirs.items()} if m != n else {})
        found.append(grid._replace(xs=tuple(xs), number=n + 1, total=len(grids)))
    return found


def by_time(journeys: Sequence[Journey], room: Room) -> list[Grid]:
    """Return rows by the time since each journey's day 0; equal times have the same x.

    Raises UsageError if a journey has no times.
    """
    periods = [periods_of(journey, from_day0=True) for journey in journeys]
    clocks = [[period.start for period in one] for one in periods]
    parts = _parts(clocks, max(1, room.limit))
    most = max(len(clock[a:b]) for part in parts for clock, (a, b) in zip(clocks, part, strict=True))
    if room.width is None:
        column, right = room.column, room.left + max(most * room.column * LOOSE, room.least)
    else:
        right = room.left + room.width - REACH - END
        column = min(room.column, (right - room.left) / most)
        if column < TIGHT:
            raise _narrow(room.width, TIGHT * most + REACH + END)
    by_clock = _by_the_clock(journeys)
    rows = [[one for several, (a, b) in zip(periods, part, strict=True) for one in several[a:b]] for part in parts]
    scales = time_scales_of(rows, room.left + MARK, [(right - MARK, column)] * len(parts))
    return _joined(
        [
            _row_by_time(journeys, clocks, part, scale, room.left, right, column)._replace(by_clock=by_clock)
            for part, scale in zip(parts, scales, strict=True)
        ]
    )


def _parts(clocks: Sequence[Sequence[float]], limit: int) -> list[list[tuple[int, int]]]:
    """Divide the times into rows of at most `limit` touchpoints of a journey; equal times stay together.

    Each row has the first and the last index of each journey's touchpoints in it.
    """
    number = ceil(max(map(len, clocks)) / limit)
    most = ceil(max(map(len, clocks)) / number)
    parts: list[list[tuple[int, int]]] = []
    begun = at = [0] * len(clocks)
    for moment in sorted({seconds for clock in clocks for seconds in clock}):
        after = [bisect_right(clock, moment) for clock in clocks]
        if at != begun and any(end - start > most for start, end in zip(begun, after, strict=True)):
            parts.append(list(zip(begun, at, strict=True)))
            begun = at
        at = after
    return [*parts, list(zip(begun, at, strict=True))]


def _row_by_time(
    journeys: Sequence[Journey],
    clocks: Sequence[Sequence[float]],
    part: Sequence[tuple[int, int]],
    scale: TimeScale,
    left: float,
    right: float,
    column: float,
) -> Grid:
    shown = [clock[a:b] for clock, (a, b) in zip(clocks, part, strict=True)]
    often: Counter[float] = Counter()
    for one in shown:
        often |= Counter(one)
    moments = sorted(often.elements())
    low, high = left + MARK, right - MARK
    apart = min(NEAREST, (high - low) / len(moments))
    spots = spread([scale.x(moment) for moment in moments], [apart * n for n in range(len(moments))], low, high)
    xs, lefts = [], []
    for journey, times, (a, b) in zip(journeys, shown, part, strict=True):
        ids = [touchpoint.id for touchpoint in journey.touchpoints[a:b]]
        xs.append(dict(zip(ids, _taken(times, moments, spots), strict=True)))
        wanted = [x - MARK for x in xs[-1].values()]
        edges = spread(wanted, [column * n for n in range(len(ids))], left, right - column + MARK) if ids else []
        lefts.append(dict(zip(ids, edges, strict=True)))
    return Grid(left, right, column, tuple(xs), tuple(lefts), (), scale)


def _taken(times: Sequence[float], moments: Sequence[float], spots: Sequence[float]) -> list[float]:
    """Return the positions of a journey's times; several at one moment have different ones."""
    at = 0
    found = []
    for seconds in times:
        at = next(n for n in range(at, len(moments)) if moments[n] == seconds)
        found.append(spots[at])
        at += 1
    return found


def _by_the_clock(journeys: Sequence[Journey]) -> bool:
    written = [(journey, t.at) for journey in journeys for t in journey.touchpoints if t.at]
    from_midnight = all(not at.absolute or day0_of(journey) is not None for journey, at in written)
    return from_midnight and any(time_text.by_the_clock(at) for _, at in written)


def _narrow(room: float, needed: float) -> UsageError:
    return UsageError(
        "the width leaves no room for these touchpoints", f"give at least {needed - room:.0f} pt more, or leave it out"
    )
