"""Periods and their days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.data.periods import months_of, period_bounds, period_of, year_before
from journeykit.data.questions import GRAINS, Grain


@given(
    st.dates(min_value=date(2, 1, 1), max_value=date(9998, 1, 1)),
    st.sampled_from([one for one in GRAINS if one != "all"]),
)
def test_a_day_lies_in_its_period_and_the_day_after_begins_another(day: date, grain: Grain) -> None:
    bounds = period_bounds(period_of(day, grain))
    assert bounds is not None
    first, after = bounds
    assert first <= day < after
    assert period_of(first, grain) == period_of(after - timedelta(1), grain) == period_of(day, grain)
    assert period_of(after, grain) != period_of(day, grain) != period_of(first - timedelta(1), grain)


@pytest.mark.parametrize("text", ["", "2017-13", "2017-Q5", "2017-W60", "2017-02-30", "17", "2017-1", "9999", "x2017"])
def test_what_is_no_period(text: str) -> None:
    assert period_bounds(text) is None


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2024-02", "2023-02"),
        ("2024-Q4", "2023-Q4"),
        ("2024-W40", "2023-W40"),
        ("2020-W53", ""),  # 2019 had 52 weeks
        ("2024-10-03", ""),
        ("2024", ""),
        ("", ""),
        ("wave 2", ""),
    ],
)
def test_the_same_period_of_the_year_before(period: str, before: str) -> None:
    assert year_before(period) == before


def test_months_are_those_from_the_first_to_the_last() -> None:
    assert months_of(["2024-11", "2023-12", "2024-01"]) == 12
    assert months_of(["2023-Q1", "2024-Q4"]) == 24
    assert months_of(["2024-W05", "2024-W06"]) == 2  # from 29 January on
    assert months_of(["2023", "2024"]) is None
    assert months_of([""]) is None
