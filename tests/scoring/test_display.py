"""One way to show scores, severities and shares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.charts.locales import Labels
from journeykit.scoring.display import beside, fixed, fixed_percent, percent, shown, signed


@pytest.mark.parametrize(
    ("value", "text"), [(52.5, "52.5"), (41.25, "41.3"), (75, "75"), (-0.04, "0"), (0.05, "0.1"), (100, "100")]
)
def test_halves_go_away_from_zero_and_a_zero_behind_the_point_is_left_out(value: float, text: str) -> None:
    assert shown(value) == text
    assert float(fixed(value)) == float(text)
    assert Labels("en").number(value) == text


@given(st.floats(-1000, 1000))
def test_a_chart_a_sentence_and_a_column_say_the_same(value: float) -> None:
    assert float(shown(value)) == float(fixed(value)) == float(Labels("en").number(value).replace("\u2212", "-"))
    assert float(signed(value).replace("\u2212", "-")) == float(fixed(value))


@pytest.mark.parametrize(
    ("share", "text"),
    [(1, "100 %"), (0.9999, "99.9 %"), (0, "0 %"), (0.0001, "0.1 %"), (0.824, "82.4 %"), (1.2, "120 %")],
)
def test_only_all_is_called_all(share: float, text: str) -> None:
    assert percent(share) == text
    assert float(fixed_percent(share)[:-2]) == float(text[:-2])
    assert Labels("de").share(share).startswith(text[:-2].replace(".", ","))


@given(st.floats(0, 100), st.integers(0, 100))
def test_a_number_beside_its_limit_is_on_its_side(value: float, limit: int) -> None:
    said = float(beside(value, limit))
    if abs(value - limit) > 1e-6:
        assert (said > limit) == (value > limit)
        assert (said < limit) == (value < limit)


def test_a_number_beside_its_limit_has_no_more_digits_than_it_takes() -> None:
    assert (beside(49.96, 50), beside(43.21, 50), beside(50, 50)) == ("49.96", "43.2", "50")
