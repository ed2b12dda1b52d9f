"""Figures of KPIs: numbers, shares and durations."""

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from journeykit.model.times import Duration, checked, seconds_of, unreadable
from journeykit.model.units import LONGEST
from journeykit.model.values import LARGEST, NUMBERS, Data, Reads, fault, percent_in


@dataclass(frozen=True, slots=True)
class Percent:
    """A share written as a percentage: 85% is 0.85."""

    text: str
    share: float

    def __str__(self) -> str:
        return self.text


Figure: TypeAlias = float | Percent | Duration
"""What a KPI measures: a number, a share, or a duration."""

FIGURE_HELP = "write a number (4.2), a share (85%), or a duration (4h)"


def read_figure(value: Data) -> Figure:
    """Parse a number, a share or a duration. Raises PydanticCustomError if it is none."""
    if isinstance(value, (Percent, Duration)):
        return value
    if type(value) in (int, float):
        if not abs(value) <= LARGEST:
            raise fault("out-of-range", "this number is too large", FIGURE_HELP)
        return float(value)
    if not isinstance(value, str):
        raise fault("wrong-type", "a number, a share or a duration is expected here", FIGURE_HELP)
    text = value.strip()
    if (share := percent_in(text)) is not None:
        return Percent(text, share)
    seconds = seconds_of(text)
    if seconds is None:
        from journeykit.model.time_words import figure_hint

        what = "a number, a share or a duration"
        raise unreadable(
            "unreadable-figure", what, text, *checked(figure_hint(text, FIGURE_HELP), text, _read_plain, FIGURE_HELP)
        )
    if seconds > LONGEST:
        raise fault("out-of-range", "this duration is too long", FIGURE_HELP)
    return Duration(text, seconds)


def _read_plain(text: str) -> Figure:
    """Parse a text as YAML would read it without quotes."""
    try:
        return read_figure(float(text))
    except ValueError:
        return read_figure(text)


PERCENT_PATTERN = r"-?[0-9]{1,15}(\.[0-9]{1,15})? ?%"
"""A share in the JSON Schema; what a figure may be depends on the kind of its KPI."""
Measure = Annotated[Figure, Reads(read_figure, {"type": ["number", "string"], **NUMBERS})]
