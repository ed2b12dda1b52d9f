"""Kinds of KPIs, and scales of survey questions: the possible answers, and which of them count as satisfied."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from journeykit.model.values import AnswerScale

SHARES = ("csat", "fcr", "rate")
"""Kinds of KPIs that are a share of answers or cases."""
CASES = ("fcr", "rate")
"""Kinds of KPIs that are a share of cases; `csat` is one of answers."""
TIMES = ("response_time", "resolution_time", "duration")
"""Kinds of KPIs that are a time."""
WITHOUT_ANSWERS = ("fcr", *TIMES, "count")
"""Kinds of KPIs that come from cases, not from answers."""
COMPUTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"from": TIMES, "to": TIMES, "any_of": CASES, "none_of": CASES, "is": (*TIMES, *CASES)}
)
"""The kinds of KPIs that each key computes from data."""
FIGURES = ("value", "target", "median", "p90", "mean")
"""Keys of a KPI that hold a figure."""
NPS_PARTS = ("promoters", "passives", "detractors")
BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType({"nps": (-100.0, 100.0), "ces": (1.0, 7.0)})
"""The lowest and the highest figure of a kind that has them."""
OWN_SCALES: Mapping[str, tuple[AnswerScale, ...]] = MappingProxyType(
    {"nps": ("0..10",), "ces": ("1..7",), "ces1": ("1..5", "1..7")}
)
"""The scales of a standard question, the usual one first."""
ON_ANY_SCALE = ("csat", "rating")
"""Kinds of KPIs whose question may have any scale."""
DEFAULT_TOP: Mapping[str, int] = MappingProxyType({"1..2": 1, "1..3": 1, "1..4": 2, "1..5": 2, "1..7": 2})
"""How many of the highest answers count as satisfied by default; for 10 and 11 answers there is no convention."""


def scale_by_counts(answers: Iterable[int]) -> AnswerScale | None:
    """Return the scale of answers that are counted (also 0 times) if the highest is 5 or 7; else None."""
    highest = max(answers, default=0)
    return "1..5" if highest == 5 else "1..7" if highest == 7 else None


def largest_sd(low: float, high: float, n: int) -> float:
    """Return the largest sample standard deviation of n answers (at least 2) on a scale: half at either end."""
    return (high - low) / 2 * math.sqrt(n / (n - 1))
