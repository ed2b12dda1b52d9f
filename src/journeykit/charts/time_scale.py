"""Scales of time axes, on which long gaps are shortened, and positions that are moved apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import accumulate, pairwise
from typing import NamedTuple

from journeykit.errors import UsageError
from journeykit.model import Journey

VISIBLE = 14.0
"""The median distance of two touchpoints in points that shortening gaps should achieve."""


class Break(NamedTuple):
    """A long gap that is drawn shorter than it was."""

    left: float
    right: float
    seconds: float


class TimeScale(NamedTuple):
    """A piecewise linear scale of one row: knots of (seconds, x), and the gaps that are shortened."""

    seconds: tuple[float, ...]
    xs: tuple[float, ...]
    breaks: tuple[Break, ...]
    rate: float
    """Points per second outside of breaks; 0 if all happens at once."""


def spread(wanted: Sequence[float], offsets: Sequence[float], low: float, high: float) -> list[float]:
    """Return positions as close as possible to the wanted ones (least squares) that do not overlap.

    `wanted` is ascending. `offsets` ascend from 0: the differences between them are the least distances. The
    positions are between `low` and `high` if possible. Runs in linear time: neighbours that are too close are pooled
    until none are (isotonic regression).
    """
    pools: list[tuple[float, int]] = []  # sum of the wanted positions less the offsets, and their number
    for want, offset in zip(wanted, offsets, strict=True):
        total, count = want - offset, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            before, more = pools.pop()
            total, count = total + before, count + more
        pools.append((total, count))
    top = high - offsets[-1]
    starts = [max(low, min(top, total / count)) for total, count in pools for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]


def time_scale_of(times: Sequence[float], left: float, right: float, column: float) -> TimeScale:
    """Return the scale of a row. Gaps that would take most of the width are shortened."""
    gaps = [b - a for a, b in pairwise(times)]
    long = _long(gaps, right - left)
    broken = min(column * 0.75, (right - left) / (2 * len(long) + 1)) if long else 0.0
    running = sum(gap for number, gap in enumerate(gaps) if number not in long)
    scale = (right - left - broken * len(long)) / running if running else 0.0
    steps = [broken if number in long else gap * scale for number, gap in enumerate(gaps)]
    xs = list(accumulate(steps, initial=left))
    breaks = tuple(Break(xs[number], xs[number + 1], gaps[number]) for number in sorted(long))
    return TimeScale(tuple(times), tuple(xs), breaks, scale)


def _long(gaps: Sequence[float], width: float) -> frozenset[int]:
    """Return the indices of the gaps to shorten on an axis of `width` points.

    These are gaps far longer than the median and 10% of all time, and then the longest ones that keep the median
    gap from being visible: at most a third of all.
    """
    from statistics import median  # imports much of the standard library

    lengths = sorted(gap for gap in gaps if gap > 0)
    if len(lengths) < 3:
        return frozenset()
    bound = max(3 * median(lengths), 0.1 * sum(lengths))
    most = len(lengths) // 3
    left = [gap for gap in lengths if gap <= bound]
    while len(lengths) - len(left) < most and median(left) / sum(left) * width < VISIBLE and left[-1] > 0.2 * sum(left):
        left.pop()
    return frozenset(number for number, gap in enumerate(gaps) if gap > left[-1])


def day0_of(journey: Journey) -> float | None:
    """Return day 0 in seconds since 1970 (UTC) if it is a date."""
    day = journey.day0
    return (day.toordinal() - date(1970, 1, 1).toordinal()) * 86400.0 if isinstance(day, date) else None


def _written(journey: Journey, from_day0: bool) -> list[float | None]:
    """Return the times of touchpoints in seconds from one origin, None where there is none."""
    moments = [place.touchpoint.at for place in journey.places]
    dates = [moment.seconds for moment in moments if moment and moment.absolute]
    if not dates:
        return [moment.seconds if moment else None for moment in moments]
    day0 = day0_of(journey)
    origin = dates[0] if day0 is None else day0
    base = origin if from_day0 else 0.0
    return [moment.seconds + origin * (not moment.absolute) - base if moment else None for moment in moments]


def times_of(journey: Journey, *, from_day0: bool = False) -> list[float]:
    """Return a time in seconds for each touchpoint; those without one are evenly between their neighbours.

    Dates count from 1970 and offsets from day 0. With `from_day0` dates count from day 0 too, or from the first date
    if day 0 is no date. Raises UsageError if fewer than two touchpoints have a time.
    """
    places = journey.places
    known = [(n, seconds) for n, seconds in enumerate(_written(journey, from_day0)) if seconds is not None]
    if len(known) < 2:
        raise UsageError(
            f"{journey.id} cannot be drawn by time: fewer than two of its touchpoints say when they happen",
            "Give touchpoints a time (at: +2d), or draw them in their order (--axis order).",
        )
    step = (known[-1][1] - known[0][1]) / (len(places) - 1)
    out = [0.0] * len(places)
    for n in range(len(places)):
        if n < known[0][0]:
            out[n] = known[0][1] - (known[0][0] - n) * step
        elif n > known[-1][0]:
            out[n] = known[-1][1] + (n - known[-1][0]) * step
    for (a, start), (b, end) in pairwise(known):
        for n in range(a, b + 1):
            out[n] = start + (end - start) * (n - a) / (b - a)
    return out
