"""What holds for every journey."""

from __future__ import annotations

import math
from itertools import groupby
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import find_peaks, peak_prominences
from scipy.stats import t as student

from journeykit.model import Journey, Weights
from journeykit.scoring import Settings, opportunities, score
from journeykit.scoring.aggregate import WeightedScore, aggregate
from journeykit.scoring.curve import prominences
from journeykit.scoring.student import t_quantile
from tests.conftest import examples
from tests.scoring.journeys import SCALES, curve, journey, raw_journeys

levels = st.one_of(st.sampled_from([0.0, 12.5, 25.0, 50.0, 75.0, 100.0]), st.floats(0, 100).map(lambda s: round(s, 6)))
series = st.lists(levels, min_size=1, max_size=40)
loads = st.sampled_from([0.3, 1.0, 2.5, 3.0, 5.0])
reaches = st.sampled_from([0.01, 0.5, 1.0])
points = st.lists(st.tuples(levels, loads), min_size=1, max_size=12)
partly_met = st.lists(st.tuples(levels, loads, reaches), min_size=1, max_size=12)


@st.composite
def weightings(draw: st.DrawFn) -> Weights:
    """Five numbers that sum to 1."""
    parts = draw(st.lists(st.integers(0, 9), min_size=5, max_size=5).filter(any))
    mean, peak, valley, end, first = (part / sum(parts) for part in parts)
    return Weights(mean=mean, peak=peak, valley=valley, end=end, first=first)


@given(partly_met, weightings())
def test_score_is_between_the_lowest_and_the_highest(pairs: list[tuple[float, float, float]], weights: Weights) -> None:
    total = aggregate([WeightedScore(s, w * reach, reach) for s, w, reach in pairs], weights)
    assert total.score is not None and total.coefficients is not None
    assert min(s for s, *_ in pairs) - 1e-9 <= total.score <= max(s for s, *_ in pairs) + 1e-9
    assert math.fsum(total.coefficients.values()) == pytest.approx(1, abs=1e-12)
    assert min(total.coefficients.values()) >= 0


@given(points, weightings(), st.data())
def test_score_rises_with_every_touchpoint(
    pairs: list[tuple[float, float]], weights: Weights, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(pairs) - 1))
    better = data.draw(st.floats(pairs[at][0], 100))
    before = aggregate([WeightedScore(s, w) for s, w in pairs], weights).score
    after = aggregate([WeightedScore(better if i == at else s, w) for i, (s, w) in enumerate(pairs)], weights).score
    assert before is not None and after is not None
    mean_part = weights.mean * pairs[at][1] / sum(w for _, w in pairs) * (better - pairs[at][0])
    assert after >= before + mean_part - 1e-9


def by_scipy(y: list[float]) -> dict[int, float]:
    """Prominence of each flat top by the place of its first value."""
    found, tops = find_peaks(np.array(y), plateau_size=1)
    heights = peak_prominences(np.array(y), found)[0]
    return {int(first): float(height) for first, height in zip(tops["left_edges"], heights, strict=True)}


@settings(max_examples=examples(300))
@given(series)
def test_prominences_are_those_of_scipy(y: list[float]) -> None:
    flat = [(level, len(list(same))) for level, same in groupby(y)]
    found, place = {}, 0
    for (_, length), prominence in zip(flat, prominences([level for level, _ in flat]), strict=True):
        if prominence is not None:
            found[place] = prominence
        place += length
    assert found == pytest.approx(by_scipy(y), abs=1e-6)


@settings(max_examples=examples(200))
@given(series)
def test_low_points_and_peaks_are_those_of_scipy(values: list[float]) -> None:
    if len(values) < 2:
        values = values * 2
    scores = score(curve(*values), Settings(pain=0, min_prominence=0))
    below = {first - 1: depth for first, depth in by_scipy([-50.0, *(-v for v in values), -100.0]).items()}
    lows = {int(low.id[1:]) - 1: low.prominence for low in scores.low_points}
    assert lows == pytest.approx({at: depth for at, depth in below.items() if values[at] < 75}, abs=1e-6)
    above = {first - 1: height for first, height in by_scipy([50.0, *values, 0.0]).items()}
    tops = {int(peak.id[1:]) - 1: peak.prominence for peak in scores.peaks}
    assert tops == pytest.approx({at: height for at, height in above.items() if values[at] >= 75}, abs=1e-6)


class Counted(float):
    """A number that counts how often it is compared."""

    comparisons = 0

    def __lt__(self, other: float) -> bool:
        Counted.comparisons += 1
        return float(self) < float(other)

    def __le__(self, other: float) -> bool:
        Counted.comparisons += 1
        return float(self) <= float(other)

    def __gt__(self, other: float) -> bool:
        Counted.comparisons += 1
        return float(self) > float(other)


@pytest.mark.parametrize("shape", ["stairs up", "stairs down", "saw"])
def test_prominences_take_a_number_of_steps_that_grows_with_the_length_only(shape: str) -> None:
    n = 4000
    stairs = [i // 2 + 3 * (i % 2) for i in range(n)]  # every second one a peak, each higher than the one before
    y = {"stairs up": stairs, "stairs down": stairs[::-1], "saw": [i % 2 for i in range(n)]}[shape]
    Counted.comparisons = 0
    found = prominences([Counted(level) for level in y])
    assert sum(prominence is not None for prominence in found) >= n / 2 - 1
    assert Counted.comparisons < 12 * n


def test_five_thousand_touchpoints() -> None:
    values = [float(i * 7919 % 101) for i in range(5000)]
    scores = score(curve(*values), Settings(pain=0, min_prominence=0))
    assert scores.mean == pytest.approx(sum(values) / 5000)
    assert scores.score == pytest.approx(0.6 * sum(values) / 5000 + 10 + 0.15 * values[-1] + 0.05 * values[0])
    below = by_scipy([-50.0, *(-v for v in values), -100.0])
    assert {int(low.id[1:]): low.prominence for low in scores.low_points} == {
        at: depth for at, depth in below.items() if values[at - 1] < 75
    }


@given(st.lists(st.one_of(st.none(), st.tuples(st.integers(0, 16), st.integers(0, 16))), min_size=2, max_size=12))
def test_the_scale_makes_no_difference(steps: list[tuple[int, int] | None]) -> None:
    found = []
    for scale, (low, high) in SCALES.items():
        size = (high - low) / 16
        rows: list[dict[str, Any]] = [
            {"satisfaction": low + s * size, "expected": low + e * size} if (s, e) else {}
            for s, e in (step or (0, 0) for step in steps)
        ]
        rows = [{} if step is None else row for step, row in zip(steps, rows, strict=True)]
        aim = [{"title": "Better", "at": ["t1"], "target": {"t1": high}, "removes": ["t2"]}]
        made = journey(rows, scale=scale, opportunities=aim)
        scores = score(made)
        gain = opportunities(made, scores)[0].gain
        found.append((scores.score, scores.band, scores.low_points, scores.peaks, scores.drops, gain))
    assert found == [found[0]] * len(found)


@given(st.lists(levels, min_size=2, max_size=12), st.data())
def test_unrated_touchpoints_leave_low_points_and_peaks_alone(values: list[float], data: st.DataObject) -> None:
    rows: list[dict[str, Any]] = [{"id": f"r{i}", "satisfaction": value} for i, value in enumerate(values)]
    more = list(rows)
    for number in range(data.draw(st.integers(1, 6))):
        more.insert(data.draw(st.integers(0, len(more))), {"id": f"u{number}", "importance": 5})
    before, after = score(journey(rows, scale="0..100")), score(journey(more, scale="0..100"))
    assert (after.low_points, after.peaks, after.drops) == (before.low_points, before.peaks, before.drops)
    assert after.mean == before.mean
    assert after.coverage < before.coverage == 1


@given(raw_journeys())
def test_low_points_are_ranked_by_severity(data: dict[str, Any]) -> None:
    lows = score(Journey.model_validate(data)).low_points
    keys = [(-round(low.severity, 6), -low.prominence, low.score) for low in lows]
    assert keys == sorted(keys)
    assert all(0 <= low.severity <= 100 for low in lows)


@pytest.mark.parametrize("probability", [0.5, 0.75, 0.95, 0.975, 0.995, 0.9999])
def test_quantiles_of_t_are_those_of_scipy(probability: float) -> None:
    for freedom in [*range(1, 200), *range(200, 1100, 7), 1000, 1001, 5000, 10**6, 10**9]:
        assert t_quantile(probability, freedom) == pytest.approx(
            student.ppf(probability, freedom), rel=1e-10, abs=1e-12
        )


@pytest.mark.parametrize(("probability", "freedom"), [(0.4, 5), (1.0, 5), (0.975, 0), (float("nan"), 5)])
def test_there_is_no_quantile_outside_the_distribution(probability: float, freedom: int) -> None:
    with pytest.raises(ValueError, match="no t quantile"):
        t_quantile(probability, freedom)
