"""Check that times are in order, and all offsets or all dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from journeykit.model.times import Moment, read_day_or_text, read_moment
from journeykit.model.units import SECONDS
from journeykit.reading.checks import JourneyData
from journeykit.reading.faults import Fault
from journeykit.source import KeyPath

EPOCH = date(1970, 1, 1)
DAY = SECONDS["d"]


class _Timed(NamedTuple):
    path: KeyPath
    moment: Moment
    seconds: float


def check(journey: JourneyData) -> Iterator[Fault]:
    """Report a time before the previous one, and offsets beside dates if day 0 is not a date."""
    day0 = _day0(journey)
    timed = list(_timed(journey, day0))
    if day0 is None:
        absolute = [time for time in timed if time.moment.absolute]
        offsets = [time for time in timed if not time.moment.absolute]
        if absolute and offsets:
            first_is_date = timed[0].moment.absolute
            odd = min((offsets, absolute) if first_is_date else (absolute, offsets), key=len)
            yield _mixed(odd[0])
            timed = offsets if odd is absolute else absolute
    for last, time in pairwise(timed):
        if time.seconds < last.seconds:
            yield _back(time, last)


def _timed(journey: JourneyData, day0: date | None) -> Iterator[_Timed]:
    for touchpoint in journey.touchpoints:
        try:
            moment = read_moment(touchpoint.data.get("at"))
        except PydanticCustomError:
            continue
        offset = 0 if moment.absolute or day0 is None else (day0 - EPOCH).days * 86400
        yield _Timed((*touchpoint.path, "at"), moment, moment.seconds + offset)


def _day0(journey: JourneyData) -> date | None:
    value = journey.root.data.get("day0")
    if value is None:
        return None
    try:
        day = read_day_or_text(value)
    except PydanticCustomError:
        return None
    return day if isinstance(day, date) else None


def _mixed(timed: _Timed) -> Fault:
    kind, others = ("a date", "offsets") if timed.moment.absolute else ("an offset from day 0", "dates")
    message = f'"{timed.moment}" is {kind}, but the other times are {others}'
    return Fault("mixed-times", timed.path, message, "give day0 as a date, or use one kind of time throughout")


def _back(timed: _Timed, last: _Timed) -> Fault:
    message = f'"{timed.moment}" is before the time above it, "{last.moment}"'
    help = _meant(timed.moment, last.moment)
    return Fault(
        "time-goes-back",
        timed.path,
        message,
        help or "put the touchpoints in the order they happen, or correct the time",
    )


def _meant(time: Moment, last: Moment) -> str:
    """Return help on two common mistakes: an offset from the previous touchpoint, and a day without a time of day."""
    text = time.text
    if (text.startswith("day") or time.absolute) and ":" not in text:
        same_day = last.absolute == time.absolute and last.seconds // DAY == time.seconds // DAY
        return f"{text} means its start, 00:00: add a time of day" if same_day else ""
    if text[:1] != "+" or ":" not in last.text:
        return ""
    if last.absolute or time.absolute:
        return "offsets count from the start of day 0, not from the touchpoint above"
    instead = _written(last.seconds + time.seconds)
    return f"offsets count from the start of day 0, not from the touchpoint above: write {instead}"


def _written(seconds: float) -> str:
    """Return seconds from day 0 as a day and a time of day."""
    day, rest = divmod(round(seconds), DAY)
    return f"day {day} {rest // 3600:02}:{rest % 3600 // 60:02}"
