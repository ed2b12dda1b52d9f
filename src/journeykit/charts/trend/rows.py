"""Rows of a trend: the strips of one touchpoint or figure, in the order of the journey, and their scales."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from journeykit.data.periods import period_bounds
from journeykit.measuring.control import Limits, limits
from journeykit.measuring.series import Point, Strip
from journeykit.model import Journey

SPAN = 20.0
"""The least height of a scale in points."""
NAMES = {"nps": "NPS", "ces": "CES 2.0", "ces1": "CES 1", "csat": "CSAT", "csat7": "CSAT", "rating": "rating"}
"""What metrics are called."""
WHOLE = {"points": (0.0, 100.0), "share": (0.0, 1.0), "nps": (-100.0, 100.0)}


class Row(NamedTuple):
    """What was measured of one touchpoint or figure; more than one strip where it was asked in several ways."""

    title: str
    strips: tuple[Strip, ...]

    @property
    def unit(self) -> str:
        """The unit of all strips."""
        return self.strips[0].unit

    @property
    def points(self) -> list[Point]:
        """All points with a value."""
        return [point for strip in self.strips for point in strip.points if point.value is not None]


class Scale(NamedTuple):
    """The range of values that a row shows."""

    low: float
    high: float

    @property
    def lines(self) -> tuple[float, ...]:
        """Values with a line across."""
        return (self.low, (self.low + self.high) / 2, self.high)


def rows_of(journey: Journey, strips: Iterable[Strip]) -> list[Row]:
    """Return the rows of strips that have a value, touchpoints in the order of the journey and figures after them."""
    groups: dict[tuple[str, str, str], list[Strip]] = {}
    for strip in strips:
        if any(point.value is not None for point in strip.points):
            figure = "" if strip.metric in ("csat", "csat7", "rating") and strip.touchpoint else strip.metric
            item = "" if strip.touchpoint or figure in ("nps", "ces", "ces1", "csat", "csat7") else strip.item
            groups.setdefault((strip.touchpoint, f"{figure}{item}", strip.unit), []).append(strip)
    order = {one.id: number for number, one in enumerate(journey.touchpoints)}
    titles = {one.id: one.title for one in journey.touchpoints}
    found = []
    for (place, figure, _), members in sorted(
        groups.items(), key=lambda one: (order.get(one[0][0], len(order)), one[0])
    ):
        ordered = sorted(members, key=lambda strip: strip.points[0].period)
        found.append(Row(titles.get(place) or members[0].item or NAMES.get(figure, figure), tuple(ordered)))
    return found


def scales(rows: Sequence[Row]) -> dict[str, Scale]:
    """Return the scale of each unit, which all its rows share so that they can be compared."""
    found = {}
    for unit in dict.fromkeys(row.unit for row in rows):
        values = [
            value
            for row in rows
            if row.unit == unit
            for point in row.points
            for value in (point.low, point.value, point.high)
            if value is not None
        ]
        found[unit] = _scale(min(values), max(values), unit)
    return found


def _scale(low: float, high: float, unit: str) -> Scale:
    """Return a range around values that begins and ends with round numbers."""
    least = SPAN / 100 if unit == "share" else SPAN if unit in WHOLE else max(1e-9, (high - low) or abs(high) or 1)
    middle, half = (low + high) / 2, max(high - low, least) / 2
    step = 10 ** math.floor(math.log10(2 * half))
    step = step if 2 * half >= 5 * step else step / 2
    bottom, top = WHOLE.get(unit, (0.0 if low >= 0 else -math.inf, math.inf))
    first, last = math.floor((middle - half) / step + 1e-9), math.ceil((middle + half) / step - 1e-9)
    if (last - first) % 2:  # the line in the middle is at a round number too
        first, last = (first - 1, last) if step * (first - 1) >= bottom else (first, last + 1)
    return Scale(max(bottom, step * first), min(top, step * last))


def runs(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Yield runs of points whose periods follow each other."""
    run: list[Point] = []
    for point in points:
        if point.value is None:
            continue
        if run and _bounds(run[-1].period)[1] != _bounds(point.period)[0]:
            yield run
            run = []
        run.append(point)
    if run:
        yield run


def _bounds(period: str) -> tuple[date, date]:
    return period_bounds(period) or (date.min, date.min)


def limits_of(strip: Strip) -> Limits | None:
    """Return the control limits of a strip; None of fewer than six periods."""
    points = [point for point in strip.points if point.value is not None]
    values, bases = [point.value or 0.0 for point in points], [float(point.n or 1) for point in points]
    return limits(values, bases, share=strip.unit == "share")


def middle(period: str) -> float | None:
    """Return the middle of a period as a day number; None of what is no period."""
    bounds = period_bounds(period)
    return (bounds[0].toordinal() + bounds[1].toordinal()) / 2 if bounds else None
