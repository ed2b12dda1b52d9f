"""Positions of versions and round dates on a time axis."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TypeAlias

from journeykit.comparing.history import JourneyVersion
from journeykit.drawing.text import Typesetter

APART = 18.0
"""The least gap between two dates."""
STEPS: tuple[tuple[str, int, str], ...] = (
    *(("hours", n, "%Y-%m-%d %H:%M") for n in (1, 3, 6, 12)),
    *(("days", n, "%Y-%m-%d") for n in (1, 2, 7, 14)),
    *(("months", n, "%Y-%m") for n in (1, 3, 6)),
    *(("years", n, "%Y") for n in (1, 2, 5, 10, 25)),
)
"""Units, their number, and the format of their times."""


def moments(versions: Sequence[JourneyVersion]) -> list[float]:
    """Return when each version was authored, in seconds; wrong clocks never put one before the previous one."""
    found: list[float] = []
    for version in versions:
        time = datetime.fromisoformat(version.commit.date).timestamp() if version.commit else 0.0
        found.append(max(time, found[-1]) if found else time)
    return found


Scale: TypeAlias = Callable[[float], float]


def placed(seconds: Sequence[float], left: float, right: float) -> tuple[list[float], Scale]:
    """Return the x of versions and the scale from seconds to x. Versions of one moment are spread evenly."""
    first, wide = seconds[0], seconds[-1] - seconds[0]
    if not wide:
        step = (right - left) / len(seconds)
        return [left + step * n for n in range(len(seconds))], lambda _: left

    def x(at: float) -> float:
        return left + (right - left) * (at - first) / wide

    return [x(at) for at in seconds], x


def ticks(text: Typesetter, first: float, last: float, x: Scale, size: float) -> list[tuple[float, str]]:
    """Return x and text of round times that fit; the first and the last time of a period too short for any."""
    start, end = (datetime.fromtimestamp(one, UTC) for one in (first, last))
    for unit, count, form in STEPS:
        found: list[tuple[float, str]] = []
        for moment in _round(start, end, unit, count):
            found.append((x(moment.timestamp()), moment.strftime(form)))
            if len(found) > 40:
                break
        wide = text.measure(start.strftime(form), size) + APART
        if len(found) > 1 and all(after - before >= wide for (before, _), (after, _) in pairwise(found)):
            return found
    form = "%Y-%m-%d" if end - start > timedelta(days=2) else "%Y-%m-%d %H:%M"
    ends = [(x(first), start.strftime(form)), (x(last), end.strftime(form))]
    return ends if ends[1][0] - ends[0][0] >= text.measure(ends[0][1], size) + APART else ends[:1]


def _round(start: datetime, end: datetime, unit: str, count: int) -> Iterator[datetime]:
    """Yield whole hours, days, months or years of a period."""
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit in ("hours", "days"):
        step = timedelta(**{unit: count})
        moment = midnight if unit == "hours" else midnight - timedelta(days=midnight.toordinal() % count)
        moment += step * max(0, -(-(start - moment) // step))
        while moment <= end:
            yield moment
            moment += step
        return
    month = (start.year * 12 + start.month - 1) // (count if unit == "months" else 12 * count)
    step_in_months = count if unit == "months" else 12 * count
    for number in range(month, (end.year * 12 + end.month) // step_in_months + 1):
        year, at = divmod(number * step_in_months, 12)
        if 1 <= year <= 9999 and start <= (moment := datetime(year, at + 1, 1, tzinfo=UTC)) <= end:
            yield moment
