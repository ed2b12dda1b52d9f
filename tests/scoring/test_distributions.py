"""SciPy is the oracle."""

from __future__ import annotations

import pytest
from scipy import stats

from journeykit.scoring.distributions import binomial_quantile, chi2_p_value, f_p_value


@pytest.mark.parametrize("n", [1, 5, 37, 52, 1000, 250_000, 10_000_000])
@pytest.mark.parametrize("share", [0.5, 0.9, 0.05])
@pytest.mark.parametrize("probability", [0.025, 0.975])
def test_binomial_quantiles(n: int, share: float, probability: float) -> None:
    assert binomial_quantile(probability, n, share) == int(stats.binom.ppf(probability, n, share))


@pytest.mark.parametrize(
    ("f", "between", "within"), [(0.3, 2, 17.4), (1.0, 3, 400), (4.2, 1, 12), (25, 6, 90.5), (0, 2, 9)]
)
def test_p_values_of_f(f: float, between: float, within: float) -> None:
    assert f_p_value(f, between, within) == pytest.approx(stats.f.sf(f, between, within), rel=1e-9)


@pytest.mark.parametrize(("chi2", "freedom"), [(0, 1), (0.02, 1), (3.84, 1), (4, 7), (60, 7), (300, 4), (8.1, 40)])
def test_p_values_of_chi2(chi2: float, freedom: int) -> None:
    assert chi2_p_value(chi2, freedom) == pytest.approx(stats.chi2.sf(chi2, freedom), rel=1e-9)
