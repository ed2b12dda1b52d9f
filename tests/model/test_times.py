"""Durations, times, dates and figures, and the errors for invalid ones."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from journeykit.model.figures import Percent, read_figure
from journeykit.model.times import (
    Duration,
    read_date,
    read_day,
    read_day_or_text,
    read_duration,
    read_moment,
    read_period,
)
from journeykit.model.units import SECONDS


def complaint(read: Any, value: Any) -> tuple[str, str, str]:
    """Return rule, message and help of the error for a value."""
    with pytest.raises(PydanticCustomError) as error:
        read(value)
    context = error.value.context or {}
    return error.value.type, context["message"], context["help"]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("20s", 20), ("25min", 1500), ("4h", 14_400), ("2d", 172_800), ("2w", 1_209_600), ("6mo", 15_552_000),
        ("1y", 31_536_000), ("1.5h", 5400), ("0min", 0), (" 4h ", 14_400), ("P3D", 259_200), ("PT4H", 14_400),
        ("P1DT12H", 129_600), ("P1Y", 31_536_000), ("P2W", 1_209_600), ("PT1M", 60), ("P1M", 2_592_000),
        ("PT1.5S", 1.5),
    ],
)  # fmt: skip
def test_durations(text: str, seconds: float) -> None:
    read = read_duration(text)
    assert (read.seconds, str(read)) == (seconds, text.strip())
    assert read_duration(read) is read


@given(st.integers(0, 9999), st.sampled_from(list(SECONDS)))
def test_any_number_with_any_unit_is_a_duration(amount: int, unit: str) -> None:
    assert read_duration(f"{amount}{unit}").seconds == amount * SECONDS[unit]


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("5m", "write 5min or 5mo"), ("5 m", "write 5min or 5mo"), ("5M", "write 5min or 5mo"), ("2 weeks", "mean 2w?"),
        ("1 month", "mean 1mo?"), ("3 Days", "mean 3d?"), ("10 mins", "mean 10min?"), ("2hrs", "mean 2h?"),
        ("4H", "mean 4h?"), ("1,5h", "mean 1.5h?"), ("5", "write 5min, 5h or 5d"), (5, "write 5min, 5h or 5d"),
        (2.5, "write 2.5min"), ("-5min", "mean 5min?"), ("+2 days", "mean 2d?"), ("1h30", "write 90min"),
        ("1h 30min", "write 90min"), ("1 hour and 30 minutes", "write 90min"), ("1d 2h", "write 26h"),
        ("2-3d", "such as 3d"), ("2 to 3 weeks", "such as 3w"), ("an hour", "20s, 25min"), ("", "20s, 25min"),
        ("P", "20s, 25min"), ("PT", "20s, 25min"), ("P1H", "20s, 25min"), ("1h x", "20s, 25min"),
        ("9" * 5000, "20s, 25min"),
        ("٣h", "20s, 25min"),
    ],
)  # fmt: skip
def test_what_is_said_of_other_durations(text: Any, help: str) -> None:
    rule, message, said = complaint(read_duration, text)
    assert rule == "unreadable-duration" and help in said
    assert len(message) < 200


@pytest.mark.parametrize("value", [None, True, ["5h"], {"h": 5}])
def test_what_is_no_duration_at_all(value: Any) -> None:
    assert complaint(read_duration, value)[0] == "wrong-type"


def test_a_duration_beyond_all_reason() -> None:
    assert "too long" in complaint(read_duration, "99999999999y")[1]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("-45d", -3_888_000), ("+25min", 1500), ("0h", 0), ("+0d", 0), ("-0d", 0), ("0d", 0), ("+PT4H", 14_400),
        ("-P3D", -259_200), ("day 3", 259_200), ("day 0 09:00", 32_400), ("day -3", -259_200),
        ("day -1 12:30", -41_400),
        ("day3", 259_200), ("day 0 9:05", 32_700), (" day 1 ", 86_400),
    ],
)  # fmt: skip
def test_offsets(text: str, seconds: float) -> None:
    read = read_moment(text)
    assert (read.seconds, read.absolute, str(read)) == (seconds, False, text.strip())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-03-02", datetime(2026, 3, 2, tzinfo=UTC)),
        ("2026-03-02 09:30", datetime(2026, 3, 2, 9, 30, tzinfo=UTC)),
        ("2026-03-02T09:30:15Z", datetime(2026, 3, 2, 9, 30, 15, tzinfo=UTC)),
        ("2026-03-02T09:30+02:00", datetime(2026, 3, 2, 7, 30, tzinfo=UTC)),
        ("0001-01-01T00:00+14:00", datetime(1, 1, 1, tzinfo=UTC)),
        ("9999-12-31T23:59-14:00", datetime(9999, 12, 31, 23, 59, tzinfo=UTC)),
    ],
)
def test_absolute_times(text: str, meant: datetime) -> None:
    read = read_moment(text)
    assert read.absolute
    assert abs(read.seconds - meant.timestamp()) <= 14 * 3600 * (meant.year in (1, 9999))


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("5d", "write +5d (after day 0) or -5d"), ("5", "write +5min, +5h or +5d"), ("-5m", "write -5min or -5mo"),
        ("7 days", "mean +7d?"), ("- 7 days", "mean -7d?"), ("Day 1", "mean day 1?"), ("day +1", "mean day 1?"),
        ("day 1 9", "mean day 1 09:00?"), ("day 1, 9:05", "mean day 1 09:05?"), ("day 1 at 9:05", "mean day 1 09:05?"),
        ("+1d 09:00", "mean day 1 09:00?"), ("-2 days 9:00", None), ("D+3", "mean +3d?"), ("T-3", "mean -3d?"),
        ("week 2", "mean +2w?"), ("month -1", "mean -1mo?"), ("9am", "write day 0 09:00"), ("9pm", "write day 0 21:00"),
        ("12am", "write day 0 00:00"), ("10:30", "write day 0 10:30"), ("2026-01", "such as 2026-01-01"),
        ("1.2.2026", "mean 2026-02-01?"), ("2026/1/2", "mean 2026-01-02?"), ("3 January 2026", "mean 2026-01-03?"),
        ("March 2, 2026", "mean 2026-03-02?"), ("2026-02-30", "day of the calendar"), ("2026-02-03 24:01", "to 23:59"),
        ("day 1 25:00", "00 to 23"), ("+1h 30min", "write +90min"), ("tomorrow", "day 3, day 0 09:00"), ("", "day 3"),
        ("+", "day 3"), ("--5d", "day 3"), ("day " + "9" * 5000, "day 3"), ("+" + "9" * 5000 + "d", "day 3"),
        ("31.2.2026", "day 3"),
    ],
)  # fmt: skip
def test_what_is_said_of_other_times(text: str, help: str | None) -> None:
    rule, message, said = complaint(read_moment, text)
    assert rule == "unreadable-time" and (help or "") in said and said
    assert len(message) < 200


def test_days() -> None:
    assert read_day("2026-03-02").isoformat() == "2026-03-02"
    assert read_day_or_text("2026-03-02") == read_day("2026-03-02")
    assert read_day_or_text(" first working day ") == "first working day"
    assert "calendar" in complaint(read_day, "2026-02-30")[1]
    assert complaint(read_day, "2026-03")[2] == "write a day, such as 2026-03-01"
    assert complaint(read_day, [1])[0] == "wrong-type"
    assert complaint(read_day_or_text, "2026-02-30")[0] == "unreadable-date"


def test_dates_and_periods_are_kept_as_they_are_written() -> None:
    for text in ("2026", "2026-02", "2026-Q4", "2026-02-28"):
        assert read_date(text) == read_period(text) == text
    assert read_date(2026) == "2026"
    assert read_period("2026-01 .. 2026-03") == "2026-01 .. 2026-03"
    assert complaint(read_date, "2026-Q5")[0] == "unreadable-date"
    assert complaint(read_period, "2026..soon")[0] == "unreadable-date"


@pytest.mark.parametrize(
    ("value", "figure"),
    [
        (5, 5.0), (-4.2, -4.2), ("85%", Percent("85%", 0.85)), ("12.5 %", Percent("12.5 %", 0.125)),
        ("-3%", Percent("-3%", -0.03)), ("4h", Duration("4h", 14_400)), ("PT4H", Duration("PT4H", 14_400)),
    ],
)  # fmt: skip
def test_figures(value: Any, figure: Any) -> None:
    assert read_figure(value) == figure
    assert read_figure(figure) == figure


@pytest.mark.parametrize(
    ("value", "rule", "help"),
    [
        ("4,5", "unreadable-figure", "write 4.5"), ("85,5%", "unreadable-figure", "write 85.5%"),
        ("3 days", "unreadable-figure", "mean 3d?"), ("5m", "unreadable-figure", "write 5min or 5mo"),
        ("many", "unreadable-figure", "a share (85%)"), (float("nan"), "out-of-range", ""),
        (10**400, "out-of-range", ""),
        ("9" * 400 + "h", "out-of-range", ""), ("9" * 400 + "%", "unreadable-figure", ""), (True, "wrong-type", ""),
    ],
)  # fmt: skip
def test_what_is_said_of_other_figures(value: Any, rule: str, help: str) -> None:
    said = complaint(read_figure, value)
    assert said[0] == rule and help in said[2]


@given(st.text(max_size=30))
def test_no_text_makes_reading_a_time_fail_in_another_way(text: str) -> None:
    for read in (read_duration, read_moment, read_day, read_day_or_text, read_date, read_period, read_figure):
        try:
            read(text)
        except PydanticCustomError as error:
            assert (error.context or {})["help"]
