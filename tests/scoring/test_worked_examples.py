"""The worked examples of the scoring: every number of A and B, and of C what needs one journey only."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import t as student

from journeykit.comparing.score_delta import score_delta
from journeykit.model import Journey
from journeykit.scoring import Scores, opportunities, score, settings_for
from tests.scoring.journeys import journey

EXAMPLES: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data/worked_examples.json").read_text("utf-8"))
A, B, C = (EXAMPLES[key] for key in ("A_feelings_only", "B_weights_and_opportunities", "C_compare_and_kpis"))


def four(value: float) -> Any:
    return pytest.approx(value, abs=5.0001e-5)


def felt() -> Journey:
    return journey([{"id": point["id"], "feeling": point["feeling"]} for point in A["input"]])


def surveyed(point: dict[str, Any]) -> dict[str, Any]:
    """A touchpoint whose survey of 12 answers gives the example's S and u."""
    others = {key: value for key, value in point.items() if key not in ("s", "u")}
    sd = point["u"] * math.sqrt(12) / student.ppf(0.975, 11)
    return others | {"measured": {"mean": point["s"], "sd": float(sd), "n": 12}}


def staged() -> Journey:
    """Example B, its opportunities included; half-widths from a survey, from five people, and without any."""
    points = []
    for given in B["input"]:
        point = surveyed(given)
        if given["u"] == 25 or given["u"] == pytest.approx(25 / math.sqrt(5)):
            del point["measured"]
            point |= {"satisfaction": given["s"], "evidence": [] if given["u"] == 25 else ["five"]}
        points.append(point | {"title": given["id"]})
    return Journey.model_validate(
        {
            "title": "The boiler is repaired",
            "persona": "A customer",
            "scale": "0..100",
            "sources": [{"id": "five", "kind": "interview", "n": 5}, {"id": "two", "kind": "interview", "n": 2}],
            "evidence": ["two"],
            "stages": [
                {"name": "Before", "touchpoints": points[:2]},
                {"name": "Visit", "touchpoints": points[2:5]},
                {"name": "After", "touchpoints": points[5:]},
            ],
            "opportunities": [
                {"id": "leeway", "title": "L", "at": ["ask-boss"], "removes": ["ask-boss"], "impact": 3, "effort": 2},
                {"id": "on-my-way", "title": "O", "at": ["wait"], "target": {"wait": 62.5}, "impact": 4, "effort": 1}
                | {"confidence": "high"},
            ],
        }
    )  # fmt: skip


def assert_journey(scores: Scores, wanted: dict[str, Any]) -> None:
    assert scores.band is not None
    found = {
        "score": scores.score, "u": scores.half_width, "low": scores.band[0], "high": scores.band[1],
        "coverage": scores.coverage, "mean": scores.mean, "peak": scores.peak, "valley": scores.valley,
        "end": scores.end, "first": scores.first, "consistency": scores.consistency,
    }  # fmt: skip
    assert found == {key: four(value) for key, value in wanted.items() if key != "coef"}
    assert {r.id: r.coefficient for r in scores.touchpoints} == {id: four(c) for id, c in wanted["coef"].items()}


def assert_curve(scores: Scores, wanted: dict[str, Any]) -> None:
    assert len(scores.low_points) == len(wanted["low_points"])
    for low, expected in zip(scores.low_points, wanted["low_points"], strict=True):
        for key, value in expected.items():
            assert getattr(low, key) == (tuple(value) if key == "span" else value), key
    assert [[d.from_id, d.to_id, d.delta] for d in scores.drops] == wanted["drops"]
    keys = ("id", "score", "prominence", "gap", "wow")
    assert [{key: getattr(peak, key) for key in keys} for peak in scores.peaks] == wanted["peaks"]


@pytest.mark.parametrize("profile", A["journey"])
def test_feelings_only(profile: str) -> None:
    scores = score(felt(), settings_for(felt(), profile=profile))
    assert {rated.id: rated.score for rated in scores.touchpoints} == A["touchpoints"]
    assert_journey(scores, A["journey"][profile])
    assert_curve(scores, A)


def test_weights_stages_and_churn() -> None:
    scores = score(staged())
    assert [rated.half_width for rated in scores.touchpoints] == [four(point["u"]) for point in B["input"]]
    assert_journey(scores, B["journey"])
    assert_curve(scores, B)
    assert scores.stages[1].score == four(B["stage_visit(wait,ask-boss,fixed)"])
    assert scores.churn_index == four(B["churn_index"])


def test_opportunities() -> None:
    wanted = {key.split()[0]: value for key, value in B["opportunities"].items()}
    found = opportunities(staged())
    assert [rated.opportunity.id for rated in found] == ["on-my-way", "leeway"]
    for rated in found:
        values = wanted[rated.opportunity.id]
        assert rated.priority == four(values["priority"])
        assert rated.opportunity_score == four(values["ulwick"])
        assert (rated.gain, rated.after) == (four(values["gain"]), four(values["new"]))


def test_two_versions() -> None:
    before, after = (score(journey([surveyed(p) for p in C[key]], scale="0..100")) for key in ("before", "after"))
    wanted = C["compare"]
    assert before.score == four(wanted["before"]) and after.score == four(wanted["after"])
    found = score_delta(before, after)
    assert found is not None and found.half_width == four(wanted["u"])
    assert {low.id for low in before.low_points} == {*wanted["resolved"], *wanted["persisting"]}
    assert {low.id for low in after.low_points} == {*wanted["new"], *wanted["persisting"]}
