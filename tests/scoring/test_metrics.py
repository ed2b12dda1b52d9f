"""KPIs as figures: the worked examples, scipy as an oracle, and what is not known is not made up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, t

from journeykit.model import Journey
from journeykit.model.improvement import Kpi
from journeykit.scoring.metrics import Metric, metric_of, metrics, nps, wilson
from tests.charts.maps import example

WORKED: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "data" / "worked_examples.json").read_text(encoding="utf-8")
)["C_compare_and_kpis"]


def _metric(**keys: Any) -> Metric:
    return metric_of(Kpi.model_validate({"id": "x", **keys}))


def _worked(start: str) -> Any:
    (found,) = (value for key, value in WORKED.items() if key.startswith(start))
    return found


def test_csat_is_the_share_of_the_top_two_with_wilsons_interval() -> None:
    share, interval, n = _worked("csat counts")
    found = _metric(kind="csat", counts={1: 1, 2: 2, 3: 4, 4: 9, 5: 7})
    assert found.value == pytest.approx(share, abs=5e-5)
    assert found.interval == pytest.approx(interval, abs=5e-5)
    assert (found.n, found.unit, found.low_base, found.suppressed) == (n, "share", True, False)


def test_csat_of_seven_counts_six_and_seven() -> None:
    assert _metric(kind="csat", counts={4: 10, 5: 10, 6: 10, 7: 10}).value == 0.5
    assert _metric(kind="csat", counts={4: 10, 5: 10, 7: 0}).value == 0  # seven answers were possible


def test_nps_with_the_adjusted_wald_interval() -> None:
    worked = _worked("nps 31/12/7")
    parts = _metric(kind="nps", promoters=31, passives=12, detractors=7)
    counted = _metric(kind="nps", counts={10: 20, 9: 11, 8: 5, 7: 7, 6: 4, 0: 3})
    for found in (parts, counted):
        assert found.value == pytest.approx(worked["nps"], abs=5e-5)
        assert found.interval == pytest.approx((worked["low"], worked["high"]), abs=5e-5)
        assert found.n == worked["n"] and not found.low_base


def test_ces_is_a_mean_and_a_share() -> None:
    worked = _worked("ces 7,6,6,5")
    answers = [7, 6, 6, 5, 4, 3, 7, 2, 5, 6]
    found = _metric(kind="ces", counts={value: answers.count(value) for value in answers})
    assert found.value == pytest.approx(worked["mean"], abs=5e-5)
    assert found.easy == pytest.approx(worked["easy"], abs=5e-5)
    assert found.easy_interval == pytest.approx(worked["easy_ci"], abs=5e-5)
    mean = sum(answers) / 10
    sd = (sum((value - mean) ** 2 for value in answers) / 9) ** 0.5
    assert found.interval == pytest.approx(t.interval(0.95, 9, mean, sd / 10**0.5), abs=5e-5)


def test_no_interval_reaches_beyond_its_scale() -> None:
    assert (_metric(kind="ces", counts={7: 39, 6: 1}).interval or (0, 0))[1] == 7
    assert (_metric(kind="rating", counts={1: 1, 5: 39}).interval or (0, 0))[1] == 5
    assert (_metric(kind="rating", counts={1: 1, 10: 39}, scale="1..10").interval or (0, 0))[1] == 10
    assert (_metric(kind="rating", counts={4: 39, 5: 41}).interval or (0, 0))[1] < 5


def test_fcr_gross_and_net() -> None:
    worked = _worked("fcr 431 of 890")
    gross = _metric(kind="fcr", value=431 / 890, n=890)
    net = _metric(kind="fcr", value=431 / 770, n=770)
    assert (gross.value, net.value) == pytest.approx((worked["gross"], worked["net"]), abs=5e-5)
    assert gross.interval == pytest.approx(worked["gross_ci"], abs=5e-5)
    assert net.interval == pytest.approx(worked["net_ci"], abs=5e-5)


def test_times_show_the_median_beside_the_slow_ones_and_the_mean() -> None:
    worked = _worked("response minutes")
    written = {key: f"{worked[key]}min" for key in ("median", "p90", "mean")}
    found = _metric(kind="response_time", **written, n=worked["n"], target="20min")
    shown = [(figure or 0) / 60 for figure in (found.value, found.p90, found.mean)]
    assert shown == pytest.approx([worked["median"], worked["p90"], worked["mean"]], abs=5e-5)
    assert found.interval is None and found.met is True


@given(st.integers(1, 3000), st.data())
def test_wilson_is_scipys(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    expected = binomtest(k, n).proportion_ci(0.95, "wilson")
    assert wilson(k / n, n) == pytest.approx((expected.low, expected.high), abs=1e-9)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_the_interval_of_nps_stays_on_its_scale_and_turns_with_its_answers(p: int, d: int, rest: int) -> None:
    n = p + d + rest or 1
    value, (low, high) = nps(p, d, n)
    mirrored, (other_low, other_high) = nps(d, p, n)
    assert -100 <= low < high <= 100
    assert (value, low, high) == pytest.approx((-mirrored, -other_high, -other_low))


@pytest.mark.parametrize(
    ("keys", "met"),
    [
        ({"id": "abandon-rate", "kind": "rate", "value": "3%", "target": "5%"}, True),
        ({"id": "reopen-rate", "kind": "rate", "value": "2%", "target": "4%"}, True),
        ({"id": "complaint-resolution-rate", "kind": "rate", "value": "70%", "target": "80%"}, False),
        ({"id": "complaints", "kind": "count", "value": 9, "target": 4}, False),
        ({"kind": "duration", "value": "30d", "target": "20d", "better": "higher"}, True),
        ({"kind": "rate", "value": "3%", "target": "5%", "better": "lower"}, True),
        ({"kind": "ces1", "value": 2.1, "target": 2.5}, True),
        ({"kind": "count", "value": 9, "target": 4, "better": "higher"}, True),
        ({"kind": "rate", "value": "61%", "target": "95%"}, False),
        ({"kind": "rate", "value": "95%", "target": 0.95}, True),
        ({"kind": "nps", "value": 10, "target": 60}, False),
        ({"kind": "rating", "value": 4.7, "target": 4.7}, True),
        ({"kind": "nps", "value": "40%", "target": 30}, True),
        ({"kind": "rating", "value": "120%", "target": "130%"}, False),
        ({"kind": "rating", "value": "120%", "target": 1.3}, None),
        ({"kind": "resolution_time", "median": "31h", "target": "1d"}, False),
        ({"kind": "duration", "value": "29d", "target": "30d"}, True),
        ({"kind": "count", "value": 9, "target": 4}, None),  # of calls or of buyers?
        ({"kind": "csat", "counts": {4: 9}, "scale": "1..5", "target": 4.2}, None),  # a mean is no share
        ({"kind": "ces", "target": 5.5}, None),
        ({"kind": "ces", "value": 5.6}, None),
    ],
)
def test_targets(keys: dict[str, Any], met: bool | None) -> None:
    assert _metric(**keys).met is met


@pytest.mark.parametrize(
    ("n", "low", "hidden"), [(4, True, True), (5, True, False), (29, True, False), (30, False, False)]
)
def test_small_bases(n: int, low: bool, hidden: bool) -> None:
    found = _metric(kind="rate", value="50%", n=n)
    assert (found.low_base, found.suppressed) == (low, hidden)


def test_what_is_not_known_is_not_made_up() -> None:
    assert _metric(kind="rate", value="50%").interval is None
    assert _metric(kind="nps", value=40, n=200).interval is None  # of whom?
    assert _metric(kind="ces", value=5, n=200).interval is None  # how far apart?
    assert _metric(kind="ces", counts={5: 1}).interval is None
    assert _metric(kind="csat").value is None and _metric(kind="nps", counts={9: 0}).value is None
    assert _metric(kind="csat", value=4.2, n=40) == Metric(
        kpi=Kpi(id="x", kind="csat", value=4.2, n=40), unit="number", value=4.2, n=40
    )


def test_the_kpis_of_a_journey_in_their_order() -> None:
    journey: Journey = example("plumber-visit")
    found = metrics(journey)
    assert [metric.kpi for metric in found] == list(journey.kpis) and len(found) == 6
    assert [metric.n for metric in found][:2] == [184, 171]


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        ({"scale": "1..2", "counts": {1: 20, 2: 80}}, 0.8),
        ({"scale": "1..3", "counts": {1: 10, 2: 30, 3: 60}}, 0.6),
        ({"scale": "1..4", "counts": {1: 10, 2: 30, 3: 20, 4: 40}}, 0.6),
        ({"scale": "1..5", "counts": {4: 10, 3: 10}}, 0.5),
        ({"counts": {5: 10, 3: 10}, "top": 1}, 0.5),
        ({"scale": "0..10", "counts": {10: 10, 8: 10, 2: 20}, "top": 2}, 0.25),
        ({"counts": {1: 20, 2: 80}}, None),  # of two, or of five?
        ({"scale": "1..10", "counts": {9: 20}}, None),  # nothing says who is satisfied
    ],
)
def test_csat_on_the_scale_that_is_stated(keys: dict[str, Any], value: float | None) -> None:
    assert _metric(kind="csat", **keys).value == (None if value is None else pytest.approx(value))


def test_k_of_n() -> None:
    found = _metric(kind="fcr", k=497, n=890)
    assert found.value == pytest.approx(497 / 890) and found.interval == pytest.approx(wilson(497 / 890, 890))


def test_the_effort_score_of_before_is_low_where_it_is_good() -> None:
    found = _metric(kind="ces1", counts={1: 20, 2: 30, 5: 10})
    assert (found.scale, found.better, found.easy) == ("1..5", "lower", None)


@pytest.mark.parametrize("counts", [{7: 40}, {7: 4}, {6: 2, 7: 2}])
def test_no_interval_from_no_spread_or_few_answers(counts: dict[int, int]) -> None:
    assert _metric(kind="ces", counts=counts).interval is None
    assert _metric(kind="csat", counts={5: 4}).interval is None


def test_the_response_rate_and_the_statistic_of_a_time() -> None:
    assert _metric(kind="csat", value="82%", n=62, sent=1030).response_rate == pytest.approx(62 / 1030)
    assert _metric(kind="csat", value="82%", n=62).response_rate is None
    times = [{"median": "1h", "p90": "2h"}, {"mean": "1h"}, {"p90": "2h"}, {"value": "1h"}]
    assert [_metric(kind="duration", **one).statistic for one in times] == ["median", "mean", "p90", None]
