"""Differences of periods and segments: SciPy is the oracle; what is of another kind is never compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy import stats

from journeykit.data.questions import About, Cell, Definition, Found, Repeated, Share, Time
from journeykit.measuring.differences import compare, difference, period_changes, segment_tests
from journeykit.measuring.measurements import Measurement, measurements
from tests.measuring.counting import Row, sample

CSAT = Definition("security", "csat", low=1, high=5)
NPS = Definition("", "nps", low=0, high=10)


def _measured(
    rows: Sequence[Row],
    definition: Definition = CSAT,
    period: str = "2017",
    segment: str = "",
    *,
    clustered: bool = False,
) -> Measurement:
    segments = (("LANG", segment),) if segment else ()
    one = sample(rows, Cell(definition.item, definition.metric, period, segments), clustered=clustered)
    about = About("survey", "test", cluster="C" if clustered else "")
    (found,) = measurements(Found(about, (definition,), scores=one.scores, products=one.products, units=one.units))
    return found


def _rows(seed: int, n: int = 80, shift: float = 0, clusters: int = 0) -> list[Row]:
    draw = np.random.default_rng(seed)
    return [
        Row(float(np.clip(round(draw.normal(3.4 + shift, 1)), 1, 5)), cluster=f"g{draw.integers(clusters or 1)}")
        for _ in range(n)
    ]


def _points(rows: Sequence[Row]) -> list[float]:
    return [25 * (row.score - 1) for row in rows]


def test_means_are_tested_by_welch() -> None:
    old, new = _rows(1), _rows(2, 60, 0.5)
    found = difference(_measured(old), _measured(new, period="2018"))
    test = stats.ttest_ind(_points(new), _points(old), equal_var=False)
    low, high = test.confidence_interval()
    assert (found.p, found.low, found.high) == pytest.approx((test.pvalue, low, high))
    assert (found.method, found.unit) == ("Welch", "points")


def test_an_nps_of_the_airport_fell_by_chance_or_not_as_published() -> None:
    """San Francisco 2017 to 2018, unweighted: 1436, 968 and 342 of 2746 against 1268, 935 and 447 of 2650."""
    old = [*[Row(10)] * 1436, *[Row(8)] * 968, *[Row(2)] * 342]
    new = [*[Row(10)] * 1268, *[Row(8)] * 935, *[Row(2)] * 447]
    found = difference(_measured(old, NPS), _measured(new, NPS, "2018"))
    assert (found.delta, found.low, found.high) == pytest.approx((-8.8586, -12.6991, -5.0012), abs=5e-5)


def test_a_panel_is_a_paired_test() -> None:
    draw = np.random.default_rng(3)
    before = draw.integers(1, 5, 60)
    after = np.clip(before + draw.integers(0, 2, 60), 1, 5)
    found = difference(
        _measured([Row(float(x)) for x in before]),
        _measured([Row(float(x)) for x in after], period="2018"),
        [
            Repeated("security", "csat", "2017", "2018", float(s), float(t), 1)
            for s, t in zip(before, after, strict=True)
        ],
    )
    test = stats.ttest_rel(25 * after, 25 * before)
    assert found.p == pytest.approx(test.pvalue, rel=1e-6)
    assert (found.low, found.high) == pytest.approx(tuple(test.confidence_interval()))
    assert found.method == "paired over 60 who are in both"


def test_clusters_widen_the_interval() -> None:
    def rows(seed: int) -> list[Row]:
        draw = np.random.default_rng(seed)
        level = draw.normal(3, 1, 30)
        answers = [
            (float(np.clip(round(level[g] + draw.normal(0, 0.5)), 1, 5)), g) for g in range(30) for _ in range(9)
        ]
        return [Row(score, cluster=f"g{g}") for score, g in answers]

    old, new = rows(4), rows(5)
    plain = difference(_measured(old), _measured(new, period="2018"))
    found = difference(_measured(old, clustered=True), _measured(new, period="2018", clustered=True))
    assert found.delta == pytest.approx(plain.delta)
    assert found.high and found.low and plain.high and plain.low
    assert found.high - found.low > 2 * (plain.high - plain.low)


def _time(ms: int, n: int, period: str) -> Time:
    return Time(Cell("reply", "reply", period), ms, 0, False, n, ms * n, ms, ms)


def test_times_are_compared_by_their_geometric_means() -> None:
    draw = np.random.default_rng(6)
    old, new = (np.round(draw.lognormal(8, 1, n)) for n in (50, 70))
    rows = [_time(int(x), 1, period) for period, times in (("2017", old), ("2018", new)) for x in times]
    before, after = measurements(Found(About("t", "x"), (Definition("reply", "reply", "time"),), times=tuple(rows)))
    found = difference(before, after)
    test = stats.ttest_ind(np.log(new), np.log(old), equal_var=False)
    low, high = test.confidence_interval()
    assert (found.p, found.low, found.high) == pytest.approx((test.pvalue, np.exp(low), np.exp(high)))
    assert found.ratio


def test_what_is_of_another_kind_is_not_compared() -> None:
    plain = _measured(_rows(1))
    seven = _measured(_rows(2), Definition("security", "csat", low=1, high=7), "2018")
    top = _measured(_rows(2), CSAT._replace(top=1), "2018")
    alike = _measured([Row(4.0)] * 30, period="2018")
    few = _measured([Row(4.0), Row(5.0)] * 2, period="2018")
    assert [difference(plain, one).not_comparable for one in (seven, top, alike, few)] == [
        "1..5 against 1..7", "top 2 against top 1", "no spread: no interval", "too few answers",
    ]  # fmt: skip
    kind = Definition("reply", "reply", "time", clock="business")
    business = Measurement("t", Cell("reply", "reply", "2017"), kind, n=40)
    calendar = replace(business, definition=kind._replace(clock="calendar"))
    assert difference(business, calendar).not_comparable == "business against calendar"


def test_a_change_that_is_sure_and_small_is_called_so() -> None:
    old, new = [Row(float(at % 2 + 3)) for at in range(40_000)], [Row(float(at % 40 > 18) + 3) for at in range(40_000)]
    (found,) = compare([difference(_measured(old), _measured(new, period="2018"))], []).changes
    assert found.verdict() == "more than chance, too small to matter"


def test_the_newest_period_is_compared_with_the_one_before() -> None:
    found = [_measured(_rows(at), period=str(2015 + at)) for at in range(4)]
    assert [(one.before.cell.period, one.after.cell.period) for one in period_changes(found)] == [("2017", "2018")]


def test_the_newest_month_is_compared_with_the_same_one_of_the_year_before() -> None:
    months = ["2023-06", "2023-07", "2024-05", "2024-06"]
    found = [_measured(_rows(at), period=month) for at, month in enumerate(months)]
    pairs = [(one.before.cell.period, one.after.cell.period) for one in period_changes(found)]
    assert pairs == [("2024-05", "2024-06"), ("2023-06", "2024-06")]
    once = [(one.before.cell.period, one.after.cell.period) for one in period_changes([found[0], found[3]])]
    assert once == [("2023-06", "2024-06")], "the period before is that of the year before"


def test_a_period_that_is_not_over_is_compared_with_none() -> None:
    found = [_measured(_rows(at), period=month) for at, month in enumerate(["2024-03", "2024-04", "2024-05"])]
    for day, newest in ((date(2024, 5, 31), "2024-04"), (date(2024, 6, 1), "2024-05")):
        assert [one.after.cell.period for one in period_changes(found, today=day)] == [newest]


def test_segments_are_tested_together_before_pairs() -> None:
    same = [_measured(_rows(at), segment=name) for at, name in enumerate("abc")]
    other = [_measured(_rows(at, shift=at), segment=name) for at, name in enumerate("abc")]
    for members, differ in ((same, False), (other, True)):
        found = compare([], segment_tests(members))
        assert len(found.overall) == 1
        assert len(found.pairs) == (3 if differ else 0)
        assert found.number == (4 if differ else 1)


def test_overall_tests_are_scipys() -> None:
    two = [_measured(_rows(at, shift=at / 3), segment=name) for at, name in enumerate("ab")]
    test = stats.ttest_ind(_points(_rows(0)), _points(_rows(1, shift=1 / 3)), equal_var=False)
    assert segment_tests(two)[0].p == pytest.approx(test.pvalue), "of two it is Welch's t"
    groups = [[*[Row(10)] * a, *[Row(8)] * b, *[Row(2)] * c] for a, b, c in ((30, 20, 10), (20, 25, 30), (9, 9, 9))]
    members = [_measured(rows, NPS, segment=name) for rows, name in zip(groups, "abc", strict=True)]
    expected = stats.chi2_contingency([[30, 20, 10], [20, 25, 30], [9, 9, 9]]).pvalue
    assert segment_tests(members)[0].p == pytest.approx(expected)


def test_a_segment_of_too_few_clusters_is_left_out_of_the_test_of_all() -> None:
    fair = [_measured(_rows(at, 200, at / 3, 20), segment=name, clustered=True) for at, name in enumerate("ab")]
    few = _measured(_rows(7, 60, 0, 3), segment="c", clustered=True)
    (alone,) = segment_tests(fair)
    (found,) = segment_tests([*fair, few])
    assert (found.p, [one.cell.segments[0][1] for one in found.parts]) == (alone.p, ["a", "b"])
    assert segment_tests([fair[0], few]) == []


def test_the_correction_is_over_all_comparisons_of_the_run() -> None:
    changes = [difference(_measured(_rows(at)), _measured(_rows(at + 9, shift=0.3), period="2018")) for at in range(5)]
    alone = [one.p for one in changes if one.p is not None]
    found = compare(changes, segment_tests([_measured(_rows(at), segment=name) for at, name in enumerate("ab")]))
    corrected = [one.corrected for one in found.changes if one.corrected is not None]
    assert min(corrected) == pytest.approx(6 * min(alone))


def test_shares_of_cases_are_tested_by_agresti_and_caffo() -> None:
    definition = Definition("fcr", "fcr", "share")
    shares = tuple(Share(Cell("fcr", "fcr", period), k, n, 0) for period, k, n in (("2017", 20, 60), ("2018", 40, 60)))
    before, after = measurements(Found(About("t", "x"), (definition,), shares=shares))
    found = difference(before, after)
    p1, p2 = 21 / 62, 41 / 62
    error = np.sqrt(p1 * (1 - p1) / 62 + p2 * (1 - p2) / 62)
    assert (found.low, found.high) == pytest.approx((p2 - p1 - 1.959964 * error, p2 - p1 + 1.959964 * error))
