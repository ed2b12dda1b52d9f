"""How well a map's author guesses: stated scores against measured ones, at the touchpoints that have both."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from journeykit.scoring.results import Rated
from journeykit.scoring.settings import Settings

NEUTRAL = 50.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Stated less measured, on 0..100, over n touchpoints."""

    n: int
    bias: float
    """The mean difference; above 0 the map is rosier than its customers."""
    mae: float
    """The mean of the differences without their signs."""
    rmse: float
    """The root of the mean of the squared differences."""
    same_side: float
    """The share of touchpoints that both put on the same side of 50, 0..1."""
    spearman: float | None
    """Rank correlation, -1..1; None if all of one side are equal."""
    blind_spots: tuple[str, ...]
    """Ids of touchpoints that customers rate as pain and the map does not …"""
    false_alarms: tuple[str, ...]
    """… and the other way round."""


def calibration(rated: Iterable[Rated], settings: Settings) -> Calibration | None:
    """Return how the author's scores agree with the measured ones; None without two touchpoints that have both."""
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
