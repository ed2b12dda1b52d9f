"""Journeys for the tests of scoring: built from plain data, and drawn at random."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import strategies as st

from journeykit.model import Journey

WORDS = ("proud", "calm", "frustrated", "impatient", "hopeful", "zufrieden", "csalódott")
OWN_WORDS = {"meh": -0.5, "Hopeful": 0.5}
SCALES = {
    "-2..2": (-2, 2),
    "-3..3": (-3, 3),
    "1..5": (1, 5),
    "1..7": (1, 7),
    "0..10": (0, 10),
    "1..10": (1, 10),
    "0..100": (0, 100),
}
"""Scale by name with its bounds."""
SOURCES: list[dict[str, Any]] = [
    {"id": "few", "kind": "interview", "n": 4},
    {"id": "many", "kind": "survey", "n": 100, "correlation": 0.2},
    {"id": "panel", "kind": "survey", "n": 2000},
    {"id": "team", "kind": "workshop", "n": 30},
    {"id": "unknown"},
]
NAMES = [source["id"] for source in SOURCES]


def journey(touchpoints: Sequence[Mapping[str, Any]], **fields: Any) -> Journey:
    """A journey of these touchpoints; titles and ids (t1, t2 …) where they are missing."""
    listed = [{"title": "I pass it", "id": f"t{number}", **point} for number, point in enumerate(touchpoints, start=1)]
    return Journey.model_validate({"title": "I get it done", "persona": "A customer", "touchpoints": listed, **fields})


def staged(stages: Mapping[str, Sequence[Mapping[str, Any]]], **fields: Any) -> Journey:
    """A journey of stages by name."""
    listed = [{"name": name, "touchpoints": list(points)} for name, points in stages.items()]
    return Journey.model_validate({"title": "I get it done", "persona": "A customer", "stages": listed, **fields})


def approx(value: float) -> Any:
    """Equal but for the last digits of floats."""
    return pytest.approx(value)


def curve(*scores: float | None, **fields: Any) -> Journey:
    """A journey with these scores on 0..100; None is an unrated touchpoint."""
    return journey([{} if score is None else {"satisfaction": score} for score in scores], scale="0..100", **fields)


def on_scale(draw: st.DrawFn, scale: str) -> float:
    """A value of a scale: often a round one, so that ties and thresholds are met."""
    low, high = SCALES[scale]
    if draw(st.booleans()):
        return low + (high - low) * draw(st.integers(0, 8)) / 8
    return draw(st.floats(low, high, allow_nan=False).map(lambda value: round(value, 3)))


@st.composite
def surveys(draw: st.DrawFn, scale: str) -> dict[str, Any]:
    """What a survey says: counts, or a mean with or without spread and number."""
    own = draw(st.sampled_from([None, "1..5", "0..10"]))
    survey: dict[str, Any] = {"scale": own} if own else {}
    if draw(st.booleans()):
        survey["source"] = draw(st.sampled_from(NAMES))
    low, high = SCALES[own or scale]
    if draw(st.booleans()):
        survey["counts"] = draw(st.dictionaries(st.integers(low, high), st.integers(0, 9), min_size=1))
        return survey
    survey["mean"] = on_scale(draw, own or scale)
    numbers = st.one_of(st.integers(1, 9), st.integers(10, 3000))
    survey |= draw(st.fixed_dictionaries({}, optional={"sd": st.floats(0, 2), "n": numbers}))
    return survey


@st.composite
def touchpoints(draw: st.DrawFn, scale: str, day: int) -> dict[str, Any]:
    """One touchpoint; `day` is its place in time."""
    levels = st.sampled_from([1, 2, 2.5, 3, 4, 5])
    shares = st.sampled_from([0, 0.1, 0.3, 0.5, 1])
    lengths = st.sampled_from(["20min", "4h", "2d", "1w"])
    risks = st.sampled_from(["none", "low", "medium", "high", 0.05, 0.5, 1])
    channels = st.sampled_from(
        ["phone", "none", "self", ["email", "telephone"], ["chat", "none"], "e-mail", "our-robot"]
    )
    steps = st.sampled_from([{"from": "Desk", "to": "Field", "does": "passes it on"}, {"team": "Desk", "wait": "3d"}])
    point: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "importance": levels,
                "reach": shares,
                "moment_of_truth": st.booleans(),
                "churn_risk": risks,
                "channel": channels,
                "by": st.sampled_from(["customer", "company", "partner"]),
                "wait": lengths,
                "lasts": lengths,
                "at": st.just(f"+{day}d"),
                "feeling": st.lists(st.sampled_from([*WORDS, *OWN_WORDS]), min_size=1, max_size=3),
                "evidence": st.lists(st.sampled_from(NAMES), unique=True),
                "backstage": st.lists(steps, max_size=3),
            },
        )
    )
    if draw(st.booleans()):
        point["satisfaction"] = on_scale(draw, scale)
    if draw(st.integers(0, 3)) == 0:
        point["measured"] = draw(surveys(scale))
    if draw(st.booleans()):
        point["expected"] = draw(st.sampled_from(["proud", "meh"])) if draw(st.booleans()) else on_scale(draw, scale)
    return point


@st.composite
def opportunities(draw: st.DrawFn, ids: Sequence[str], scale: str) -> dict[str, Any]:
    """An opportunity at some of the touchpoints."""
    some = st.lists(st.sampled_from(ids), unique=True, max_size=2)
    at = st.lists(st.sampled_from(ids), unique=True, min_size=1, max_size=2)
    levels = st.sampled_from([1, 2, 4, 5])
    made: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {"title": st.just("We do better"), "at": at, "removes": some},
            optional={
                "impact": levels,
                "effort": levels,
                "confidence": st.sampled_from(["low", "medium", "high", 0.3]),
            },
        )
    )
    made["target"] = {id: on_scale(draw, scale) for id in draw(some)}
    return made


@st.composite
def raw_journeys(draw: st.DrawFn) -> dict[str, Any]:
    """The plain data of a journey: everything that scoring looks at, with ids t1, t2 …"""
    scale = draw(st.sampled_from(list(SCALES)))
    points = [draw(touchpoints(scale, day)) for day in range(draw(st.integers(2, 9)))]
    for number, point in enumerate(points, start=1):
        point |= {"id": f"t{number}", "title": "I pass it"}
    cut = draw(st.integers(0, len(points)))
    ids = [point["id"] for point in points]
    return {
        "title": "I get it done",
        "persona": "A customer",
        "scale": scale,
        "feelings": OWN_WORDS,
        "evidence": draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=2)),
        "sources": SOURCES,
        "stages": [{"name": "Before", "touchpoints": points[:cut]}, {"name": "After", "touchpoints": points[cut:]}],
        "opportunities": draw(st.lists(opportunities(ids, scale), max_size=4)),
    }
