"""Scales of time axes, on which long gaps are shortened, and positions that are moved apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import date
from itertools import accumulate, pairwise
from typing import NamedTuple

from journeykit.errors import UsageError
from journeykit.model import Journey, Touchpoint

VISIBLE = 14.0
"""The median distance of two touchpoints in points that shortening gaps should achieve."""
SHORTEST = 0.35
"""The least share of a row that its touchpoints take on the scale of the other rows; else it has a scale of its own."""


class Period(NamedTuple):
    """From when to when a touchpoint lasts, in seconds; both are the same if the file does not say how long."""

    start: float
    end: float


class Break(NamedTuple):
    """A long time that is drawn shorter than it was."""

    left: float
    right: float
    seconds: float


class TimeScale(NamedTuple):
    """A piecewise linear scale of one row: knots of (seconds, x), and the times that are shortened."""

    seconds: tuple[float, ...]
    xs: tuple[float, ...]
    breaks: tuple[Break, ...]
    rate: float
    """Points per second outside of breaks; 0 if all happens at once."""
    is_other: bool = False
    """Whether the row above has another rate, and both have one."""

    def x(self, seconds: float) -> float:
        """Return the position of a time within the scale."""
        right = min(bisect_right(self.seconds, seconds), len(self.seconds) - 1)
        if right == 0:
            return self.xs[0]
        (a, b), (start, end) = self.seconds[right - 1 : right + 1], self.xs[right - 1 : right + 1]
        return start + (end - start) * (min(max(seconds, a), b) - a) / (b - a)


class _Segment(NamedTuple):
    """The time between two knots."""

    seconds: float
    stated: bool
    """Whether a touchpoint lasts all the time, as the file says; else nothing is known of it."""


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


def time_scales_of(
    rows: Sequence[Sequence[Period]], left: float, room: Sequence[tuple[float, float]]
) -> list[TimeScale]:
    """Return the scale of each row: points per second are the same in all, unless that makes a row too short.

    `room` has the right end and the width of a column of each row.
    """
    own = [time_scale_of(row, left, *ends) for row, ends in zip(rows, room, strict=True)]
    rate = min((scale.rate for scale in own if scale.rate), default=0.0)
    shared = [time_scale_of(row, left, *ends, rate) for row, ends in zip(rows, room, strict=True)]
    if all(
        scale.xs[-1] - left >= SHORTEST * (right - left)
        for scale, (right, _) in zip(shared, room, strict=True)
        if scale.rate
    ):
        return shared
    above = 0.0
    found = []
    for scale in own:
        found.append(scale._replace(is_other=0 not in (above, scale.rate) and scale.rate != above))
        above = scale.rate or above
    return found


def time_scale_of(
    periods: Sequence[Period], left: float, right: float, column: float, rate: float | None = None
) -> TimeScale:
    """Return the scale of a row, which fills it unless `rate` is given in points per second.

    Gaps that would take most of the width are shortened. What the file says to last so long is shortened only after
    all that it leaves open.
    """
    knots = sorted({moment for period in periods for moment in period})
    segments = [
        _Segment(end - start, any(one.start <= start and end <= one.end for one in periods))
        for start, end in pairwise(knots)
    ]
    width = right - left
    broken = _broken(segments, width, column)
    short = _broken_width(len(broken), width, column)
    rate = _rate(segments, broken, width, column) if rate is None else rate
    steps = [short if number in broken else segment.seconds * rate for number, segment in enumerate(segments)]
    xs = tuple(accumulate(steps, initial=left))
    breaks = tuple(Break(xs[number], xs[number + 1], segments[number].seconds) for number in sorted(broken))
    return TimeScale(tuple(knots), xs, breaks, rate if len(broken) < len(segments) else 0.0)


def _broken_width(count: int, width: float, column: float) -> float:
    """Return the width of each of so many breaks."""
    return min(column * 0.75, width / (2 * count + 1))


def _rate(segments: Sequence[_Segment], broken: Collection[int], width: float, column: float) -> float:
    """Return the points per second with which the segments that are not broken fill the rest of the width."""
    running = sum(one.seconds for number, one in enumerate(segments) if number not in broken)
    return (width - len(broken) * _broken_width(len(broken), width, column)) / running if running else 0.0


def _broken(segments: Sequence[_Segment], width: float, column: float) -> frozenset[int]:
    """Return the indices of the segments to shorten on an axis of `width` points.

    These are open times far longer than the median and 10% of all time, and then the longest ones that keep the median
    from being visible, at most a third of all: open times first. Where one that the file states is shortened, no open
    time is wider than it.
    """
    from statistics import median  # imports much of the standard library

    lengths = [segment.seconds for segment in segments]
    if len(lengths) < 3:
        return frozenset()
    bound = max(3 * median(lengths), 0.1 * sum(lengths))
    broken = {number for number, one in enumerate(segments) if not one.stated and one.seconds > bound}
    rest = sorted(set(range(len(segments))) - broken, key=lambda number: (segments[number].stated, -lengths[number]))
    for number in rest:
        left = [length for other, length in enumerate(lengths) if other not in broken]
        if len(broken) >= len(lengths) // 3 or median(left) / sum(left) * width >= VISIBLE:
            break
        if lengths[number] > 0.2 * sum(left):
            broken.add(number)
    for number in rest if any(segments[number].stated for number in broken) else ():
        short = _broken_width(len(broken), width, column)
        if not segments[number].stated and lengths[number] * _rate(segments, broken, width, column) > short:
            broken.add(number)
    return frozenset(broken)


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


def stated_length(touchpoint: Touchpoint) -> float:
    """Return how long a touchpoint lasts in seconds, as the file says; 0 if it does not."""
    return max((length.seconds for length in (touchpoint.lasts, touchpoint.wait) if length), default=0.0)


def periods_of(journey: Journey, *, from_day0: bool = False) -> list[Period]:
    """Return from when to when each touchpoint lasts; those without a time are between their neighbours.

    What they last is kept if there is enough time for it, and the rest of the time is divided evenly. Dates count
    from 1970 and offsets from day 0. With `from_day0` dates count from day 0 too, or from the first date if day 0 is
    no date. Raises UsageError if fewer than two touchpoints have a time.
    """
    lengths = [stated_length(touchpoint) for touchpoint in journey.touchpoints]
    known = [(n, seconds) for n, seconds in enumerate(_written(journey, from_day0)) if seconds is not None]
    if len(known) < 2:
        raise UsageError(
            f"{journey.id} cannot be drawn by time: fewer than two of its touchpoints say when they happen",
            "give touchpoints a time (at: +2d), or draw them in their order (--axis order)",
        )
    (first, start), (last, end) = known[0], known[-1]
    step = (end - start) / (len(lengths) - 1)
    out = [0.0] * len(lengths)
    for n in range(first, -1, -1):
        out[n] = start if n == first else out[n + 1] - (lengths[n] or step)
    for n in range(last, len(lengths)):
        out[n] = end if n == last else out[n - 1] + (lengths[n - 1] or step)
    for (a, start), (b, end) in pairwise(known):
        out[a:b] = _between(start, end, lengths[a:b])
    return [Period(moment, moment + length) for moment, length in zip(out, lengths, strict=True)]


def _between(start: float, end: float, lengths: Sequence[float]) -> list[float]:
    """Return the times at which things of these lengths begin, one after the other from `start` to `end`."""
    open_time = end - start - sum(lengths)
    if open_time < 0:
        steps = [length * (end - start) / sum(lengths) for length in lengths]
    else:
        steps = [length + open_time / len(lengths) for length in lengths]
    return list(accumulate(steps[:-1], initial=start))
