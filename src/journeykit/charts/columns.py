"""Columns of touchpoints in rows, in their order or on a time axis. All lengths are in points."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import accumulate, pairwise
from math import ceil
from typing import Any, Literal, NamedTuple, Protocol, TypeAlias, TypeVar

from journeykit.charts.time_scale import Period, TimeScale, periods_of, spread, time_scales_of
from journeykit.model import Journey
from journeykit.model.journey import Place

Axis: TypeAlias = Literal["order", "time"]

MARK = 9.0
"""Distance from the left edge of a column to the middle of its marks: number, channel, face."""
STAGE_GAP = 8.0
"""Gap between the columns of two stages."""
LAST = 1.4
"""Limit of the last column's width, in least widths: points are at the left of their columns, so the rest of the last
column is empty."""
SHARE = 0.75
"""The least width of the last column, in equal shares of the row: with few columns a narrow one would leave too much to
the others."""
NEAREST = 12.0
"""The least distance of two points on a time axis; closer points are moved apart."""


class Staged(Protocol):
    """Something with a stage. Neighbours of one stage have the same object."""

    @property
    def stage(self) -> Any: ...


S = TypeVar("S", bound=Staged)


class Slot(NamedTuple):
    """The column of a touchpoint, and the x of its points, which may be outside of it on a time axis."""

    place: Place
    left: float
    right: float
    x: float

    @property
    def mark(self) -> float:
        """Middle of the marks in the column."""
        return self.left + MARK

    @property
    def width(self) -> float:
        return self.right - self.left


class Columns(NamedTuple):
    """One row of columns."""

    page: float
    """Left edge of the page, where the labels of lanes begin."""
    left: float
    right: float
    slots: tuple[Slot, ...]
    before: tuple[Slot, ...]
    """Up to two touchpoints of the previous row, as if they were to the left of this one."""
    after: tuple[Slot, ...]
    """Up to two touchpoints of the next row, as if they were to the right of this one."""
    time_scale: TimeScale | None = None
    """Scale of the time axis; None if touchpoints are in their order."""
    periods: tuple[Period, ...] = ()
    """From when to when each touchpoint lasts, on a time axis."""

    @property
    def stages(self) -> list[tuple[Slot, ...]]:
        """Slots of the row by stage."""
        found: list[list[Slot]] = []
        for slot in self.slots:
            if found and found[-1][-1].place.stage is slot.place.stage:
                found[-1].append(slot)
            else:
                found.append([slot])
        return [tuple(stage) for stage in found]

    def room(self, at: int, taken: Collection[int], most: float, gutter: float) -> float:
        """Return how wide a card may be that begins in the column at an index.

        It may go on over the free columns of its stage at the right, up to the width `most`; `taken` are the columns
        with cards. A neighbour on a time axis may be far away, so there it keeps to its column.
        """
        last = at
        while (
            self.time_scale is None
            and self.slots[last].right - self.slots[at].left - gutter < most
            and last + 1 < len(self.slots)
            and last + 1 not in taken
            and self.slots[last + 1].place.stage is self.slots[at].place.stage
        ):
            last += 1
        return min(most, self.slots[last].right - self.slots[at].left - gutter)


NOWHERE = Columns(0.0, 0.0, 0.0, (), (), ())
"""No columns: of a view that is not laid out yet."""


class ColumnSizes(NamedTuple):
    """Sizes from which the widths of columns follow."""

    page: float
    gutter: float
    column: float
    """The least width of a column."""
    least: float
    """The least width of all columns of a row; they grow to fill it."""


def rows(journey: Journey, axis: Axis, limit: int, measure: ColumnSizes, fixed: float | None = None) -> list[Columns]:
    """Return all touchpoints in rows of at most `limit` columns; `fixed` is the width of a row.

    The columns of a row fill it. They are equal, but for a last one that would be wider than it has to be. Raises
    UsageError: drawn by time, but fewer than two times.
    """
    rowed = cut(journey.places, limit)
    longest = max(len(places) for places in rowed)
    most_gaps = max(gaps(places)[-1] for places in rowed)
    loose = 1.25 if axis == "time" else 1.0
    width = fixed or max((longest * measure.column + most_gaps) * loose, measure.least)
    left = measure.page + measure.gutter
    columns = [(width / loose - gaps(places)[-1]) / len(places) for places in rowed]
    periods: list[Sequence[Period]] = [()] * len(rowed)
    if axis == "time":
        ends = list(accumulate(map(len, rowed), initial=0))
        times = periods_of(journey)
        periods = [times[start:end] for start, end in pairwise(ends)]
        out, scales = _in_time(rowed, periods, columns, left, width)
    else:
        last = [
            min(own, max(measure.column * LAST, own * SHARE)) if len(p) > 1 else own
            for p, own in zip(rowed, columns, strict=True)
        ]
        out = [_in_order(p, own, end, left) for p, own, end in zip(rowed, columns, last, strict=True)]
        scales = [None] * len(rowed)
    return [
        Columns(
            page=measure.page,
            left=left,
            right=left + width,
            slots=tuple(slots),
            before=tuple(_moved(slot, -width) for slot in (out[number - 1][-2:] if number else ())),
            after=tuple(_moved(slot, width) for slot in (out[number + 1][:2] if number + 1 < len(out) else ())),
            time_scale=scales[number],
            periods=tuple(periods[number]),
        )
        for number, slots in enumerate(out)
    ]


def paged(grid: Sequence[Columns], most: int) -> list[list[Columns]]:
    """Divide rows into pages of at most `most` touchpoints, with at least one row each."""
    pages: list[list[Columns]] = []
    full = 0
    for row in grid:
        full += len(row.slots)
        if not pages or full > most:
            pages.append([])
            full = len(row.slots)
        pages[-1].append(row)
    return pages


def _moved(slot: Slot, by: float) -> Slot:
    return slot._replace(left=slot.left + by, right=slot.right + by, x=slot.x + by)


def cut(places: Sequence[S], limit: int) -> list[Sequence[S]]:
    """Divide touchpoints into rows of nearly equal length, which end with a stage if possible."""
    count = ceil(len(places) / limit)
    out: list[Sequence[S]] = []
    start = 0
    for left in range(count, 0, -1):
        rest = len(places) - start
        even = ceil(rest / left)
        ends = [
            size
            for size in range(max(1, even - 2), min(limit, even + 2, rest) + 1)
            if rest - size <= (left - 1) * limit and (left > 1) == (rest > size)
        ]
        best = min(ends, key=lambda size: (_within_stage(places, start + size), abs(size - even)))
        out.append(places[start : start + best])
        start += best
        if start == len(places):
            break
    return out


def _within_stage(places: Sequence[Staged], end: int) -> bool:
    return end < len(places) and places[end].stage is places[end - 1].stage


def gaps(places: Sequence[Staged]) -> list[float]:
    """Return for each column the sum of the gaps between stages to the left of it."""
    return list(accumulate((STAGE_GAP * (a.stage is not b.stage) for a, b in pairwise(places)), initial=0.0))


def _in_order(places: Sequence[Place], even: float, last: float, left: float) -> list[Slot]:
    """Return columns of equal width, except for a narrower last one, whose difference the others share."""
    column = even + (even - last) / max(1, len(places) - 1)
    slots = []
    for number, (place, gap) in enumerate(zip(places, gaps(places), strict=True), 1):
        start = left + (number - 1) * column + gap
        slots.append(Slot(place, start, start + (column if number < len(places) else last), start + MARK))
    return slots


def _in_time(
    rowed: Sequence[Sequence[Place]],
    periods: Sequence[Sequence[Period]],
    columns: Sequence[float],
    left: float,
    width: float,
) -> tuple[list[list[Slot]], Sequence[TimeScale | None]]:
    """Return the slots and the time scale of each row."""
    scales = time_scales_of(periods, left + MARK, [(left + width - column + MARK, column) for column in columns])
    slots = [
        _slots(places, [scale.x(period.start) for period in here], column, left, width)
        for places, here, scale, column in zip(rowed, periods, scales, columns, strict=True)
    ]
    return slots, scales


def _slots(places: Sequence[Place], wanted: Sequence[float], column: float, left: float, width: float) -> list[Slot]:
    """Return columns as near as possible to the times of their touchpoints."""
    points = spread(wanted, [NEAREST * n for n in range(len(places))], left + MARK, left + width - 4.0)
    offsets = [number * column + gap for number, gap in enumerate(gaps(places))]
    lefts = spread([x - MARK for x in points], offsets, left, left + width - column)
    return [Slot(place, start, start + column, x) for place, start, x in zip(places, lefts, points, strict=True)]
