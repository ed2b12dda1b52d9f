"""Weighted means and their standard errors, held against the textbook formula over the rows themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.measuring.samples import Sample
from tests.measuring.counting import Row, sample


def _rows(seed: int, n: int = 200) -> list[Row]:
    draw = np.random.default_rng(seed)
    return [
        Row(float(draw.integers(0, 11)), weight, f"g{draw.integers(40)}", f"h{draw.integers(3)}")
        for weight in draw.choice([0.25, 0.5, 1.0, 3.0], n).tolist()
    ]


def _linearised(rows: list[Row], codes: list[float], clustered: bool) -> tuple[float, float]:
    """Return mean and standard error from the rows: Σ_h u/(u - 1) Σ (z - mean of z)²."""
    y, w = np.array(codes), np.array([row.weight for row in rows])
    value = (w * y).sum() / w.sum()
    z = w * (y - value) / w.sum()
    variance = 0.0
    for stratum in sorted({row.stratum for row in rows}):
        inside = [at for at, row in enumerate(rows) if row.stratum == stratum]
        names = [rows[at].cluster if clustered else str(at) for at in inside]
        sums = np.array(
            [sum(z[at] for at, own in zip(inside, names, strict=True) if own == name) for name in set(names)]
        )
        variance += len(sums) / (len(sums) - 1) * ((sums - sums.mean()) ** 2).sum()
    return float(value), float(np.sqrt(variance))


def _promoter(score: float) -> float:
    return 100.0 * ((score >= 9) - (score <= 6))


@pytest.mark.parametrize("clustered", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_the_error_of_a_mean_is_that_of_the_rows(seed: int, clustered: bool) -> None:
    rows = _rows(seed)
    for code in (float, _promoter):
        value, error = _linearised(rows, [code(row.score) for row in rows], clustered)
        found = sample(rows, clustered=clustered).estimate(code)
        assert found.value == pytest.approx(value, rel=1e-12)
        assert found.error == pytest.approx(error, rel=1e-9)


def test_without_weights_and_clusters_it_is_the_textbook_standard_error() -> None:
    answers = [1, 2, 2, 3, 4, 4, 5, 5, 5, 5]
    found = sample([Row(float(one)) for one in answers]).estimate()
    assert found.error == pytest.approx(np.std(answers, ddof=1) / np.sqrt(10), rel=1e-12)
    assert (found.value, found.freedom) == (3.6, 9)
    assert found.sd == pytest.approx(np.std(answers, ddof=1))


def test_kish_has_the_number_of_equal_answers() -> None:
    assert sample([Row(1), Row(2), Row(3)]).effective_n == 3
    assert sample([Row(1, 2), Row(2, 1), Row(3, 1)]).effective_n == pytest.approx(16 / 6)


def test_fewer_than_ten_clusters_have_no_error() -> None:
    rows = [Row(float(at % 5), cluster=f"g{at % 9}") for at in range(90)]
    assert sample(rows, clustered=True).estimate().error is None
    more = [*rows, Row(1, cluster="g10")]
    assert sample(more, clustered=True).estimate().error is not None


def test_a_stratum_of_one_unit_is_held_against_the_mean() -> None:
    rows = [Row(1), Row(2), Row(3), Row(5, stratum="alone")]
    found = sample(rows).estimate()
    gap = (5 - found.value) / 4
    inside = 3 / 2 * sum(((x - found.value) / 4 - (2 - found.value) / 4) ** 2 for x in (1, 2, 3))
    assert found.error == pytest.approx((gap**2 + inside) ** 0.5)


@given(st.lists(st.tuples(st.integers(1, 5), st.floats(0.1, 5)), min_size=3, max_size=40))
def test_a_constant_weight_changes_nothing(answers: list[tuple[int, float]]) -> None:
    plain = sample([Row(float(score)) for score, _ in answers])
    weighted = sample([Row(float(score), 3.0) for score, _ in answers])
    for one, other in zip(plain.estimate(), weighted.estimate(), strict=True):
        assert other == pytest.approx(one, rel=1e-6, abs=1e-9)
    assert weighted.effective_n == pytest.approx(len(answers))


def test_counts_are_sorted_and_joined_over_strata() -> None:
    found: Sample = sample([Row(5, stratum="a"), Row(1, stratum="b"), Row(5, stratum="b")])
    assert list(found.counts.items()) == [(1, 1), (5, 2)]
