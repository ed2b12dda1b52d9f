"""Which periods of a series stand out."""

from __future__ import annotations

import math

import pytest

from journeykit.measuring.control import limits, season_note


def test_fewer_than_six_periods_have_no_limits() -> None:
    assert limits([1, 2, 3, 4, 5], [9] * 5, share=False) is None


def test_individuals_have_limits_by_the_differences_of_neighbours() -> None:
    values = [10, 12, 11, 13, 12, 40]
    found = limits(values, [50] * 6, share=False)
    assert found
    moving = (2 + 1 + 2 + 1 + 28) / 5
    assert found.centre == pytest.approx(98 / 6)
    assert found.high[0] == pytest.approx(98 / 6 + 2.66 * moving)
    assert found.outside == (*[False] * 5, True)
    calm = limits([10, 12, 11, 13, 12, 11, 12, 13], [50] * 8, share=False)
    assert calm and not any(calm.outside)


def test_shares_have_limits_by_the_base_of_each_period() -> None:
    found = limits([0.5, 0.5, 0.5, 0.5, 0.5, 0.7], [100, 100, 100, 100, 400, 25], share=True)
    assert found
    centre = (400 * 0.5 + 400 * 0.5 + 25 * 0.7 - 0) / 825
    assert found.centre == pytest.approx(centre)
    assert found.high[4] - found.centre == pytest.approx(3 * math.sqrt(centre * (1 - centre) / 400))
    assert found.high[5] > found.high[4]


def test_eight_on_one_side_are_a_shift() -> None:
    found = limits([1, 2, *[5.0] * 8], [50] * 10, share=False)
    assert found and found.shifted == (False, False, *[True] * 8)
    seven = limits([1, 2, *[5.0] * 7], [50] * 9, share=False)
    assert seven and not any(seven.shifted)


def test_a_season_needs_24_months() -> None:
    assert season_note(23) == "no season can be told from 23 months"
    assert season_note(1) == "no season can be told from 1 month"
    assert season_note(24) == ""
