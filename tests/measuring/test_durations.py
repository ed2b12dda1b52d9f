"""Quantiles of durations and their intervals: numpy and SciPy over the durations themselves are the oracle."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from journeykit.measuring.durations import Bucket, Durations, open_quantile, survival

TIMES = st.lists(st.integers(0, 5000), min_size=1, max_size=60)


def _exact(times: list[int]) -> Durations:
    return Durations.of(Bucket(t, t, times.count(t), t * times.count(t)) for t in set(times))


@given(TIMES, st.sampled_from([0.5, 0.9, 0.25]))
def test_quantiles_are_numpys(times: list[int], share: float) -> None:
    assert _exact(times).quantile(share) == pytest.approx(np.quantile(times, share))
    assert _exact(times).mean == pytest.approx(np.mean(times))


@given(TIMES)
def test_the_interval_lies_between_order_statistics(times: list[int]) -> None:
    ordered = sorted(times)
    for share in (0.5, 0.9):
        found = _exact(times).with_interval(share)
        first, last = (int(stats.binom.ppf(p, len(times), share)) for p in (0.025, 0.975))
        assert found.low == (ordered[first - 1] if first else None)
        assert found.high == (ordered[last] if last < len(times) else None)


def test_the_interval_of_a_median_holds_it_in_95_of_100_samples() -> None:
    draw = np.random.default_rng(5)
    hits = 0
    for _ in range(1000):
        found = _exact([round(1e6 * x) for x in draw.exponential(1, 41)]).with_interval(0.5)
        hits += found.low is not None and found.high is not None and found.low <= 1e6 * math.log(2) <= found.high
    assert 940 <= hits <= 985


def test_values_in_a_bucket_are_spread_evenly() -> None:
    found = Durations.of([Bucket(0, 0, 1, 0), Bucket(10, 20, 3, 45)])
    assert [found.quantile(share) for share in (0, 1 / 3, 2 / 3, 1)] == pytest.approx([0, 10, 15, 20])
    assert (found.within(9), found.within(15), found.within(20)) == (1, 2.5, 4)


def _kaplan_meier(times: list[tuple[int, bool]]) -> dict[int, tuple[float, float]]:
    """Return the curve and Greenwood's error by time, case by case."""
    curve, share, total = {}, 1.0, 0.0
    for time in sorted({t for t, is_open in times if not is_open}):
        at_risk = sum(t >= time for t, _ in times)
        over = sum(t == time and not is_open for t, is_open in times)
        share *= 1 - over / at_risk
        total += over / (at_risk * (at_risk - over)) if at_risk > over else 0
        curve[time] = (share, share * math.sqrt(total))
    return curve


@given(st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=1, max_size=50))
def test_survival_is_kaplan_and_meiers(times: list[tuple[int, bool]]) -> None:
    buckets = [Bucket(t, t, times.count((t, o)), t * times.count((t, o)), o) for t, o in set(times)]
    steps = survival(buckets)
    expected = _kaplan_meier(times)
    assert [step.time for step in steps] == list(expected)
    for step in steps:
        assert (step.share, step.error) == pytest.approx(expected[int(step.time)], abs=1e-12)


def test_the_median_of_the_leukemia_trial_of_1963() -> None:
    """Remission in weeks under 6-MP (Freireich et al., Blood 21, 1963): the textbook median is 23 weeks."""
    over, going = [6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    buckets = [Bucket(t, t, over.count(t), t * over.count(t)) for t in set(over)]
    buckets += [Bucket(t, t, going.count(t), t * going.count(t), open=True) for t in set(going)]
    found = open_quantile(survival(buckets), 0.5)
    assert (found.value, found.low, found.high) == (23, 13, None)


def test_without_open_cases_the_median_is_that_of_the_cases() -> None:
    buckets = [Bucket(t, t, 1, t) for t in range(1, 100)]
    assert open_quantile(survival(buckets), 0.5).value == 50 == Durations.of(buckets).quantile(0.5)
