"""Compare stated scores with measured ones, at the touchpoints that have both."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from journeykit.scoring.results import Rated
from journeykit.scoring.settings import Settings

NEUTRAL = 50.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Differences of stated and measured scores, on 0..100, over n touchpoints."""

    n: int
    bias: float
    """The mean of stated minus measured; above 0 the map is more positive than its customers."""
    mae: float
    """The mean absolute difference."""
    rmse: float
    """The root mean square of the differences."""
    same_side: float
    """The share of touchpoints with both scores on the same side of 50, 0..1."""
    spearman: float | None
    """Rank correlation, -1..1; None if all of one side are equal."""
    blind_spots: tuple[str, ...]
    """Ids of touchpoints that customers rate as pain and the map does not."""
    false_alarms: tuple[str, ...]
    """Ids of touchpoints that the map rates as pain and customers do not."""


def calibration(rated: Iterable[Rated], settings: Settings) -> Calibration | None:
    """Return how well stated and measured scores agree; None if fewer than two touchpoints have both."""
    both = [
        (one.id, one.stated_score, one.measured_score)
        for one in rated
        if one.stated_score is not None and one.measured_score is not None
    ]
    if len(both) < 2:
        return None
    gaps = [stated - measured for _, stated, measured in both]
    n = len(both)
    return Calibration(
        n,
        math.fsum(gaps) / n,
        math.fsum(map(abs, gaps)) / n,
        math.sqrt(math.fsum(gap * gap for gap in gaps) / n),
        sum(_side(stated) == _side(measured) for _, stated, measured in both) / n,
        _correlation(_ranks([stated for _, stated, _ in both]), _ranks([measured for *_, measured in both])),
        tuple(id for id, stated, measured in both if measured < settings.pain <= stated),
        tuple(id for id, stated, measured in both if stated < settings.pain <= measured),
    )


def _side(score: float) -> int:
    return (score > NEUTRAL) - (score < NEUTRAL)


def _ranks(values: Sequence[float]) -> list[float]:
    """Return ranks from 1; equal values share the mean of theirs."""
    return [
        sum(other < value for other in values) + (sum(other == value for other in values) + 1) / 2 for value in values
    ]


def _correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    mean = (len(one) + 1) / 2
    spread = math.sqrt(math.fsum((a - mean) ** 2 for a in one) * math.fsum((b - mean) ** 2 for b in other))
    return math.fsum((a - mean) * (b - mean) for a, b in zip(one, other, strict=True)) / spread if spread else None
