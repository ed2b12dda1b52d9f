"""What customers answered before and after: which changes are more than chance."""

from __future__ import annotations

import pytest
from scipy.stats import ttest_ind_from_stats

from journeykit.comparing import compare
from journeykit.comparing.measurements import KpiDiff, SurveyDiff, kpi_diffs, survey_diffs
from journeykit.model import Journey
from journeykit.reading import read_text
from journeykit.scoring import score
from journeykit.scoring.significance import nps_delta, share_delta


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
    assert [survey.p for survey in found] == pytest.approx([wanted[p] for p in plain])
    assert [survey.certain for survey in found] == [wanted[p] < 0.05 for p in plain]
    assert plain[0] < 0.05 < wanted[plain[0]] or plain[1] < 0.05, "a correction should be needed"


def test_surveys_on_different_scales_are_compared_on_one() -> None:
    (survey,) = asked(["{mean: 3, sd: 1, n: 50}"], ["{mean: 5, sd: 2, n: 50, scale: 0..10}"])
    assert (survey.old, survey.new, survey.delta) == (50, 50, 0)
    assert survey.p == pytest.approx(1)
    assert survey.interval == pytest.approx((-survey.interval[1], survey.interval[1])) if survey.interval else False


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
        ("{id: k, kind: csat, value: 80%, n: 50}", "{id: k, kind: csat, value: 4.2, n: 50}"),
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
