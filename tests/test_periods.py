"""Periods and their days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.data.periods import period_bounds, period_of
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
