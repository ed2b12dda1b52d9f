"""How time runs along an axis: knots of seconds and points, silences broken, labels moved apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import accumulate, pairwise
from typing import NamedTuple

from journeykit.errors import UsageError
from journeykit.model import Journey

VISIBLE = 14.0
"""The usual distance of two touchpoints in time is at least this, if breaking silences can bring it about."""


class Break(NamedTuple):
    """A long silence, drawn shorter than it was."""

    left: float
    right: float
    seconds: float


class TimeScale(NamedTuple):
    """How time runs along one row: knots of (seconds, x), and the breaks in it."""

    seconds: tuple[float, ...]
    xs: tuple[float, ...]
    breaks: tuple[Break, ...]
    rate: float
    """Points per second where it is not broken; 0 if all happens at once."""


def spread(wanted: Sequence[float], offsets: Sequence[float], low: float, high: float) -> list[float]:
    """Places as near as can be to the wanted ones (least squares), apart by at least what the offsets grow.

    `wanted` rises, `offsets` rise from 0; all places lie between `low` and `high` if that can be. Linear: it
    pools neighbours that are too close until none is.
    """
    pools: list[tuple[float, int]] = []  # sum of the wanted places less the offsets, and how many
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
    """Time along a row: even, but for silences that would take most of the room."""
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
    """Which of the gaps between touchpoints are drawn broken, on an axis of `width` points.

    Those far longer than most and a good part of all, and then, the longest first, as many as keep the usual
    gap from being seen: at most a third of all.
    """
    from statistics import median  # with much of the standard library behind it

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
    """Day 0 in seconds from 1970 (UTC), if it is a date."""
    day = journey.day0
    return (day.toordinal() - date(1970, 1, 1).toordinal()) * 86400.0 if isinstance(day, date) else None


def _written(journey: Journey, from_day0: bool) -> list[float | None]:
    """The times as they were written, all counted from the same moment."""
    moments = [place.touchpoint.at for place in journey.places]
    dates = [moment.seconds for moment in moments if moment and moment.absolute]
    if not dates:
        return [moment.seconds if moment else None for moment in moments]
    day0 = day0_of(journey)
    origin = dates[0] if day0 is None else day0
    base = origin if from_day0 else 0.0
    return [moment.seconds + origin * (not moment.absolute) - base if moment else None for moment in moments]


def times_of(journey: Journey, *, from_day0: bool = False) -> list[float]:
    """A time in seconds for each touchpoint; those without one stand evenly between their neighbours.

    Dates count from 1970, offsets from day 0, unless `from_day0`: then dates do too (from the first of them where
    day 0 is no date).
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
