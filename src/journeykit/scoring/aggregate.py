"""Aggregate the scores of touchpoints to that of the journey."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from journeykit.model import Weights
from journeykit.scoring.uncertainty import Contribution, ErrorSource, half_width_of

ENOUGH = 0.5
"""Share of the weight that must be rated for a journey to have a score."""
NEARLY_ALL = 0.8
"""Share of the weight below which a score is called partial."""
_TOLERANCE = 1e-9
"""The rounding error of sums of shares."""
JUDGED = ErrorSource()


class WeightedScore(NamedTuple):
    """The values of a touchpoint that the journey's score is computed from; score None if unrated.

    The weight is importance · reach, 0 if and only if the reach is.
    """

    score: float | None
    weight: float
    reach: float = 1.0
    half_width: float = 0.0
    error_source: ErrorSource = JUDGED


class Landmarks(NamedTuple):
    """The indexes of the points that the journey's score includes besides the mean."""

    peak: int
    valley: int
    first: int
    end: int


class Aggregate(NamedTuple):
    """The journey's figures; coefficients and landmarks are by the index of the point."""

    score: float | None
    half_width: float | None
    coefficients: dict[int, float] | None
    coverage: float
    mean: float | None
    landmarks: Landmarks | None
    consistency: float | None

    @property
    def partial(self) -> bool:
        """Whether too little is rated for the score to stand for the whole journey."""
        return self.score is not None and self.coverage < NEARLY_ALL - _TOLERANCE


def enough(coverage: float) -> bool:
    """Return whether enough of the weight is rated for the journey to have a score."""
    return coverage >= ENOUGH - _TOLERANCE


def mostly_hidden(hidden: float, rated: float) -> bool:
    """Return whether half of the rated weight or more is hidden: the score would be little else than what is hidden."""
    return hidden > 0 and hidden >= rated / 2 - _TOLERANCE


def weighted_mean(pairs: Iterable[tuple[float, float]]) -> float | None:
    """Return the mean of (score, weight); None if the weights sum to 0."""
    pairs = list(pairs)
    total = math.fsum(weight for _, weight in pairs)
    return math.fsum(score * weight for score, weight in pairs) / total if total > 0 else None


def effective(score: float, reach: float, mean: float) -> float:
    """Return E = M + reach · (S − M): the score of a touchpoint for the average customer, who may not meet it.

    Rounded as scores are, so that ties are exact.
    """
    return score if reach == 1 else round(mean + reach * (score - mean), 6)


def aggregate(points: Sequence[WeightedScore], weights: Weights) -> Aggregate:
    """Return the journey's score with its related figures.

    There is no score without a rated point, or if less than half of the weight is rated. Points with a reach of 0 do
    not count.
    """
    rated = {n: point for n, point in enumerate(points) if point.score is not None and point.weight > 0}
    pairs = [(point.score, point.weight) for point in rated.values() if point.score is not None]
    mean = weighted_mean(pairs)
    if mean is None:
        return Aggregate(None, None, None, 0.0, None, None, None)
    coverage = math.fsum(weight for _, weight in pairs) / math.fsum(point.weight for point in points)
    variance = weighted_mean(((score - mean) ** 2, weight) for score, weight in pairs) or 0.0
    landmarks = _landmarks(rated, mean)
    coefficients = _coefficients(rated, landmarks, weights) if enough(coverage) else None
    score = half_width = None
    if coefficients is not None:
        score = math.fsum(coefficients[n] * (point.score or 0.0) for n, point in rated.items())
        half_width = half_width_of(
            Contribution(point.score or 0.0, point.half_width, coefficients[n], point.error_source)
            for n, point in rated.items()
        )
    consistency = 100 - 2 * math.sqrt(variance)
    return Aggregate(score, half_width, coefficients, coverage, mean, landmarks, consistency)


def _landmarks(rated: dict[int, WeightedScore], mean: float) -> Landmarks:
    """Return peak, valley, first and end; of equal scores the peak is the latest, the valley the earliest."""
    levels = [(effective(point.score or 0.0, point.reach, mean), n) for n, point in rated.items()]
    peak = max(levels)[1]
    valley = min(levels)[1]
    return Landmarks(peak, valley, levels[0][1], levels[-1][1])


def _coefficients(rated: dict[int, WeightedScore], landmarks: Landmarks, weights: Weights) -> dict[int, float]:
    """Return the share of each rated point in the journey's score; they sum to 1.

    The part p of a landmark with the effective score M + reach · (S − M) is p · reach of it and p · (1 − reach) of M.
    """
    total = math.fsum(point.weight for point in rated.values())
    parts = (weights.peak, weights.valley, weights.first, weights.end)
    reaches = [rated[n].reach for n in landmarks]
    mean = math.fsum((weights.mean, *(part * (1 - reach) for part, reach in zip(parts, reaches, strict=True))))
    shares = {n: mean * point.weight / total for n, point in rated.items()}
    for n, part, reach in zip(landmarks, parts, reaches, strict=True):
        shares[n] += part * reach
    return shares
