"""Random journeys score the same by the package and by the formulas written down a second time.

`JOURNEYKIT_EXAMPLES=10000 pytest tests/scoring/test_against_naive.py` compares so many journeys in each test.
"""

from __future__ import annotations

import copy
import math
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journeykit.comparing.score_delta import score_delta
from journeykit.model import Journey
from journeykit.scoring import Settings, opportunities, score, settings_for, simulate
from tests.conftest import examples
from tests.scoring import naive
from tests.scoring.journeys import SCALES, raw_journeys, surveys

Data = dict[str, Any]
sources = st.sampled_from(["best", "stated", "measured"])
profiles = st.sampled_from(["balanced", "mean", "peak-end"])
EXAMPLES = int(os.environ.get("JOURNEYKIT_EXAMPLES", examples(100)))
thorough = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


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
    hidden = [naive.base(point, data, source) in range(5) for point in points]
    assert [(r.score, r.half_width) for r in scores.touchpoints] == [
        (near(rating[0]), near(rating[1])) if rating and not few else (None, None)
        for rating, few in zip(ratings, hidden, strict=True)
    ]
    assert [r.hidden for r in scores.touchpoints] == hidden
    rated = [(point, rating[0]) for point, rating in zip(points, ratings, strict=True) if rating]
    met = [(point, s) for point, s in rated if naive.weight(point)]
    values, loads = [s for _, s in met], [naive.weight(point) for point, _ in met]
    j, u = naive.total_score(points, data, source, naive.WEIGHTS[profile])
    assert (scores.score, scores.half_width, scores.n) == (near(j), near(u), len(rated))
    total = sum(map(naive.weight, points))
    coverage = sum(loads) / total if total else 0
    assert scores.coverage == near(coverage)
    assert scores.partial == (j is not None and coverage < 0.8 - 1e-9)
    if j is not None and u is not None:
        assert scores.band == (near(max(0, j - u)), near(min(100, j + u)))
        c = naive.coefficients(met, naive.WEIGHTS[profile])
        carried = {point["id"]: share for (point, _), share in zip(met, c, strict=True)}
        for found in scores.rated:
            assert found.coefficient == near(carried.get(found.id, 0.0))
        answers = [naive.base(point, data, source) or 0 for point in points if naive.weight(point)]
        enough = all(n >= 5 for n in answers) and all(
            rating and (rating[1] != 25 or naive.survey_of(point, data)[1] != 0)  # type: ignore[index]
            for point, rating in zip(points, ratings, strict=True)
            if naive.weight(point)
        )
        if scores.band_kind == "interval":
            assert enough
        elif all(r.interval for r in scores.touchpoints if r.weight):
            raise AssertionError("all have intervals")
    else:
        assert scores.band is None and scores.band_kind is None
        assert {r.coefficient for r in scores.touchpoints} == {None}
    if met:
        shown = {point["id"]: None if few else s for (point, s), few in zip(
            [(p, r[0]) for p, r in zip(points, ratings, strict=True) if r],
            [few for few, r in zip(hidden, ratings, strict=True) if r], strict=True)}  # fmt: skip
        wanted = [shown[met[i][0]["id"]] for i in naive.landmarks(met)]
        assert (scores.peak, scores.valley, scores.end, scores.first) == tuple(map(near, wanted))
        mean = sum(s * w for s, w in zip(values, loads, strict=True)) / sum(loads)
        spread = math.sqrt(sum(w * (s - mean) ** 2 for s, w in zip(values, loads, strict=True)) / sum(loads))
        assert scores.withheld == naive.withheld(points, data, source)
        wanted_mean = (None, None) if scores.withheld else (near(mean), near(100 - 2 * spread))
        assert (scores.mean, scores.consistency) == wanted_mean
    for stage, found_stage in zip(data["stages"], scores.stages, strict=True):
        own = [
            (rating[0], naive.weight(point))
            for point, rating, few in zip(points, ratings, hidden, strict=True)
            if rating and not few and point in stage["touchpoints"]
        ]
        weight = sum(w for _, w in own)
        assert found_stage.score == (near(sum(s * w for s, w in own) / weight) if weight else None)


@thorough
@given(raw_journeys(), profiles, sources, st.data())
def test_differences(data: Data, profile: str, source: str, draws: st.DataObject) -> None:
    journey, chosen, old = read(data, profile, source)
    new_data = copy.deepcopy(data)
    new = [point for stage in new_data["stages"] for point in stage["touchpoints"]]
    for point in draws.draw(st.lists(st.sampled_from(new), max_size=3)):
        edit = draws.draw(st.sampled_from(["satisfaction", "evidence", "reach", "measured"]))
        point[edit] = draws.draw({
            "satisfaction": st.just(SCALES[data["scale"]][0]),
            "evidence": st.just(["few"]),
            "reach": st.just(0.5),
            "measured": surveys(data["scale"]),
        }[edit])  # fmt: skip
    later = Journey.model_validate(new_data)
    wanted = naive.delta(old, new, data, source, naive.WEIGHTS[profile])
    found = score_delta(score(journey, chosen), score(later, chosen))
    if wanted is None:
        assert found is None
    else:
        assert found is not None and found.half_width is not None
        assert found.delta == near(wanted[0])
        assert found.half_width**2 == pytest.approx(wanted[1] ** 2, abs=1e-6)


@thorough
@given(raw_journeys(), sources)
def test_curve(data: Data, source: str) -> None:
    journey, chosen, points = read(data, "balanced", source)
    scores = score(journey, chosen)
    rated = [
        (point, rating[0])
        for point in points
        if naive.weight(point)
        and (rating := naive.rate(point, data, source))
        and naive.base(point, data, source) not in range(5)
    ]
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
    few = {point["id"] for point in points if naive.base(point, data, source) in range(5)}
    met = [p for p in points if naive.weight(p) and naive.rate(p, data, source) and p["id"] not in few]
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
            if point["id"] not in few and (rating := naive.rate(point, data, source)):
                i = 2.5 * (naive.importance_prime(point, met) - 1)
                worth.append(i + max(i - rating[0] / 10, 0))
        assert rated.opportunity_score == near(max(worth) if worth else None)
        unrated = {point["id"] for point in points if not naive.rate(point, data, source)}
        blocked = few & {*raw["target"], *raw["removes"]} or unrated & (raw["target"].keys() - {*raw["removes"]})
        assert {*rated.rates} == unrated & raw["target"].keys()
        changed = [
            after(p, raw["target"].get(p["id"]), data["scale"], source) for p in points if p["id"] not in raw["removes"]
        ]
        j, _ = naive.total_score(changed, data, source, naive.WEIGHTS[profile])
        if scores.score is None or not (raw["target"] or raw["removes"]) or blocked:
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
