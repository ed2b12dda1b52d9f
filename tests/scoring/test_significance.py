"""Differences of figures and how well authors guess: the worked examples, and scipy as an oracle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr, t, ttest_ind_from_stats

from journeykit.reading import read_text
from journeykit.scoring import score
from journeykit.scoring.calibration import calibration
from journeykit.scoring.significance import Sample, benjamini_hochberg, holm, nps_delta, sample_size, share_delta, welch
from journeykit.scoring.student import t_quantile, two_sided
from tests.scoring.test_metrics import WORKED, _worked


def test_the_change_of_a_share() -> None:
    delta, interval = _worked("csat change")
    found = share_delta(0.7, 100, 0.8, 105)
    assert found.delta == pytest.approx(delta, abs=5e-5)
    assert found.interval == pytest.approx(interval, abs=5e-5)
    assert found.p > 0.05 > share_delta(0.5, 100, 0.8, 105).p


def test_the_change_of_an_nps() -> None:
    delta, interval, z = _worked("nps change")
    found = nps_delta((40, 20, 100), (55, 15, 110))
    assert found.delta == pytest.approx(delta, abs=5e-5)
    assert found.interval == pytest.approx(interval, abs=5e-5)
    low, high = found.interval
    assert (low + high) / (high - low) * 1.959964 == pytest.approx(z, abs=5e-5)


def test_the_change_of_a_mean() -> None:
    delta, interval, freedom = _worked("welch")
    found = welch(Sample(2.1, 1.0, 118), Sample(2.5, 1.1, 97))
    assert found.delta == pytest.approx(delta, abs=5e-5)
    assert found.interval == pytest.approx(interval, abs=5e-5)
    assert found.freedom == pytest.approx(freedom, abs=5e-5)
    assert welch(Sample(3, 0, 5), Sample(3, 0, 5)).p == 1
    assert welch(Sample(3, 0, 5), Sample(4, 0, 5)).p == 0


samples = st.builds(Sample, st.floats(1, 7), st.floats(0.1, 3), st.integers(2, 2000))


@given(samples, samples)
def test_welch_is_scipys(one: Sample, other: Sample) -> None:
    wanted = ttest_ind_from_stats(*other, *one, equal_var=False)
    assert welch(one, other).p == pytest.approx(wanted.pvalue, rel=1e-8, abs=1e-12)


@given(st.floats(0, 40), st.floats(1, 3000))
def test_p_values_are_scipys(value: float, freedom: float) -> None:
    assert two_sided(value, freedom) == pytest.approx(2 * t.sf(value, freedom), rel=1e-8, abs=1e-14)


@given(st.floats(1, 3000))
def test_quantiles_of_any_freedom_are_scipys(freedom: float) -> None:
    assert t_quantile(0.975, freedom) == pytest.approx(t.ppf(0.975, freedom), rel=1e-9)


def test_many_comparisons_at_once() -> None:
    found = holm({"a": 0.01, "b": 0.04, "c": 0.03})
    assert found == pytest.approx(_worked("holm"))
    assert list(found) == list(_worked("holm"))
    assert holm({"a": 0.9, "b": 0.9}) == {"a": 1, "b": 1}


def test_how_many_answers_a_share_needs() -> None:
    assert [sample_size(0.05), sample_size(0.1)] == _worked("sample size")


def test_stated_against_measured() -> None:
    worked = WORKED["calibration"]
    lines = "".join(
        f"  - {{id: {id}, title: {id}, satisfaction: {stated}, measured: {{mean: {worked['measured'][id]}, n: 40}}}}\n"
        for id, stated in worked["stated"].items()
    )
    journey = read_text(f"title: T\npersona: P\nscale: 0..100\ntouchpoints:\n{lines}", "a.yaml").journey
    assert journey is not None
    scores = score(journey)
    found = calibration(scores.touchpoints, scores.settings)
    assert found is not None
    for name, wanted in worked["result"].items():
        got = getattr(found, name)
        assert (list(got) if isinstance(got, tuple) else got) == (
            wanted if isinstance(wanted, list) else pytest.approx(wanted, abs=5e-5)
        ), name
    assert found.spearman == pytest.approx(
        spearmanr(list(worked["stated"].values()), list(worked["measured"].values())).statistic
    )
    assert calibration(scores.touchpoints[:1], scores.settings) is None


def test_benjamini_and_hochberg_as_r_has_it() -> None:
    found = benjamini_hochberg({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.5, "e": 0.005})
    assert found == pytest.approx({"a": 0.025, "b": 0.05, "c": 0.05, "d": 0.5, "e": 0.025})
    assert benjamini_hochberg({}) == {}
