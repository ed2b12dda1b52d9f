"""The journey's score where it is partial, missing or a matter of ties, and its settings."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from journeykit.errors import UsageError
from journeykit.model import Weights
from journeykit.scoring import PROFILES, Settings, drops, low_points, peaks, score, settings_for, word
from tests.scoring.journeys import approx, curve, journey, staged


def test_ties_the_latest_highest_and_the_earliest_lowest_carry_more() -> None:
    scores = score(curve(50, 80, 20, 80, 20, 50))
    assert [r.coefficient for r in scores.touchpoints] == [approx(c) for c in (0.15, 0.1, 0.2, 0.2, 0.1, 0.25)]


@pytest.mark.parametrize(
    ("values", "coverage", "partial", "scored"),
    [
        ((60, 60, 60, 60, 60), 1, False, True),
        ((60, 60, 60, 60, None), 0.8, False, True),
        ((60, 60, 60, None, None), 0.6, True, True),
        ((None, 60, 60, None), 0.5, True, True),
        ((None, 60, 60, None, None), 0.4, False, False),
        ((None, None), 0, False, False),
    ],
)
def test_coverage(values: tuple[float | None, ...], coverage: float, partial: bool, scored: bool) -> None:
    scores = score(curve(*values))
    assert (scores.coverage, scores.partial) == (approx(coverage), partial)
    known = {scores.score is not None, scores.band is not None, scores.half_width is not None, scores.word is not None}
    assert known == {scored}
    assert scores.n == sum(value is not None for value in values)
    assert (scores.mean, scores.peak) == ((60, 60) if scores.n else (None, None))


def test_coverage_is_of_the_weight_and_exact_at_its_limits() -> None:
    rows: list[dict[str, Any]] = [{"satisfaction": 1, "importance": 1, "reach": 0.3}] * 8
    assert not score(journey([*rows, *[{"importance": 1, "reach": 0.3}] * 2])).partial
    assert score(journey([*rows, {"importance": 5}])).score is None
    assert score(journey([{"satisfaction": 1, "importance": 4}, {"importance": 1}, {"importance": 3}])).score == 75


def test_touchpoints_that_nobody_passes_have_no_weight() -> None:
    scores = score(journey([{"satisfaction": 1, "reach": 0}, {"satisfaction": 1, "reach": 0}]))
    assert (scores.score, scores.mean, scores.coverage, scores.consistency, scores.peak) == (None, None, 0, None, None)


def test_a_single_rated_touchpoint_carries_the_whole_score() -> None:
    scores = score(journey([{"satisfaction": 1, "importance": 5}, {"importance": 1}]))
    assert (scores.score, scores.half_width, scores.consistency) == (approx(75), approx(25), 100)
    assert [r.coefficient for r in scores.touchpoints] == [approx(1), None]


def test_the_band_stays_on_the_scale() -> None:
    assert score(curve(100, 100)).band == (approx(75), 100)
    band = score(curve(0, 0)).band
    assert band is not None and band[0] == 0


def test_stages() -> None:
    points: list[dict[str, Any]] = [{"title": f"I do {n}", "satisfaction": n, "importance": n + 3} for n in (-1, 2)]
    made = staged({"None": [{"title": "I wait"}], "Two": points, "One": [points[0] | {"title": "I rest"}]})
    scores = score(made)
    assert [(s.stage.name, s.score) for s in scores.stages] == [
        ("None", None), ("Two", approx((25 * 2 + 100 * 5) / 7)), ("One", 25),
    ]  # fmt: skip
    assert [(r.number, r.stage.name) for r in scores.touchpoints] == [(1, "None"), (2, "Two"), (3, "Two"), (4, "One")]
    assert scores.by_id["i-rest"].number == 4


def test_only_surveys_with_a_spread_make_a_confidence_interval() -> None:
    survey = {"measured": {"mean": 1, "sd": 0.5, "n": 9}}
    assert score(journey([survey, survey, {}])).band_kind == "band"
    assert score(journey([survey, survey, {"satisfaction": 1}])).band_kind == "band"
    assert score(journey([survey, survey, {"satisfaction": 1, "reach": 0}])).band_kind == "interval"
    assert score(journey([survey, {"measured": {"mean": 1, "n": 9}}])).band_kind == "interval"
    assert score(journey([survey, {"measured": {"mean": 1}}])).band_kind == "band"
    assert score(journey([survey, {"measured": {"counts": {1: 9}}}])).band_kind == "band"
    assert score(journey([survey, survey, {"measured": {"counts": {0: 1, 1: 3}}}])).band_kind == "band"
    assert score(journey([{}, {}])).band_kind is None


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(0, "poor"), (39.99, "poor"), (40, "mixed"), (59.99, "mixed"), (59.99999999999999, "good"), (60, "good"),
     (79.99, "good"), (80, "excellent"), (100, "excellent")],
)  # fmt: skip
def test_words(value: float, wanted: str) -> None:
    assert word(value) == wanted


def test_a_flat_run_is_one_low_point_even_where_it_is_no_valley() -> None:
    scores = score(curve(60, 30, None, 30, 10, 10, 60))
    assert [(low.span, low.valley, low.prominence) for low in scores.low_points] == [
        (("t5", "t6"), True, 50),
        (("t2", "t4"), False, 0),
    ]


def test_a_shallow_valley_below_the_pain_threshold_keeps_its_prominence() -> None:
    deep, shallow, slope = low_points(curve(60, 20, 30, 25, 60))
    assert (deep.id, deep.prominence) == ("t2", 40)
    assert (shallow.id, shallow.prominence, shallow.valley, shallow.kind) == ("t4", 5, True, "pain")
    assert (slope.id, slope.prominence, slope.valley, slope.kind) == ("t3", 0, False, "pain")


def test_low_points_at_their_thresholds() -> None:
    found = low_points(curve(100, 20, 100, 20.5, 100, 39.9, 100, 40, 100, 74.9, 100))
    assert [(low.score, low.kind) for low in found] == [
        (20, "critical"), (20.5, "pain"), (39.9, "pain"), (40, "dip"), (74.9, "dip")
    ]  # fmt: skip
    assert low_points(curve(100, 75, 100)) == ()
    assert [low.prominence for low in low_points(curve(70.1, 57.6, 70.1, 57.7, 70.1))] == [12.5]  # 12.4 is too little
    assert low_points(curve(50, 45, 40, 40)) == ()
    assert [low.span for low in low_points(curve(50, 45, 37.5, 37.5))] == [("t3", "t4")]
    assert low_points(curve(50, 60, 70, 80)) == ()


def test_equal_low_points_rank_by_prominence_then_score_then_place() -> None:
    same = low_points(curve(100, 20, 100, 20, 100, 100))
    assert [(low.id, low.rank) for low in same] == [("t2", 1), ("t4", 2)]
    hardly = [{"satisfaction": s, "reach": 1e-9} for s in (80, 30, 90, 20, 100, 10, 70)]
    ranked = low_points(journey([*hardly, {"satisfaction": 80}], scale="0..100"))
    assert [(low.id, round(low.severity, 6), low.prominence) for low in ranked] == [
        ("t6", 0, 90), ("t4", 0, 70), ("t2", 0, 50),
    ]  # fmt: skip
    slope = [{"satisfaction": s, "reach": 1e-9 if s > 10 else 1} for s in (100, 38, 30, 10)]
    assert [low.id for low in low_points(journey(slope, scale="0..100"))] == ["t4", "t3", "t2"]


def test_what_nobody_meets_is_no_low_point_peak_or_drop() -> None:
    """It is on the curve, but the curve's shape is that of the touchpoints that somebody meets."""
    points = [
        {"satisfaction": s, "reach": reach, "importance": 3}
        for s, reach in ((0, 0), (80, 1), (100, 0), (60, 1), (0, 0), (70, 1), (20, 0))
    ]
    found, without = (
        score(journey(those, scale="0..100")) for those in (points, [one for one in points if one["reach"]])
    )
    assert len(found.rated) == 7 and [one.id for one in found.met] == ["t2", "t4", "t6"]
    assert [(low.id, low.severity) for low in found.low_points] == [("t4", without.low_points[0].severity)]
    assert [(peak.id, peak.prominence) for peak in found.peaks] == [("t2", without.peaks[0].prominence)]
    assert found.drops == ()
    assert [one.importance_prime for one in found.touchpoints] == [3, 4, 3, 3, 3, 4, 3]


def test_peaks_and_wows() -> None:
    points = [{"satisfaction": s, "expected": e} for s, e in ((90, 65), (40, 0), (89, 10), (40, 0), (95, 71), (40, 0))]
    found = peaks(journey([*points, {"satisfaction": 99}], scale="0..100"))
    assert [(p.id, p.gap, p.wow) for p in found] == [
        ("t1", 25, True), ("t3", 79, False), ("t5", 24, False), ("t7", None, False),
    ]  # fmt: skip
    run = [{"satisfaction": 60}, *({"satisfaction": 95, "expected": e} for e in (90, 60, 80)), {"satisfaction": 60}]
    assert [(p.gap, p.wow) for p in peaks(journey(run, scale="0..100"))] == [(35, True)]
    assert [p.span for p in peaks(curve(60, 75, 75, 60))] == [("t2", "t3")]
    assert peaks(curve(60, 74.9, 60)) == ()


def test_drops() -> None:
    found = drops(curve(100, 62.5, None, 30, 100, 62.6))
    assert [(d.from_id, d.to_id, d.delta) for d in found] == [("t1", "t2", -37.5)]
    assert drops(curve(90.1, 52.6))[0].delta == -37.5


def test_thresholds_can_be_set() -> None:
    made = curve(60, 45, 60, 41, 100, 80, 99)
    assert [low.id for low in low_points(made)] == ["t4", "t2"]
    assert [low.id for low in low_points(made, Settings(min_prominence=16))] == ["t4"]
    assert [low.kind for low in low_points(made, Settings(pain=45, critical=41))] == ["critical", "dip"]
    assert [low.kind for low in low_points(made, Settings(pain=46, critical=10))] == ["pain", "pain"]
    assert len(drops(made, Settings(min_drop=19))) == 2
    assert len(peaks(made)) == 2
    assert len(peaks(made, Settings(min_prominence=20))) == 1


def test_the_command_line_goes_before_the_file_and_the_file_before_the_default() -> None:
    plain = curve(50, 60)
    assert settings_for(plain) == Settings()
    filed = curve(50, 60, scoring={"profile": "mean", "pain": 30, "critical": 10, "min_drop": 20, "min_prominence": 5})
    assert settings_for(filed) == Settings(PROFILES["mean"], "mean", "best", 30, 10, 5, 20)
    over = settings_for(filed, profile="peak-end", source="stated", pain=0, critical=1, min_prominence=2, min_drop=3)
    assert over == Settings(PROFILES["peak-end"], "peak-end", "stated", 0, 1, 2, 3)
    assert score(filed).score == 55
    assert score(filed, Settings()).score == approx(33 + 6 + 5 + 9 + 2.5)


def test_own_weights() -> None:
    own = curve(20, 60, 100, scoring={"weights": {"end": 0.5, "valley": 0.25, "first": 0.25}})
    scores = score(own)
    assert (scores.profile, scores.score) == ("custom", approx(60))
    assert settings_for(own, profile="mean").profile == "mean"
    typed = settings_for(own, profile="0.5, 0.1,0.1,0.2,0.1")
    assert typed == Settings(Weights(mean=0.5, peak=0.1, valley=0.1, end=0.2, first=0.1), "custom")
    assert settings_for(own, profile=Weights(first=1)) == Settings(Weights(first=1), "custom")


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"profile": "meen"}, "not a profile"),
        ({"profile": "1,0,0,0"}, "not a profile"),
        ({"profile": "2,-1,0,0,0"}, "not a profile"),
        ({"profile": "nan,0,0,0,1"}, "not a profile"),
        ({"profile": ".5,.1,.1,.1,.1"}, "sum to 0.9, not to 1"),
        ({"source": "guessed"}, "not a source"),
        ({"pain": 101}, "pain is 101"),
        ({"min_drop": float("nan")}, "min_drop is nan"),
    ],
)
def test_wrong_settings_are_usage_errors(wanted: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message) as raised:
        settings_for(curve(50, 60), **wanted)
    if wanted.get("profile") == "meen":
        assert 'did you mean "mean"?' in raised.value.help


def test_scoring_loads_no_heavy_module() -> None:
    code = "import sys, journeykit.scoring; print(*{'scipy', 'numpy', 'matplotlib', 'rich'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
