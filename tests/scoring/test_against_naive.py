"""Random journeys score the same by the package and by the formulas written down a second time."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeykit.model import Journey
from journeykit.scoring import Settings, opportunities, score, settings_for, simulate
from tests.scoring import naive
from tests.scoring.journeys import raw_journeys

Data = dict[str, Any]
sources = st.sampled_from(["best", "stated", "measured"])
profiles = st.sampled_from(["balanced", "mean", "peak-end"])
thorough = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def near(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, bool, tuple)) else pytest.approx(value, abs=1e-6)


def read(data: Data, profile: str, source: str) -> tuple[Journey, Settings, list[Data]]:
    journey = Journey.model_validate(data)
    points = [point for stage in data["stages"] for point in stage["touchpoints"]]
    return journey, settings_for(journey, profile=profile, source=source), points


@thorough
@given(raw_journeys(), profiles, sources)
def test_scores(data: Data, profile: str, source: str) -> None:
    journey, chosen, points = read(data, profile, source)
    scores = score(journey, chosen)
    ratings = [naive.rate(point, data, source) for point in points]
    assert [(r.score, r.half_width) for r in scores.touchpoints] == [
        (near(r[0]), near(r[1])) if r else (None, None) for r in ratings
    ]
    rated = [(point, rating[0]) for point, rating in zip(points, ratings, strict=True) if rating]
    values, loads = [s for _, s in rated], [naive.weight(point) for point, _ in rated]
    j, u = naive.total_score(points, data, source, naive.WEIGHTS[profile])
    assert (scores.score, scores.half_width, scores.n) == (near(j), near(u), len(values))
    total = sum(map(naive.weight, points))
    coverage = sum(loads) / total if total else 0
    assert scores.coverage == near(coverage)
    assert scores.partial == (j is not None and coverage < 0.8 - 1e-9)
    if j is not None and u is not None:
        assert scores.band == (near(max(0, j - u)), near(min(100, j + u)))
        c = naive.coefficients(rated, naive.WEIGHTS[profile])
        assert [r.coefficient for r in scores.touchpoints if r.score is not None] == near(c)
    else:
        assert scores.band is None
        assert {r.coefficient for r in scores.touchpoints} == {None}
    if values:
        assert (scores.peak, scores.valley, scores.first, scores.end) == (
            max(values),
            min(values),
            values[0],
            values[-1],
        )
    if sum(loads):
        mean = sum(s * w for s, w in zip(values, loads, strict=True)) / sum(loads)
        spread = math.sqrt(sum(w * (s - mean) ** 2 for s, w in zip(values, loads, strict=True)) / sum(loads))
        assert (scores.mean, scores.consistency) == (near(mean), near(100 - 2 * spread))
    for stage, found in zip(data["stages"], scores.stages, strict=True):
        own = [(s, naive.weight(p)) for p, s in rated if p in stage["touchpoints"]]
        weight = sum(w for _, w in own)
        assert found.score == (near(sum(s * w for s, w in own) / weight) if weight else None)


@thorough
@given(raw_journeys(), sources)
def test_curve(data: Data, source: str) -> None:
    journey, chosen, points = read(data, "balanced", source)
    scores = score(journey, chosen)
    rated = [(point, rating[0]) for point in points if (rating := naive.rate(point, data, source))]
    own, values = [point for point, _ in rated], [s for _, s in rated]
    wanted = naive.low_points(own, values)
    assert [low.rank for low in scores.low_points] == list(range(1, len(wanted) + 1))
    for low, expected in zip(scores.low_points, wanted, strict=True):
        assert {key: getattr(low, key) for key in expected} == {key: near(value) for key, value in expected.items()}
        assert low.id == low.span[0]
    for peak, expected in zip(scores.peaks, naive.peaks(own, values, data), strict=True):
        assert {key: getattr(peak, key) for key in expected} == {key: near(value) for key, value in expected.items()}
    falls = [
        (own[i]["id"], own[i + 1]["id"], values[i + 1] - values[i])
        for i in range(len(own) - 1)
        if values[i] - values[i + 1] >= 37.5 - 1e-7
    ]
    assert [(d.from_id, d.to_id) for d in scores.drops] == [fall[:2] for fall in falls]
    assert [d.delta for d in scores.drops] == near([fall[2] for fall in falls])


@thorough
@given(raw_journeys())
def test_effort_and_churn(data: Data) -> None:
    journey, chosen, points = read(data, "balanced", "best")
    scores = score(journey, chosen)
    assert scores.effort._asdict() == {key: near(value) for key, value in naive.effort(points).items()}
    assert scores.churn_index == near(naive.churn(points))


def after(point: Data, target: float | None, scale: str, source: str) -> Data:
    """A touchpoint as an opportunity would leave it: whatever gives its score gives the target."""
    if target is None:
        return point
    return (
        point
        | {"satisfaction": target}
        | ({"measured": {"mean": target, "scale": scale}} if "measured" in point or source == "measured" else {})
    )


@thorough
@given(raw_journeys(), profiles, sources)
def test_opportunities(data: Data, profile: str, source: str) -> None:
    journey, chosen, points = read(data, profile, source)
    scores = score(journey, chosen)
    found = {rated.opportunity.id: rated for rated in opportunities(journey, scores)}
    rated_points = [point for point in points if naive.rate(point, data, source)]
    for raw, model in zip(data["opportunities"], journey.opportunities, strict=True):
        rated = found[model.id]
        addressed = [point for point in points if point["id"] in raw["at"]]
        if "impact" in raw and "effort" in raw:
            sure = raw.get("confidence", "medium")
            sure = {"low": 0.5, "medium": 0.8, "high": 1}.get(sure, sure)
            reach = max(point.get("reach", 1) for point in addressed)
            assert rated.priority == near(20 * reach * raw["impact"] * sure / raw["effort"])
        else:
            assert rated.priority is None
        worth = []
        for point in addressed:
            if rating := naive.rate(point, data, source):
                i = 2.5 * (naive.importance_prime(rated_points, rated_points.index(point)) - 1)
                worth.append(i + max(i - rating[0] / 10, 0))
        assert rated.opportunity_score == near(max(worth) if worth else None)
        changed = [
            after(p, raw["target"].get(p["id"]), data["scale"], source) for p in points if p["id"] not in raw["removes"]
        ]
        j, _ = naive.total_score(changed, data, source, naive.WEIGHTS[profile])
        if scores.score is None or not (raw["target"] or raw["removes"]):
            assert (rated.gain, rated.after) == (None, None)
        else:
            assert rated.after == near(j)
            assert rated.gain == near(None if j is None else j - scores.score)
            assert score(simulate(journey, [model], chosen.source), chosen).score == near(rated.after)
        if raw["removes"]:
            left, gone = naive.effort(changed), [p for p in points if p["id"] in raw["removes"]]
            assert rated.saves is not None
            saved = rated.saves._asdict()
            seconds = [max(naive.length(p, key) for key in ("wait", "lasts")) for p in gone]
            assert saved.pop("seconds") == near(sum(seconds))
            assert saved == {key: getattr(scores.effort, key) - left[key] for key in saved}
            assert saved["touchpoints"] == len(gone)
        else:
            assert rated.saves is None
