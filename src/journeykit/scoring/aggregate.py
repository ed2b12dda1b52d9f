"""From the scores of touchpoints to that of the journey."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from journeykit.model import Weights

ENOUGH = 0.5
"""Share of the weight that must be rated for a journey to have a score."""
NEARLY_ALL = 0.8
"""Share of the weight below which a score is called partial."""
_HAIR = 1e-9
"""What sums of shares may miss by."""


class Point(NamedTuple):
    """A touchpoint as the journey's score sees it; score None if unrated, weight = importance · reach."""

    score: float | None
    weight: float
    half_width: float = 0.0


class Aggregate(NamedTuple):
    """The journey's figures; coefficients stand in the order of the rated points."""

    score: float | None
    half_width: float | None
    coefficients: tuple[float, ...] | None
    coverage: float
    mean: float | None
    peak: float | None
    valley: float | None
    first: float | None
    end: float | None
    consistency: float | None
    n: int

    @property
    def partial(self) -> bool:
        """Whether the score misses too much to be that of the whole journey."""
        return self.score is not None and self.coverage < NEARLY_ALL - _HAIR


def enough(coverage: float) -> bool:
    """Whether so large a share of the weight is rated that the journey has a score."""
    return coverage >= ENOUGH - _HAIR


def weighted_mean(pairs: Iterable[tuple[float, float]]) -> float | None:
    """Mean of (score, weight); None without any weight."""
    pairs = list(pairs)
    total = math.fsum(weight for _, weight in pairs)
    return math.fsum(score * weight for score, weight in pairs) / total if total > 0 else None


def aggregate(points: Sequence[Point], weights: Weights) -> Aggregate:
    """The journey's score with what stands beside it.

    There is no score without a rated point or where less than half of the weight is rated.
    """
    scores = [point.score for point in points if point.score is not None]
    loads = [point.weight for point in points if point.score is not None]
    mean = weighted_mean(zip(scores, loads, strict=True))
    if mean is None:
        peak, valley, first, end = _landmarks(scores)
        return Aggregate(None, None, None, 0.0, None, peak, valley, first, end, None, len(scores))
    coverage = math.fsum(loads) / math.fsum(point.weight for point in points)
    variance = weighted_mean(((score - mean) ** 2, load) for score, load in zip(scores, loads, strict=True)) or 0.0
    coefficients = _coefficients(scores, loads, weights) if enough(coverage) else None
    score = half_width = None
    if coefficients is not None:
        score = math.fsum(c * s for c, s in zip(coefficients, scores, strict=True))
        widths = (point.half_width for point in points if point.score is not None)
        half_width = math.sqrt(math.fsum((c * u) ** 2 for c, u in zip(coefficients, widths, strict=True)))
    return Aggregate(
        score, half_width, coefficients, coverage, mean, *_landmarks(scores), 100 - 2 * math.sqrt(variance), len(scores)
    )


def _landmarks(scores: Sequence[float]) -> tuple[float | None, float | None, float | None, float | None]:
    """Peak, valley, first and end."""
    return (max(scores), min(scores), scores[0], scores[-1]) if scores else (None, None, None, None)


def _coefficients(scores: Sequence[float], loads: Sequence[float], weights: Weights) -> tuple[float, ...]:
    """The share of each rated point in the journey's score; they sum to 1."""
    total = math.fsum(loads)
    shares = [weights.mean * load / total for load in loads]
    last = len(scores) - 1
    latest_highest = last - scores[::-1].index(max(scores))
    shares[latest_highest] += weights.peak
    shares[scores.index(min(scores))] += weights.valley
    shares[last] += weights.end
    shares[0] += weights.first
    return tuple(shares)
