"""Durations, times and dates, with their notations.

Each is parsed from plain data by one function that raises `PydanticCustomError`: its type is the rule of the fault, and
its context has the `help` that says what to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Annotated, Any

from pydantic_core import PydanticCustomError

from journeykit.model.units import LONGEST, SECONDS
from journeykit.model.values import Data, Hint, Reads, as_text, fault

_AMOUNT = re.compile(r"([0-9]+(?:\.[0-9]+)?)(s|min|h|d|w|mo|y)")
_ISO = (
    r"P(?=.)(?:(?P<y>{n})Y)?(?:(?P<mo>{n})M)?(?:(?P<w>{n})W)?(?:(?P<d>{n})D)?"
    r"(?:T(?=.)(?:(?P<h>{n})H)?(?:(?P<min>{n})M)?(?:(?P<s>{n})S)?)?".replace("{n}", r"[0-9]+(?:\.[0-9]+)?")
)
_DURATION_HELP = "write a number and a unit, such as 20s, 25min, 4h, 2d, 2w, 6mo or 1y (or ISO 8601, PT4H)"


def as_date(*types: str) -> dict[str, Any]:
    """Return the JSON Schema of what may be a date; some readers of YAML make an object without keys of a date."""
    return {"type": ["object", *types], "maxProperties": 0}


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration as written; in `seconds`, a month counts as 30 days and a year as 365."""

    text: str
    seconds: float

    def __str__(self) -> str:
        return self.text


def seconds_of(text: str) -> float | None:
    """Return the seconds of a duration in either notation; None if it is not a duration."""
    if match := _AMOUNT.fullmatch(text):
        return float(match[1]) * SECONDS[match[2]]
    if text.startswith("P") and (match := re.fullmatch(_ISO, text)):
        return sum(float(amount) * SECONDS[unit] for unit, amount in match.groupdict().items() if amount)
    return None


def unreadable(
    rule: str, what: str, text: object, reason: str, help: str, suggestion: tuple[str, ...] = ()
) -> PydanticCustomError:
    """Return the error for an invalid text: what it is not, why, and what to write."""
    shown = str(text) if len(str(text)) <= 60 else str(text)[:57] + "…"
    return fault(rule, f'"{shown}" is not {what}' + (f": {reason}" if reason else ""), help, suggestion)


def checked(hint: Hint, text: str, read: Callable[[str], object], usual: str) -> Hint:
    """Return a hint on a text, or the usual help if a suggestion of the hint is not valid either."""
    try:
        for other in hint.suggestion:
            if other == text:
                return Hint("", usual)
            read(other)
    except PydanticCustomError:
        return Hint("", usual)
    return hint


@lru_cache(4096)
def _duration(text: str) -> Duration:
    text = text.strip()
    seconds = seconds_of(text)
    if seconds is None:
        from journeykit.model.time_words import duration_hint

        raise unreadable(
            "unreadable-duration",
            "a duration",
            text,
            *checked(duration_hint(text, _DURATION_HELP), text, read_duration, _DURATION_HELP),
        )
    if seconds > LONGEST:
        raise unreadable("unreadable-duration", "a duration", text, "it is too long", _DURATION_HELP)
    return Duration(text, seconds)


def read_duration(value: Data) -> Duration:
    """Parse a duration. Raises PydanticCustomError if it is none."""
    if isinstance(value, Duration):
        return value
    text = as_text(value)
    if text is None:
        raise fault("wrong-type", "a duration is expected here", _DURATION_HELP)
    return _duration(text)


DURATION_PATTERN = (
    r"{n}(s|min|h|d|w|mo|y)"
    r"|P(?=.)({n}Y)?({n}M)?({n}W)?({n}D)?(T(?=.)({n}H)?({n}M)?({n}S)?)?".replace("{n}", r"[0-9]+(\.[0-9]+)?")
)
"""A duration in the JSON Schema."""
Length = Annotated[Duration, Reads(read_duration, {"type": "string", "pattern": f"^({DURATION_PATTERN})$"})]

_DAY = re.compile(r"day ?(-?[0-9]{1,9})(?: ([0-9]{1,2}):([0-9]{2}))?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME_HELP = "write an offset with a sign (-45d, +25min, 0h), day 3, day 0 09:00, or an ISO date or date-time"


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as written; `seconds` count from day 0 for an offset, from 1970 (UTC) for an absolute time."""

    text: str
    seconds: float
    absolute: bool

    def __str__(self) -> str:
        return self.text


def _day_and_time(match: re.Match[str], text: str) -> float:
    hours, minutes = int(match[2] or 0), int(match[3] or 0)
    if hours > 23 or minutes > 59:
        raise unreadable("unreadable-time", "a time", text, "", "write hours from 00 to 23 and minutes from 00 to 59")
    return int(match[1]) * 86400.0 + hours * 3600 + minutes * 60


@lru_cache(4096)
def _moment(text: str) -> Moment:
    text = text.strip()
    if match := _DAY.fullmatch(text):
        seconds = _day_and_time(match, text)
    elif _DATE.match(text):
        return Moment(text, _timestamp(text), True)
    else:
        seconds = _offset(text)
    if abs(seconds) > LONGEST:
        raise unreadable("unreadable-time", "a time", text, "it is too far away", _TIME_HELP)
    return Moment(text, seconds + 0.0, False)


def _offset(text: str) -> float:
    signed = text[:1] in ("+", "-")
    length = seconds_of(text[1:] if signed else text)
    if length is None or not (signed or length == 0):
        from journeykit.model.time_words import moment_hint

        raise unreadable(
            "unreadable-time", "a time", text, *checked(moment_hint(text, _TIME_HELP), text, read_moment, _TIME_HELP)
        )
    return -length if text.startswith("-") else length


def _timestamp(text: str) -> float:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        help = "write a day of the calendar (2026-03-02), with a time from 00:00 to 23:59 or without (2026-03-02 09:00)"
        raise unreadable("unreadable-time", "a date or date-time", text, "", help) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def read_moment(value: Data) -> Moment:
    """Parse a time; one without a zone counts as UTC. Raises PydanticCustomError if it is none."""
    if isinstance(value, Moment):
        return value
    text = as_text(value)
    if text is None:
        raise fault("wrong-type", "a time is expected here", _TIME_HELP)
    return _moment(text)


_DAY_PATTERN = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_MOMENT_PATTERN = (
    r"^([+-]([0-9]+(\.[0-9]+)?(s|min|h|d|w|mo|y)|P\S+)|0+(s|min|h|d|w|mo|y)"
    rf"|day ?-?[0-9]{{1,9}}( ([01]?[0-9]|2[0-3]):[0-5][0-9])?|{_DAY_PATTERN}([T ]\S+)?)$"
)
At = Annotated[Moment, Reads(read_moment, {**as_date("string"), "pattern": _MOMENT_PATTERN})]


_DAY_HELP = "write YYYY-MM-DD, such as 2026-03-02"


def read_day(value: Data) -> date:
    """Parse a calendar day, YYYY-MM-DD. Raises PydanticCustomError if it is none."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            help = "write a day that the calendar has, as YYYY-MM-DD"
            raise unreadable("unreadable-date", "a day of the calendar", value, "", help) from None
    from journeykit.model.time_words import day_hint

    text = as_text(value)
    if text is None:
        raise fault("wrong-type", "a day is expected here", _DAY_HELP)
    raise unreadable("unreadable-date", "a day", text, *checked(day_hint(text, _DAY_HELP), text, read_day, _DAY_HELP))


Day = Annotated[date, Reads(read_day, {**as_date("string"), "pattern": f"^{_DAY_PATTERN}$"})]


def read_day_or_text(value: Data) -> date | str:
    """Parse day 0: an ISO date, or words."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not value.strip():
        raise fault(
            "wrong-type",
            "words or a date are expected here",
            'write words ("first working day") or a date (2026-03-02)',
        )
    text = value.strip()
    if _DATE.fullmatch(text):
        return read_day(text)
    if any(map(str.isdigit, text)):  # a date in another order would be taken for words
        from journeykit.model.time_words import day_hint

        if (hint := day_hint(text, "")).suggestion:
            raise unreadable("unreadable-date", "a day", text, *hint)
    return text


DayOrText = Annotated[date | str, Reads(read_day_or_text, {**as_date("string"), "minLength": 1})]

_ROUGH = re.compile(r"[0-9]{4}(-Q[1-4]|-(0[1-9]|1[0-2])(-[0-9]{2})?)?")
_DATE_HELP = "write a day (2026-03-02), a month (2026-03), a quarter (2026-Q1) or a year (2026)"


def read_date(value: Data) -> str:
    """Parse a day, month, quarter or year; the text is kept."""
    text = as_text(value)
    if text is None:
        raise fault("wrong-type", "a date is expected here", _DATE_HELP)
    text = text.strip()
    if not _ROUGH.fullmatch(text):
        from journeykit.model.time_words import day_hint

        raise unreadable(
            "unreadable-date", "a date", text, *checked(day_hint(text, _DATE_HELP), text, read_date, _DATE_HELP)
        )
    if _DATE.fullmatch(text):
        read_day(text)
    return text


_DATE_PATTERN = f"([0-9]{{4}}(-Q[1-4]|-(0[1-9]|1[0-2]))?|{_DAY_PATTERN})"
_YEARS = {"minimum": 1000, "maximum": 9999}
Date = Annotated[str, Reads(read_date, {**as_date("integer", "string"), **_YEARS, "pattern": f"^{_DATE_PATTERN}$"})]


_PERIOD_HELP = _DATE_HELP + ", or two with .. between them"


def read_period(value: Data) -> str:
    """Parse a date, or two with `..` or `/` between them."""
    text = as_text(value)
    if text is None:
        raise fault("wrong-type", "a period is expected here", _DATE_HELP)
    parts = re.split(r"\s*(?:\.\.|/|–)\s*", text.strip())
    if match := re.fullmatch(r"(\S+)\s+(?:to|until|till|bis|-)\s+(\S+)", text.strip()):
        meant = f"{match[1]}..{match[2]}"
        raise unreadable(
            "unreadable-date",
            "a period",
            text,
            *checked(Hint("", f"write {meant}", (meant,)), text, read_period, _PERIOD_HELP),
        )
    if len(parts) > 2:
        raise unreadable("unreadable-date", "a period", text, "", _PERIOD_HELP)
    for part in parts:
        read_date(part)
    return text.strip()


_PERIOD_PATTERN = f"^{_DATE_PATTERN}( *([.][.]|/|–) *{_DATE_PATTERN})?$"
Period = Annotated[str, Reads(read_period, {**as_date("integer", "string"), **_YEARS, "pattern": _PERIOD_PATTERN})]
