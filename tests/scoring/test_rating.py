"""How one touchpoint is rated, and how sure that is."""

from __future__ import annotations

import math
from typing import Any

import pytest

from journeykit.errors import UsageError
from journeykit.scoring import Rated, Settings, opportunities, score, settings_for
from tests.scoring.journeys import journey

SOURCES = [
    {"id": "few", "kind": "interview", "n": 4}, {"id": "many", "kind": "review", "n": 100},
    {"id": "crowd", "kind": "survey", "n": 2500}, {"id": "unknown", "kind": "observation"},
    {"id": "team", "kind": "workshop", "n": 25}, {"id": "log", "kind": "analytics", "n": 24918},
    {"id": "desk", "kind": "ticket", "n": 900}, {"id": "what", "n": 900},
]  # fmt: skip


def rated(point: dict[str, Any], source: str = "best", **fields: Any) -> Rated:
    made = journey([point, {"satisfaction": 0}], sources=SOURCES, **fields)
    return score(made, settings_for(made, source=source)).touchpoints[0]


@pytest.mark.parametrize(
    ("point", "fields", "wanted"),
    [
        ({"satisfaction": -2}, {}, 0),
        ({"satisfaction": 1}, {}, 75),
        ({"satisfaction": 5}, {"scale": "1..7"}, 66.666667),
        ({"satisfaction": 1}, {"scale": "1..10"}, 0),
        ({"feeling": "proud"}, {}, 87.5),
        ({"feeling": ["proud", "frustrated", "calm"]}, {}, 58.333333),
        ({"feeling": "BÜSZKE"}, {}, 87.5),
        ({"feeling": "proud"}, {"feelings": {"Proud": -2}}, 0),
        ({"feeling": "proud", "satisfaction": -1}, {}, 25),
        ({"measured": {"mean": 1}, "satisfaction": -1}, {}, 75),
        ({"measured": {"mean": 4, "scale": "1..5"}}, {}, 75),
        ({"measured": {"counts": {1: 2, 4: 4, 5: 2}, "scale": "1..5"}}, {}, 62.5),
        ({"measured": {"counts": {4: 0}}, "satisfaction": -1}, {}, 25),
        ({"measured": {"n": 12}, "satisfaction": -1}, {}, 25),
    ],
)
def test_score(point: dict[str, Any], fields: dict[str, Any], wanted: float) -> None:
    assert rated(point, **fields).score == wanted


@pytest.mark.parametrize(
    ("source", "both", "felt", "surveyed"),
    [
        ("best", (75, "measured"), (87.5, "feeling"), (75, "measured")),
        ("stated", (25, "satisfaction"), (87.5, "feeling"), (None, None)),
        ("measured", (75, "measured"), (None, None), (75, "measured")),
    ],
)
def test_source(source: str, both: Any, felt: Any, surveyed: Any) -> None:
    points = (
        {"measured": {"mean": 1}, "satisfaction": -1, "feeling": "proud"},
        {"feeling": "proud"},
        {"measured": {"mean": 1}},
    )
    found = [rated(point, source) for point in points]
    assert [(r.score, r.source) for r in found] == [both, felt, surveyed]
    assert [(r.measured_score, r.stated_score) for r in found] == [(75, 25), (None, 87.5), (75, None)]


SPREAD = {"mean": 4, "sd": 1.0, "scale": "1..5"}


@pytest.mark.parametrize(
    ("point", "half_width", "confident"),
    [
        ({"satisfaction": 1}, 25, False),
        ({"satisfaction": 1, "evidence": ["few"]}, 12.5, False),
        ({"satisfaction": 1, "evidence": ["few", "crowd", "many"]}, 5, False),
        ({"satisfaction": 1, "evidence": ["unknown"]}, 25, False),
        *(({"satisfaction": 1, "evidence": [other]}, 25, False) for other in ("team", "log", "desk", "what")),
        # t(.975) of 9 degrees of freedom is 2.262157, of 4 2.776445; a step of 1..5 is 25 points
        ({"measured": {**SPREAD, "n": 10}}, 2.2621571628 / math.sqrt(10) * 25, True),
        ({"measured": {**SPREAD, "n": 5}}, 2.7764451052 / math.sqrt(5) * 25, True),
        ({"measured": {"counts": {3: 4, 5: 4}, "scale": "1..5"}}, 2.3646242515 * math.sqrt(8 / 7 / 8) * 25, True),
        # without a standard deviation the largest that the scale allows at the mean
        ({"measured": {"mean": 4.2, "n": 2000, "scale": "1..5"}, "evidence": ["few"]}, 1.7541, True),
        ({"measured": {"mean": 4.2, "scale": "1..5"}, "evidence": ["many"]}, 25, False),
        # no spread: no interval
        ({"measured": {**SPREAD, "sd": 0, "n": 100}}, 25, False),
        ({"measured": {"mean": 5, "n": 100, "scale": "1..5"}}, 25, False),
        ({"measured": {"counts": {1: 30}}}, 25, False),
        ({}, None, False),
    ],
)
def test_half_width(point: dict[str, Any], half_width: float | None, confident: bool) -> None:
    found = rated(point)
    assert found.half_width == (None if half_width is None else pytest.approx(half_width, abs=5e-5))
    assert found.interval is confident


def test_evidence_of_the_journey_holds_where_a_touchpoint_says_nothing() -> None:
    points: list[dict[str, Any]] = [
        {"satisfaction": 1},
        {"satisfaction": 1, "evidence": ["few"]},
        {"satisfaction": 1, "evidence": []},
    ]
    scores = score(journey(points, sources=SOURCES, evidence=["many"]))
    assert [r.half_width for r in scores.touchpoints] == [5, 12.5, 25]


@pytest.mark.parametrize(
    ("point", "wanted"),
    [({"expected": 1}, 75), ({"expected": "frustrated"}, 12.5), ({"expected": "meh"}, 37.5), ({}, None)],
)
def test_expectation(point: dict[str, Any], wanted: float | None) -> None:
    assert rated(point, feelings={"meh": -0.5}).expected == wanted


def test_importance_rises_at_the_ends_of_what_is_rated_and_at_moments_of_truth() -> None:
    points: list[dict[str, Any]] = [
        {"importance": 2},
        {"satisfaction": 1, "importance": 5},
        {"satisfaction": 1, "importance": 2.5, "moment_of_truth": True},
        {"satisfaction": 1},
        {"satisfaction": 1, "moment_of_truth": True},
    ]
    scores = score(journey(points))
    assert [r.importance_prime for r in scores.touchpoints] == [2, 5, 3.5, 3, 4]


@pytest.mark.parametrize("counts", [{1: 4}, {1: 2, 2: 2}])
def test_a_survey_of_few_answers_is_hidden_and_the_score_rests_on_it(counts: dict[int, int]) -> None:
    point = {"satisfaction": -1, "measured": {"counts": counts}}
    found = rated(point)
    assert (found.score, found.half_width, found.coefficient, found.measured_score) == (None, None, None, None)
    assert found.hidden and found.suppressed and found.stated_score == 25
    scores = score(journey([point, {"satisfaction": 0}, {"satisfaction": 0}]))
    assert scores.rests_on == ("t1",) and scores.score is not None and scores.first is None
    assert [one.id for one in scores.rated] == ["t2", "t3"] and scores.n == 3
    said = rated(point, "stated")
    assert said.score == 25 and said.suppressed and not said.hidden and said.measured_score is None


def test_a_score_that_would_be_little_else_than_a_hidden_one_is_withheld() -> None:
    few = {"measured": {"counts": {1: 3}}}
    scores = score(journey([few, {"satisfaction": 2}]))
    figures = (scores.score, scores.half_width, scores.band, scores.mean, scores.consistency, scores.valley)
    assert scores.withheld and figures == (None,) * 6 and scores.rests_on == ("t1",)
    assert scores.peak == 100 and not score(journey([few, {"satisfaction": 2}, {}]), Settings(source="stated")).withheld
    assert not score(journey([few, {"satisfaction": 2, "importance": 4}])).withheld
    assert not score(journey([few | {"reach": 0}, {"satisfaction": 2}])).withheld


def test_no_gain_tells_what_is_hidden() -> None:
    few = {"measured": {"counts": {1: 3}}}
    out = {"title": "Leave it out", "at": ["t2"], "removes": ["t2"]}
    found = journey([few, {"satisfaction": 2}, {"satisfaction": 1}], opportunities=[out])
    (rated_opportunity,) = opportunities(found)
    assert score(found).score is not None and (rated_opportunity.gain, rated_opportunity.after) == (None, None)


def test_a_higher_minimum_base_hides_more() -> None:
    point = {"measured": {"counts": {1: 4, 2: 4}}}
    assert rated(point).score == 87.5
    assert rated(point, scoring={"minimum_base": 9}).score is None
    with pytest.raises(UsageError, match="minimum_base"):
        Settings(minimum_base=4)
