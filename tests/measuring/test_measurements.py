"""What is measured of one cell: statistics, intervals, bases and missing answers, held against known figures."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from scipy import stats

from journeykit.data.questions import About, Cell, Definition, Found, Missing, MissingKind, Score, Share, Time
from journeykit.measuring.measurements import Measurement, has_low_base, measurements
from tests.measuring.counting import CELL, Row, sample


def _of_counts(
    counts: Mapping[int, int], definition: Definition, missing: Mapping[MissingKind, int] | None = None
) -> Measurement:
    cell = Cell(definition.item, definition.metric, "2017")
    scores = tuple(Score(cell, "", float(score), n, float(n), float(n)) for score, n in counts.items() if n)
    lost = tuple(Missing(cell, kind, n) for kind, n in (missing or {}).items())
    (found,) = measurements(Found(About("survey", "test"), (definition,), scores=scores, missing=lost))
    return found


def _answers(metric: str, low: float, high: float, top: int | None = None) -> Definition:
    return Definition("security", metric, low=low, high=high, top=top)


SECURITY = {1: 28, 2: 42, 3: 460, 4: 673, 5: 1116}
"""Getting to the airport, San Francisco 2017."""


def test_a_satisfaction_has_its_mean_and_its_top_two_box() -> None:
    found = _of_counts(SECURITY, _answers("csat", 1, 5))
    average, top = found.statistics
    assert (average.name, top.name) == ("mean on 0..100", "top-2 box")
    assert average.value == pytest.approx(80.2609, abs=5e-5)
    assert average.half_width == pytest.approx(0.9201, abs=5e-5)
    assert (top.value, top.low, top.high) == pytest.approx((0.7715, 0.7539, 0.7881), abs=5e-5)
    assert (found.n, found.low_base, found.weighted, top.interval) == (2319, False, False, "Wilson")


@pytest.mark.parametrize(
    ("low", "high", "top", "name"),
    [(1, 2, None, "top-1 box"), (1, 3, None, "top-1 box"), (1, 4, None, "top-2 box"), (1, 7, None, "top-2 box"),
     (1, 5, 1, "top-1 box"), (0, 10, 3, "top-3 box")],
)  # fmt: skip
def test_the_top_box_is_the_stated_one(low: int, high: int, top: int | None, name: str) -> None:
    found = _of_counts({low: 10, high: 30}, _answers("csat", low, high, top))
    assert found.statistics[1][:3] == (name, "share", 0.75)


def test_eleven_answers_have_no_top_box_by_custom() -> None:
    assert [one.name for one in _of_counts({0: 10, 10: 9}, _answers("csat", 0, 10)).statistics] == ["mean on 0..100"]


def test_an_nps_has_its_adjusted_wald_interval() -> None:
    (found,) = _of_counts({10: 1436, 8: 968, 3: 342}, _answers("nps", 0, 10)).statistics
    assert (found.value, found.low, found.high) == pytest.approx((39.8398, 37.1824, 42.4102), abs=5e-5)
    assert found.interval == "adjusted Wald"


def test_ces_2_is_a_mean_and_the_share_that_agrees() -> None:
    average, easy = _of_counts({3: 6, 4: 6, 5: 4, 6: 5, 7: 2}, _answers("ces", 1, 7)).statistics
    assert (average.unit, easy.name, easy.value) == ("scale", "share of 5 to 7", 11 / 23)
    (only,) = _of_counts({1: 6, 4: 6}, _answers("ces1", 1, 5)).statistics
    assert only.value == 2.5, "CES 1 has no share of agreement"


def test_weighted_shares_are_wilsons_on_kishs_number() -> None:
    rows = [Row(float(s), w) for s, w in [(5, 0.5), (4, 2), (3, 1), (2, 1), (1, 0.5), (5, 1), (4, 1), (2, 2)]]
    one = sample(rows)
    found = measurements(Found(About("survey", "test", weight="WEIGHT"), (_answers("csat", 1, 5),), scores=one.scores))[
        0
    ]
    share, kish = 4.5 / 9, 81 / sum(row.weight**2 for row in rows)
    z = stats.norm.ppf(0.975)
    centre, reach = share + z * z / kish / 2, z * math.sqrt(share * (1 - share) / kish + (z / kish) ** 2 / 4)
    top = found.statistics[1]
    assert (top.value, top.low, top.high) == pytest.approx(
        (share, (centre - reach) / (1 + z * z / kish), (centre + reach) / (1 + z * z / kish))
    )
    assert found.effective_n == pytest.approx(kish)
    assert (found.n, found.weighted) == (8, True)


def test_few_answers_and_equal_answers_have_no_interval() -> None:
    few, equal = _of_counts({1: 2, 5: 2}, _answers("rating", 1, 5)), _of_counts({4: 40}, _answers("rating", 1, 5))
    for found, why in ((few, "fewer than 5 answers"), (equal, "no spread")):
        (one,) = found.statistics
        assert (one.low, one.high) == (None, None)
        assert why in one.interval


def test_an_interval_ends_where_the_scale_does() -> None:
    (found,) = _of_counts({5: 30, 4: 1}, _answers("rating", 1, 5)).statistics
    assert found.high == 100


@pytest.mark.parametrize(("counts", "low"), [({1: 15, 5: 14}, True), ({1: 15, 5: 15}, True), ({1: 100, 5: 100}, False)])
def test_a_low_base_is_fewer_than_30_or_a_share_known_to_ten_points_only(counts: dict[int, int], low: bool) -> None:
    average, top = _of_counts(counts, _answers("csat", 1, 5)).statistics
    assert has_low_base(top) is low
    assert has_low_base(average) is (sum(counts.values()) < 30), "a mean has no such width"


def test_missing_answers_are_counted_by_kind_and_speak_for_reach_and_response() -> None:
    found = _of_counts(
        SECURITY, _answers("csat", 1, 5), {"blank": 350, "not applicable": 162, "no answer": 100, "not asked": 0}
    )
    assert found.missing == {"blank": 350, "not applicable": 162, "no answer": 100}
    assert found.response_rate == 2319 / 2419
    assert found.reach and found.reach.value == 2319 / 2481
    assert found.notes == (), "450 of 2769 are 16 %"
    many = _of_counts({1: 8, 5: 8}, _answers("csat", 1, 5), {"blank": 5})
    assert many.notes == ("24 % of those asked did not answer",)
    assert _of_counts({1: 8, 5: 8}, _answers("csat", 1, 5), {"not applicable": 90}).notes == ()


def _time(ms: int, n: int, is_open: bool = False) -> Time:
    return Time(Cell("reply", "reply", ""), ms, 0, is_open, n, ms * n, ms, ms)


def _measured_time(*rows: Time, target: int | None = None) -> Measurement:
    definition = Definition("reply", "reply", "time", clock="calendar", target=target)
    (found,) = measurements(Found(About("tickets", "test"), (definition,), times=rows))
    return found


def test_a_time_has_median_ninetieth_percentile_and_mean() -> None:
    found = _measured_time(*(_time(1000 * second, 1) for second in range(1, 102)), target=80_000)
    median, p90, average, within = found.statistics
    assert (median.value, p90.value, average.value) == (51, 91, 51)
    assert (median.low, median.high, median.interval) == (41, 61, "order statistics")
    assert (within.name, within.value) == ("share within the target", 80 / 101)


def test_few_open_cases_are_said_and_many_make_the_median_that_of_all() -> None:
    cases = [_time(1000 * second, 1) for second in range(1, 96)]
    few = _measured_time(*cases, _time(999_000, 5, True))
    assert few.main and (few.main.name, few.notes) == ("median", ("5 still open",))
    many = _measured_time(*cases, _time(999_000, 25, True))
    assert many.main and many.main[:3] == ("median with open cases", "time", 60)
    assert many.main.n == 120
    assert many.statistics[2][:3] == ("median", "time", 48)


def test_a_share_of_cases_names_its_proxy() -> None:
    definition = Definition("fcr", "fcr", "share", note="no reassignment, no reopening")
    cell = Cell("fcr", "fcr", "")
    (found,) = measurements(Found(About("tickets", "test"), (definition,), shares=(Share(cell, 17, 53, 6),)))
    (one,) = found.statistics
    assert (one.value, one.low, one.high) == pytest.approx((0.3208, 0.2109, 0.4548), abs=5e-5)
    assert found.notes == ("no reassignment, no reopening", "6 cannot be told")


def test_measurements_are_in_the_order_of_the_settings() -> None:
    kinds = tuple(Definition(item, "rating", low=1, high=5) for item in ("b", "a"))
    cells = [Cell("a", "rating", "2018"), Cell("a", "rating", "2017"), Cell("b", "rating", "2018")]
    scores = tuple(Score(cell, "", 4, 9, 9, 9) for cell in cells)
    found = measurements(Found(About("survey", "test"), kinds, scores=scores))
    assert [(one.cell.item, one.cell.period) for one in found] == [("b", "2018"), ("a", "2017"), ("a", "2018")]
    assert CELL.item == "security"
