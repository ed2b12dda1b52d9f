"""Settings of scoring: the weights of the parts, the source of the scores, the thresholds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, cast, get_args

from journeykit.errors import UsageError
from journeykit.model import Journey, Weights

Source: TypeAlias = Literal["best", "stated", "measured"]
"""Which scores are used: measured, else stated (best), or only one of the two."""

LEAST_BASE = 5
"""Figures with fewer answers are never shown, and have no interval."""

CUSTOM = "custom"
"""The name of the profile with own weights."""

PROFILES: Mapping[str, Weights] = MappingProxyType(
    {
        "balanced": Weights.model_construct(mean=0.60, peak=0.10, valley=0.10, end=0.15, first=0.05),
        "mean": Weights.model_construct(mean=1.0),
        "peak-end": Weights.model_construct(peak=0.25, valley=0.25, end=0.50),
    }
)
"""The named sets of weights.

Peak-end and the plain mean predict a remembered evaluation about equally well, and duration hardly matters (a
meta-analysis of 174 effect sizes, Alaybek et al. 2022). So the mean dominates the default, the plain mean is always
given beside it, and it is not claimed that the default predicts better.
"""


@dataclass(frozen=True, repr=False)
class Settings:
    """Settings of scoring. Raises UsageError if a threshold or a weight is out of its range."""

    weights: Weights = PROFILES["balanced"]
    profile: str = "balanced"
    source: Source = "best"
    pain: float = 40.0
    """Below this score a touchpoint is a low point."""
    critical: float = 20.0
    """At or below this score a low point is critical."""
    min_prominence: float = 12.5
    """The least prominence of a low point or peak."""
    min_drop: float = 37.5
    """The least fall between two neighbours that is a drop."""
    minimum_base: int = LEAST_BASE
    """Figures with fewer answers are not shown."""

    def __post_init__(self) -> None:
        parts = [part for _, part in self.weights]
        if not (all(part >= 0 for part in parts) and math.isclose(math.fsum(parts), 1, abs_tol=1e-6)):
            raise UsageError(
                f"the weights of the score sum to {math.fsum(parts):g}, not to 1",
                "mean, peak, valley, end and first are five numbers from 0 to 1 that sum to 1",
            )
        if self.source not in get_args(Source):
            raise UsageError(f'"{self.source}" is not a source of scores', "best, stated or measured")
        for name in ("pain", "critical", "min_prominence", "min_drop"):
            if not 0 <= getattr(self, name) <= 100:
                raise UsageError(f"{name} is {getattr(self, name):g}, which is not between 0 and 100")
        if self.minimum_base < LEAST_BASE:
            raise UsageError(f"minimum_base is {self.minimum_base}; it may only be raised above {LEAST_BASE}")


def settings_for(
    journey: Journey,
    *,
    profile: str | Weights | None = None,
    source: str | None = None,
    pain: float | None = None,
    critical: float | None = None,
    min_prominence: float | None = None,
    min_drop: float | None = None,
    minimum_base: int | None = None,
) -> Settings:
    """Return settings: the given ones, else those of the journey's file, else the defaults.

    A profile is a name, own weights, or five numbers as text: mean, peak, valley, end, first. UsageError if the
    profile or the source is unknown or a number is out of its range.
    """
    own = journey.scoring
    name, weights = _profile(own.weights or own.profile or "balanced" if profile is None else profile)
    given: dict[str, Any] = {
        "pain": pain, "critical": critical, "min_prominence": min_prominence, "min_drop": min_drop,
        "minimum_base": minimum_base,
    }  # fmt: skip
    thresholds = {key: getattr(own, key) if value is None else value for key, value in given.items()}
    return Settings(
        weights,
        name,
        cast(Source, source or "best"),
        **{key: value for key, value in thresholds.items() if value is not None},
    )


def _profile(wanted: str | Weights) -> tuple[str, Weights]:
    if isinstance(wanted, Weights):
        return CUSTOM, wanted
    if wanted in PROFILES:
        return wanted, PROFILES[wanted]
    try:
        mean, peak, valley, end, first = (float(part) for part in wanted.split(","))
        return CUSTOM, Weights(mean=mean, peak=peak, valley=valley, end=end, first=first)
    except ValueError:  # too few or many, not numbers, or out of range: pydantic's error is a ValueError too
        from difflib import get_close_matches

        near = get_close_matches(wanted.casefold(), PROFILES, n=1)
        hint = f'did you mean "{near[0]}"? ' if near else ""
        raise UsageError(
            f'"{wanted}" is not a profile',
            f"{hint}write {', '.join(PROFILES)}, or five numbers from 0 to 1 that sum to 1 "
            "(mean,peak,valley,end,first: 0.6,0.1,0.1,0.15,0.05)",
        ) from None
