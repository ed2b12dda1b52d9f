"""The answers of one cell, and estimates from them: weighted, with clusters and strata by Taylor linearisation.

With codes y of the scores, θ = Σ w·y / Σ w and z = w·(y - θ) / Σ w of each answer, the variance of θ is
Σ_h u_h / (u_h - 1) · Σ (z - mean of z in h)² over the units of each stratum h: answers, or the sums of z in each
cluster. Engines give sums of weights and of their products by score, so that no row is needed.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from journeykit.data.questions import Product, Score, Units

LEAST_CLUSTERS = 10
"""With fewer clusters there is no estimate of their spread that can be relied on."""

Code = Callable[[float], float]
"""What a score counts as: itself, 1 if it is one of the highest, 100 for a promoter."""


class Estimate(NamedTuple):
    """A weighted mean of codes with its standard error; None where the spread cannot be estimated."""

    value: float
    error: float | None
    freedom: float
    """Degrees of freedom: units less strata."""
    sd: float | None
    """Standard deviation of the answers (weighted)."""


@dataclass(frozen=True)
class Sample:
    """The answers of one cell with at least one answer."""

    scores: tuple[Score, ...]
    products: tuple[Product, ...] = ()
    units: tuple[Units, ...] = ()
    weighted: bool = False
    clustered: bool = False

    @cached_property
    def n(self) -> int:
        """Number of answers."""
        return sum(one.n for one in self.scores)

    @cached_property
    def weight(self) -> float:
        """Sum of weights."""
        return math.fsum(one.w for one in self.scores)

    @cached_property
    def effective_n(self) -> float:
        """Kish's effective number of answers, (Σw)² / Σw²: so many without weights would be as exact."""
        return self.weight**2 / math.fsum(one.w2 for one in self.scores)

    @cached_property
    def counts(self) -> Mapping[float, int]:
        """Number of answers by score, the lowest first."""
        found: dict[float, int] = defaultdict(int)
        for one in sorted(self.scores, key=lambda one: one.score):
            found[one.score] += one.n
        return dict(found)

    @cached_property
    def strata(self) -> tuple[str, ...]:
        """The strata with answers."""
        return tuple(dict.fromkeys(one.stratum for one in self.scores))

    @cached_property
    def clusters(self) -> int | None:
        """Number of clusters; None without clusters."""
        return sum(one.clusters for one in self.units) if self.clustered else None

    @property
    def is_simple(self) -> bool:
        """Whether each answer counts alike and on its own, so that formulas for simple random samples hold."""
        return not (self.weighted or self.clustered or len(self.strata) > 1)

    def estimate(self, code: Code = float) -> Estimate:
        """Return the mean of the codes of all answers with its linearised standard error."""
        total = self.weight
        value = math.fsum(one.w * code(one.score) for one in self.scores) / total
        spread = math.fsum(one.w * (code(one.score) - value) ** 2 for one in self.scores) / total
        effective = self.effective_n
        sd = math.sqrt(spread * effective / (effective - 1)) if effective > 1 else None
        units = {name: self._units(name) for name in self.strata}
        freedom = float(sum(units.values()) - len(units))
        if freedom < 1 or (self.clustered and sum(units.values()) < LEAST_CLUSTERS):
            return Estimate(value, None, freedom, sd)
        variance = math.fsum(self._variance(name, units[name], code, value) for name in self.strata)
        return Estimate(value, math.sqrt(max(0.0, variance)) / total, freedom, sd)

    def _units(self, stratum: str) -> int:
        if self.clustered:
            return sum(one.clusters for one in self.units if one.stratum == stratum)
        return sum(one.n for one in self.scores if one.stratum == stratum)

    def _variance(self, stratum: str, units: int, code: Code, value: float) -> float:
        """Return the variance of Σ w·(y - θ) in a stratum; one unit alone is held against θ itself."""
        own = [(code(one.score) - value, one) for one in self.scores if one.stratum == stratum]
        if self.clustered:
            squares = math.fsum(
                (1 if one.s == one.t else 2) * (code(one.s) - value) * (code(one.t) - value) * one.value
                for one in self.products
                if one.stratum == stratum
            )
        else:
            squares = math.fsum(gap * gap * one.w2 for gap, one in own)
        if units < 2:
            return squares
        off = math.fsum(gap * one.w for gap, one in own)
        return units / (units - 1) * (squares - off * off / units)
