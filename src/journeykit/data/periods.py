"""Periods: a day, week, month, quarter or year as one word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from journeykit.data.questions import Grain

MOST_STARTS = 256
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FORMS = re.compile(r"(\d{4})(?:-(?:Q([1-4])|W(\d\d)|(\d\d)(?:-(\d\d))?))?")


def period_of(day: date, grain: Grain) -> str:
    """Return the period of a day: `2017-10-03`, `2017-W40`, `2017-10`, `2017-Q4`, `2017`; "" for all days."""
    week = day.isocalendar()
    return {
        "day": day.isoformat(), "week": f"{week.year:04}-W{week.week:02}", "month": day.isoformat()[:7],
        "quarter": f"{day.year:04}-Q{(day.month + 2) // 3}", "year": f"{day.year:04}", "all": "",
    }[grain]  # fmt: skip


def period_bounds(period: str) -> tuple[date, date] | None:
    """Return the first day of a period and the day after its last; None if the text is no period."""
    found = _FORMS.fullmatch(period)
    if found is None:
        return None
    year, (quarter, week, month, day) = int(found[1]), (int(part or 0) for part in found.groups()[1:])
    try:
        if week:
            first = date.fromisocalendar(year, week, 1)
            return first, first + timedelta(7)
        if day:
            return date(year, month, day), date(year, month, day) + timedelta(1)
        if month:
            return date(year, month, 1), _month(year, month + 1)
        if quarter:
            return date(year, 3 * quarter - 2, 1), _month(year, 3 * quarter + 1)
        return date(year, 1, 1), date(year + 1, 1, 1)
    except (ValueError, OverflowError):
        return None


def is_complete(period: str, today: date) -> bool:
    """Return whether a period is over; what has no period is."""
    bounds = period_bounds(period)
    return bounds is None or bounds[1] <= today


def year_before(period: str) -> str:
    """Return the same month, quarter or week of the year before; "" where there is none, and of days and years."""
    found = _FORMS.fullmatch(period)
    if found is None or found[5] or not any(found.groups()[1:]):
        return ""
    same = f"{int(found[1]) - 1:04}{period[4:]}"
    return same if period_bounds(same) else ""


def months_of(periods: Iterable[str]) -> int | None:
    """Return how many months lie between the start of the first and the end of the last period, rounded up.

    None where periods are years, or no time.
    """
    bounds = [(period, period_bounds(period)) for period in set(periods)]
    known = [each for period, each in bounds if each is not None and len(period) > len("2017")]
    if not known:
        return None
    first, last = min(start for start, _ in known), max(end for _, end in known) - timedelta(1)
    return 12 * (last.year - first.year) + last.month - first.month + 1


def period_starts(first: int, last: int, grain: Grain, zone: str) -> list[int]:
    """Return the starts of the periods from a first to a last moment, in milliseconds since 1970 UTC.

    Empty where there are more than `MOST_STARTS` of them, or where they are beyond the years 1 to 9999.
    """
    import zoneinfo

    place = zoneinfo.ZoneInfo(zone)
    starts: list[int] = []
    try:
        day = (_EPOCH + timedelta(milliseconds=first)).astimezone(place).date()
        while len(starts) <= MOST_STARTS:
            bounds = period_bounds(period_of(day, grain))
            if bounds is None:
                return []
            start = datetime.combine(bounds[0], time(), place)
            starts.append((start - _EPOCH) // timedelta(milliseconds=1))
            if starts[-1] > last:
                return starts[:-1]
            day = bounds[1]
    except (OverflowError, ValueError):
        return []
    return []


class TurnedClocks(NamedTuple):
    """Spans of a clock's time, from a first moment to one after the last."""

    skipped: list[tuple[datetime, datetime]]
    repeated: list[tuple[datetime, datetime]]


def turned_clocks(first: int, last: int, zone: str) -> TurnedClocks:
    """Return what clocks of a zone skip and show twice between two moments, in milliseconds since 1970 UTC.

    Nothing of more than 200 years.
    """
    import zoneinfo

    place, found = zoneinfo.ZoneInfo(zone), TurnedClocks([], [])
    if last - first > 200 * 366 * 86_400_000:
        return found

    def offset(moment: datetime) -> timedelta:
        return moment.astimezone(place).utcoffset() or timedelta()

    try:
        before = _EPOCH + timedelta(minutes=first // 60_000, days=-1)
        end = _EPOCH + timedelta(milliseconds=last, days=1)
        while before < end:
            after = before + timedelta(1)
            if offset(before) != offset(after):
                _add_turn(found, before, after, offset)
            before = after
    except OverflowError:
        return found
    return found


def _add_turn(found: TurnedClocks, before: datetime, after: datetime, offset: Callable[[datetime], timedelta]) -> None:
    """Find when the offset changes between two whole minutes, and add what the clock skips or repeats."""
    was, now = offset(before), offset(after)
    low, high = 0, int((after - before) / timedelta(minutes=1))
    while high - low > 1:
        middle = (low + high) // 2
        unchanged = offset(before + timedelta(minutes=middle)) == was
        low, high = (middle, high) if unchanged else (low, middle)
    turn = (before + timedelta(minutes=high)).replace(tzinfo=None)
    if now > was:
        found.skipped.append((turn + was, turn + now))
    else:
        found.repeated.append((turn + now, turn + was))


def _month(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
