"""What customers answered before and after: which changes are more than chance."""

from __future__ import annotations

import pytest
from scipy.stats import ttest_ind_from_stats

from journeykit.comparing import compare
from journeykit.comparing.journey_diff import correct_run, diff_journey
from journeykit.comparing.measurements import KpiDiff, SurveyDiff, correct_together, kpi_diffs, survey_diffs
from journeykit.model import Journey
from journeykit.reading import read_text
from journeykit.scoring import Scores, score
from journeykit.scoring.significance import holm, nps_delta, share_delta


def journey(*points: str, kpis: str = "") -> Journey:
    lines = "".join(f"  - {{id: p{n}, title: I ask {n}, measured: {point}}}\n" for n, point in enumerate(points))
    listed = f"kpis: [{kpis}]\n" if kpis else ""
    text = f"title: T\npersona: P\nscale: 1..5\ntouchpoints:\n{lines}  - The end: calm\n  - Bye: calm\n{listed}"
    document = read_text(text, "a.yaml")
    assert document.journey is not None, document.findings
    return document.journey


def asked(old: list[str], new: list[str]) -> tuple[SurveyDiff, ...]:
    return survey_diffs(compare(score(journey(*old)), score(journey(*new))))


def kpi(old: str, new: str) -> KpiDiff:
    (found,) = kpi_diffs(journey(kpis=old), journey(kpis=new))
    return found


def test_p_values_are_those_of_welch_corrected_by_holm() -> None:
    old = ["{mean: 3, sd: 1, n: 50}", "{mean: 3, sd: 0.9, n: 80}", "{mean: 4, sd: 1, n: 30}", "{mean: 2, sd: 1, n: 9}"]
    new = ["{mean: 3.5, sd: 1.2, n: 60}", "{mean: 3.4, sd: 1, n: 70}", "{mean: 4.1, sd: 1, n: 30}", old[3]]
    plain = [
        ttest_ind_from_stats(*one, *other, equal_var=False).pvalue
        for one, other in (((3.5, 1.2, 60), (3, 1, 50)), ((3.4, 1, 70), (3, 0.9, 80)), ((4.1, 1, 30), (4, 1, 30)))
    ]
    found = asked(old, new)
    assert [survey.touchpoint.rated.id for survey in found] == ["p0", "p1", "p2"]  # p3 was not asked again
    smallest, middle, largest = sorted(plain)
    wanted = {smallest: 3 * smallest, middle: max(3 * smallest, 2 * middle), largest: max(2 * middle, largest)}
    assert [survey.p for survey in found] == pytest.approx(plain)
    (corrected,) = correct_together([found])
    assert [survey.p for survey in corrected] == pytest.approx([wanted[p] for p in plain])
    assert [survey.certain for survey in corrected] == [wanted[p] < 0.05 for p in plain]
    assert plain[0] < 0.05 < wanted[plain[0]] or plain[1] < 0.05, "a correction should be needed"


def test_scales_of_one_length_are_compared_and_others_never() -> None:
    (survey,) = asked(["{mean: 3, sd: 1, n: 50}"], ["{mean: 0, sd: 1, n: 50, scale: -2..2}"])
    assert (survey.old, survey.new, survey.delta, survey.not_comparable) == (50, 50, 0, "")
    assert survey.p == pytest.approx(1)
    (other,) = asked(["{mean: 3, sd: 1, n: 50}"], ["{mean: 5, sd: 2, n: 50, scale: 0..10}"])
    assert (other.not_comparable, other.delta, other.p) == ("1..5 against 0..10", None, None)


def test_answers_without_spread_have_no_p() -> None:
    (survey,) = asked(["{counts: {4: 5}}"], ["{counts: {5: 5}}"])
    assert (survey.not_comparable, survey.p, survey.interval) == ("no spread: no interval", None, None)
    found = kpi("{kind: ces, counts: {7: 6}}", "{kind: ces, counts: {6: 6}}")
    assert (found.not_comparable, found.p, found.interval) == ("no spread: no interval", None, None)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("kind: response_time, median: 20min, p90: 6h", "kind: response_time, mean: 3h", "median against mean"),
        ("kind: csat, counts: {1: 9, 5: 9}", "kind: csat, counts: {1: 9, 7: 9}", "1..5 against 1..7"),
        ("kind: csat, counts: {1: 9, 5: 9}", "kind: csat, top: 1, counts: {1: 9, 5: 9}", ""),
        ("kind: csat, top: 2, counts: {1: 9, 5: 9}", "kind: csat, top: 1, counts: {1: 9, 5: 9}", "top 2 against top 1"),
        ("kind: duration, mean: 1h, clock: calendar", "kind: duration, mean: 1h, clock: business",
         "calendar hours against business hours"),
        ("kind: ces, counts: {5: 9, 6: 9}", "kind: ces1, counts: {1: 9, 2: 9}", "ces against ces1"),
        ("kind: rate, value: 80%, n: 50", "kind: fcr, value: 60%, n: 50", "rate against fcr"),
    ],
)  # fmt: skip
def test_figures_of_two_kinds_are_never_compared(old: str, new: str, reason: str) -> None:
    found = kpi(f"{{id: k, {old}}}", f"{{id: k, {new}}}")
    assert found.not_comparable == reason
    assert (found.delta is None) == bool(reason)


def test_means_of_counted_answers_are_compared_by_welch() -> None:
    found = kpi("{kind: ces, counts: {5: 20, 6: 20}}", "{kind: ces, counts: {6: 20, 7: 20}}")
    assert found.delta == pytest.approx(1) and found.certain and found.interval is not None


def test_one_correction_over_surveys_kpis_and_journeys() -> None:
    def side(mean: float, share: int) -> Scores:
        return score(journey(f"{{mean: {mean}, sd: 1, n: 50}}", kpis=f"{{kind: fcr, k: {share}, n: 100}}"))

    alone = [diff_journey("a", side(3, 60), "a", side(3.45, 74)), diff_journey("b", side(3, 60), "b", side(3.1, 62))]
    p_values = [one.p or 1 for diff in alone for group in (diff.surveys, diff.kpis) for one in group]
    together = correct_run(alone)
    found = [one.p or 1 for diff in together for group in (diff.surveys, diff.kpis) for one in group]
    wanted = holm(dict(enumerate(p_values)))
    assert found == pytest.approx([wanted[n] for n in range(4)])
    assert min(p_values) < 0.05 and all(new >= old for old, new in zip(p_values, found, strict=True))


def test_counts_serve_as_well_as_figures() -> None:
    (survey,) = asked(["{counts: {1: 20, 5: 10}}"], ["{counts: {1: 5, 5: 30}}"])
    assert (survey.old_n, survey.new_n, survey.certain) == (30, 35, True)


@pytest.mark.parametrize("new", ["{mean: 4}", "{mean: 4, n: 40}", "{mean: 4, sd: 1}"])
def test_without_a_spread_or_a_base_nothing_is_said_of_chance(new: str) -> None:
    (survey,) = asked(["{mean: 3, sd: 1, n: 50}"], [new])
    assert (survey.delta, survey.p, survey.certain, survey.interval) == (25, None, None, None)


@pytest.mark.parametrize(
    ("n", "shown", "low"), [(4, False, True), (5, True, True), (29, True, True), (30, True, False)]
)
def test_bases(n: int, shown: bool, low: bool) -> None:
    (survey,) = asked(["{mean: 3, sd: 1, n: 50}"], [f"{{mean: 4, sd: 1, n: {n}}}"])
    assert (survey.new is not None, survey.delta is not None, survey.p is not None) == (shown, shown, shown)
    assert survey.low_base == low
    change = kpi("{kind: csat, value: 80%, n: 50}", f"{{kind: csat, value: 60%, n: {n}}}")
    assert (change.delta is not None, change.interval is not None, change.low_base) == (shown, shown, low)


def test_differences_of_shares_and_nps() -> None:
    assert kpi("{kind: fcr, value: 80%, n: 50}", "{kind: fcr, value: 60%, n: 70}").interval == pytest.approx(
        share_delta(0.8, 50, 0.6, 70).interval
    )
    change = kpi(
        "{kind: nps, promoters: 40, passives: 30, detractors: 30}", "{kind: nps, counts: {0: 10, 6: 5, 8: 20, 9: 30}}"
    )
    assert change.delta == pytest.approx(100 * 15 / 65 - 10)
    assert change.interval == pytest.approx(nps_delta((40, 30, 100), (30, 15, 65)).interval)


def test_what_cannot_be_subtracted_is_only_told() -> None:
    for old, new in (
        ("{id: k, kind: csat, value: 80%, n: 50}", "{id: k, kind: csat, mean: 4.2, n: 50}"),
        ("{id: k, kind: csat, value: 80%, n: 50}", "{id: k, kind: fcr, value: 60%, n: 50}"),
    ):
        assert (kpi(old, new).delta, kpi(old, new).certain) == (None, None)
    assert kpi("{kind: nps, value: 40}", "{kind: nps, value: 50}").interval is None
    assert kpi("{kind: response_time, median: 4h}", "{kind: response_time, median: 30min}").delta == -3.5 * 3600


def test_kpis_are_matched_by_id() -> None:
    old = journey(kpis="{id: a, kind: fcr, value: 80%}, {id: b, kind: fcr, value: 70%}, {id: c, kind: fcr, value: 5%}")
    new = journey(kpis="{id: d, kind: fcr, value: 1%}, {id: c, kind: fcr, value: 5%}, {id: a, kind: fcr, value: 90%}")
    found = [(one.old and one.old.kpi.id, one.new and one.new.kpi.id) for one in kpi_diffs(old, new)]
    assert found == [(None, "d"), ("a", "a"), ("b", None)]
