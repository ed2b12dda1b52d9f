"""Small values with a notation of their own: text, numbers, slugs, durations, times, dates, scales.

Each is read from plain data by one function that raises `PydanticCustomError`; its type is the id of the fault and
its context holds the `help` that says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

Data: TypeAlias = Any
"""Plain data as YAML gives it: None, bool, int, float, str, list, dict."""


def fault(rule: str, message: str, help: str = "") -> PydanticCustomError:
    """An error that pydantic collects with the others; user text in it is never taken for a template."""
    return PydanticCustomError(rule, "{message}", {"message": message, "help": help})


class Reads:
    """Annotation: the value is made from plain data by a function; `schema` is its JSON Schema."""

    def __init__(self, read: Callable[[Data], object], schema: dict[str, Any]) -> None:
        self.read = read
        self.schema = schema

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.schema)


Text = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1)]
"""Any text but an empty one."""

SLUG = r"[a-z0-9][a-z0-9-]*"
Slug = Annotated[str, StringConstraints(strict=True, pattern=f"^{SLUG}$")]
"""A stable id: small ASCII letters, digits and hyphens."""

Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Level = Annotated[float, Field(strict=True, ge=1, le=5)]
"""A number from 1 to 5."""
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
"""A part of a whole, 0 to 1."""
Count = Annotated[int, Field(strict=True, ge=0)]
Flag = Annotated[bool, Field(strict=True)]
Language = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")]
"""A BCP 47 language tag, such as `en`, `de-AT`, `sr-Latn`."""

ScaleName: TypeAlias = Literal["-2..2", "-3..3", "1..5", "1..7", "0..10", "1..10", "0..100"]


def scale_bounds(scale: ScaleName) -> tuple[float, float]:
    """The lowest and the highest value of a scale."""
    low, high = scale.split("..")
    return float(low), float(high)


SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "w": 7 * 86400, "mo": 30 * 86400, "y": 365 * 86400}
"""Units of durations in seconds; a month of 30 and a year of 365 days serve for placing only."""

_UNIT_WORDS = {
    "sec": "s", "secs": "s", "second": "s", "seconds": "s", "mins": "min", "minute": "min", "minutes": "min",
    "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "day": "d", "days": "d", "wk": "w", "week": "w", "weeks": "w",
    "mon": "mo", "month": "mo", "months": "mo", "yr": "y", "year": "y", "years": "y",
}  # fmt: skip
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(s|min|h|d|w|mo|y)")
_ISO = re.compile(
    r"P(?=.)(?:(?P<y>\d+)Y)?(?:(?P<mo>\d+)M)?(?:(?P<w>\d+)W)?(?:(?P<d>\d+)D)?"
    r"(?:T(?=.)(?:(?P<h>\d+)H)?(?:(?P<min>\d+)M)?(?:(?P<s>\d+(?:\.\d+)?)S)?)?"
)
_LOOSE = re.compile(r"([+-]?)\s*(\d+(?:[.,]\d+)?)\s*([A-Za-z]+)\.?")
_DURATION_HELP = "write a number and a unit, such as 20s, 25min, 4h, 2d, 2w, 6mo or 1y (or ISO 8601, PT4H)"


@dataclass(frozen=True, slots=True)
class Duration:
    """A stretch of time; `seconds` counts a month as 30 and a year as 365 days."""

    text: str
    seconds: float

    def __str__(self) -> str:
        return self.text


def _seconds(text: str) -> float | None:
    if match := _AMOUNT.fullmatch(text):
        return float(match[1]) * SECONDS[match[2]]
    if match := _ISO.fullmatch(text):
        return sum(float(amount) * SECONDS[unit] for unit, amount in match.groupdict().items() if amount)
    return None


def _unit_help(text: str, usual: str, *, sign: str = "") -> tuple[str, str]:
    """Why a time is unreadable and what to write: (reason, help)."""
    if match := _LOOSE.fullmatch(text):
        amount, unit = match[2].replace(",", "."), match[3].lower()
        mark = match[1] or sign
        if unit == "m":
            return "m could be minutes or months", f"write {mark}{amount}min or {mark}{amount}mo"
        unit = unit if unit in SECONDS else _UNIT_WORDS.get(unit, "")
        if unit:
            return "", f"did you mean {mark}{amount}{unit}?"
    if re.fullmatch(r"[+-]?\d+(\.\d+)?", text):
        mark = sign if text[0].isdigit() else ""
        return "a number needs a unit", f"write {mark}{text}min, {mark}{text}h or {mark}{text}d"
    return "", usual


def _unreadable(rule: str, what: str, text: object, reason: str, help: str) -> PydanticCustomError:
    return fault(rule, f'"{text}" is not {what}' + (f": {reason}" if reason else ""), help)


def _as_text(value: Data) -> str | None:
    """A scalar as it was written; YAML reads `30` as a number."""
    return value if isinstance(value, str) else str(value) if type(value) in (int, float) else None


@lru_cache(4096)
def _duration(text: str) -> Duration:
    text = text.strip()
    seconds = _seconds(text)
    if seconds is None or seconds > 1e12:
        reason, help = _unit_help(text, _DURATION_HELP)
        raise _unreadable("unreadable-duration", "a duration", text, reason, help)
    return Duration(text, seconds)


def read_duration(value: Data) -> Duration:
    """A duration from its notation."""
    if isinstance(value, Duration):
        return value
    text = _as_text(value)
    if text is None:
        raise fault("wrong-type", "a duration is expected here", _DURATION_HELP)
    return _duration(text)


_DURATION_PATTERN = (
    r"^(\d+(\.\d+)?(s|min|h|d|w|mo|y)|P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?)$"
)
Length = Annotated[Duration, Reads(read_duration, {"type": "string", "pattern": _DURATION_PATTERN})]

_DAY = re.compile(r"day ?(-?\d+)(?: (\d{1,2}):(\d{2}))?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME_HELP = "write an offset with a sign (-45d, +25min, 0h), day 3, day 0 09:00, or an ISO date or date-time"


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happens. Seconds from day 0 for an offset, from 1970 (UTC) for an absolute time."""

    text: str
    seconds: float
    absolute: bool

    def __str__(self) -> str:
        return self.text


def _day_and_time(match: re.Match[str], text: str) -> float:
    hours, minutes = int(match[2] or 0), int(match[3] or 0)
    if hours > 23 or minutes > 59:
        raise _unreadable("unreadable-time", "a time", text, "", "hours go from 00 to 23, minutes from 00 to 59")
    return int(match[1]) * 86400.0 + hours * 3600 + minutes * 60


@lru_cache(4096)
def _moment(text: str) -> Moment:
    text = text.strip()
    if match := _DAY.fullmatch(text):
        seconds = _day_and_time(match, text)
    elif _DATE.match(text):
        return Moment(text, _timestamp(text), True)
    else:
        length = _seconds(text.lstrip("+-"))
        signed = text[:1] in ("+", "-") and text[1:2] not in ("+", "-")
        if length is None or not (signed or length == 0):
            reason, help = _unit_help(text, _TIME_HELP, sign="+")
            if length is not None and not signed and text[:1].isalnum():
                reason, help = "an offset needs a sign", f"write +{text} (after day 0) or -{text} (before it)"
            raise _unreadable("unreadable-time", "a time", text, reason, help)
        seconds = -length if text.startswith("-") else length
    if abs(seconds) > 1e12:
        raise _unreadable("unreadable-time", "a time", text, "too far away", _TIME_HELP)
    return Moment(text, seconds + 0.0, False)


def _timestamp(text: str) -> float:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _unreadable("unreadable-time", "a date or date-time", text, "", _TIME_HELP) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def read_moment(value: Data) -> Moment:
    """A time from its notation; a time without a zone is taken as UTC, for placing only."""
    if isinstance(value, Moment):
        return value
    text = _as_text(value)
    if text is None:
        raise fault("wrong-type", "a time is expected here", _TIME_HELP)
    return _moment(text)


_MOMENT_PATTERN = (
    r"^([+-]?\d+(\.\d+)?(s|min|h|d|w|mo|y)|[+-]?P\S+|day ?-?\d+( \d{1,2}:\d{2})?|\d{4}-\d{2}-\d{2}([T ]\S+)?)$"
)
At = Annotated[Moment, Reads(read_moment, {"type": "string", "pattern": _MOMENT_PATTERN})]


def read_day(value: Data) -> date:
    """A calendar day, YYYY-MM-DD."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            raise _unreadable("unreadable-date", "a day of the calendar", value, "", "write YYYY-MM-DD") from None
    raise _unreadable("unreadable-date", "a day", value, "", "write YYYY-MM-DD, such as 2026-03-02")


Day = Annotated[date, Reads(read_day, {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})]


def read_day_or_text(value: Data) -> date | str:
    """What day 0 is: an ISO date, or words."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not value.strip():
        raise fault("wrong-type", "words or a date are expected here", 'such as "first working day" or 2026-03-02')
    return read_day(value) if _DATE.fullmatch(value.strip()) else value.strip()


DayOrText = Annotated[date | str, Reads(read_day_or_text, {"type": "string", "minLength": 1})]

_ROUGH = re.compile(r"\d{4}(-Q[1-4]|-(0[1-9]|1[0-2])(-\d{2})?)?")
_DATE_HELP = "write a day (2026-03-02), a month (2026-03), a quarter (2026-Q1) or a year (2026)"


def read_date(value: Data) -> str:
    """A day, month, quarter or year, kept as it is written."""
    text = (_as_text(value) or "").strip()
    if not _ROUGH.fullmatch(text):
        raise _unreadable("unreadable-date", "a date", value, "", _DATE_HELP)
    if _DATE.fullmatch(text):
        read_day(text)
    return text


Date = Annotated[str, Reads(read_date, {"type": ["string", "integer"]})]


def read_period(value: Data) -> str:
    """A date, or two with `..` or `/` between them."""
    text = (_as_text(value) or "").strip()
    parts = re.split(r"\s*(?:\.\.|/|–)\s*", text)
    if len(parts) > 2:
        raise _unreadable("unreadable-date", "a period", value, "", _DATE_HELP)
    for part in parts:
        read_date(part)
    return text


Period = Annotated[str, Reads(read_period, {"type": ["string", "integer"]})]


@dataclass(frozen=True, slots=True)
class Percent:
    """A share written as a percentage: 85% is 0.85."""

    text: str
    share: float

    def __str__(self) -> str:
        return self.text


Figure: TypeAlias = float | Percent | Duration
"""What a KPI measures: a number, a share, or a duration."""

_PERCENT = re.compile(r"(-?\d+(?:\.\d+)?) ?%")
_FIGURE_HELP = "write a number (4.2), a share (85%), or a duration (4h)"


def read_figure(value: Data) -> Figure:
    """A number, a share or a duration from its notation."""
    if isinstance(value, (Percent, Duration)):
        return value
    if type(value) in (int, float):
        if abs(value) > 1e15 or value != value:
            raise fault("out-of-range", "this number is too large", _FIGURE_HELP)
        return float(value)
    if isinstance(value, str):
        if match := _PERCENT.fullmatch(value.strip()):
            return Percent(value.strip(), float(match[1]) / 100)
        if (seconds := _seconds(value.strip())) is not None:
            return Duration(value.strip(), seconds)
        reason, help = _unit_help(value.strip(), _FIGURE_HELP)
        raise _unreadable("unreadable-figure", "a number, a share or a duration", value, reason, help)
    raise fault("wrong-type", "a number, a share or a duration is expected here", _FIGURE_HELP)


Measure = Annotated[Figure, Reads(read_figure, {"type": ["number", "string"]})]


def read_number_or_word(value: Data) -> float | str:
    """A number, or a word such as a feeling; which range or words it may have depends on the file."""
    if type(value) in (int, float):
        if value != value or abs(value) > 1e15:
            raise fault("out-of-range", "this is not a number that a scale can have")
        return float(value)
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise fault("wrong-type", "a number or a feeling word is expected here")


NumberOrWord = Annotated[float | str, Reads(read_number_or_word, {"type": ["number", "string"]})]


def one_of_or_share(*words: str) -> Reads:
    """A level in words, or a number from 0 to 1."""
    listed = ", ".join(words)

    def read(value: Data) -> float | str:
        if type(value) in (int, float):
            if 0 <= value <= 1:
                return float(value)
            raise fault(
                "out-of-range",
                f"{value:g} is not between 0 and 1",
                f"write {listed}, or a number from 0 to 1",
            )
        if isinstance(value, str) and value in words:
            return value
        shown = f'"{value}"' if isinstance(value, str) else "this"
        raise fault(
            "unknown-choice",
            f"{shown} is not one of {listed}",
            _near(value, words, f"write {listed}, or 0 to 1"),
        )

    return Reads(read, {"anyOf": [{"enum": list(words)}, {"type": "number", "minimum": 0, "maximum": 1}]})


def _near(value: Data, words: tuple[str, ...], usual: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(str(value).casefold(), words, n=1, cutoff=0.6)
    return f'did you mean "{near[0]}"?' if near else usual


Risk = Annotated[float | str, one_of_or_share("none", "low", "medium", "high")]
Confidence = Annotated[float | str, one_of_or_share("low", "medium", "high")]


def read_texts(value: Data) -> tuple[str, ...]:
    """One text, or a list of them."""
    items = value if isinstance(value, (list, tuple)) else [value]
    for item in items:
        if not isinstance(item, str) or not item.strip():
            raise fault("wrong-type", "text, or a list of texts, is expected here", "put a number into quotes")
    return tuple(item.strip() for item in items)


Texts = Annotated[
    tuple[str, ...],
    Reads(read_texts, {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


def read_fact(value: Data) -> str | float:
    """A text or a number."""
    if isinstance(value, str) and value.strip():
        return value.strip()
    if type(value) in (int, float):
        return value  # type: ignore[no-any-return]
    raise fault("wrong-type", "a text or a number is expected here")


Fact = Annotated[str | float, Reads(read_fact, {"type": ["string", "number"]})]


def read_consent(value: Data) -> str | bool:
    """How customers agreed to be quoted: words, or yes or no as true and false."""
    if isinstance(value, bool) or (isinstance(value, str) and value.strip()):
        return value
    raise fault("wrong-type", "words, true or false are expected here", "such as: anonymised, with consent")


Consent = Annotated[str | bool, Reads(read_consent, {"type": ["string", "boolean"]})]
