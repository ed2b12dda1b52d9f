"""Differences of figures of two surveys, with 95 % intervals and p-values.

Shares: Agresti and Caffo's interval (The American Statistician 54, 2000), with one answer of each kind more. NPS:
adjusted Wald, as for one NPS. Means: Welch's t (Biometrika 34, 1947). Many at once: Holm's correction (Scandinavian
Journal of Statistics 6, 1979), or Benjamini and Hochberg's (Journal of the Royal Statistical Society B 57, 1995).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from journeykit.scoring.metrics import Interval
from journeykit.scoring.student import Z, t_quantile, two_sided

Key = TypeVar("Key")
SURE = 0.05
"""Below this corrected p a difference is called more than chance."""


class Delta(NamedTuple):
    """The difference of two figures, and the probability `p` of one at least as large by chance alone."""

    delta: float
    interval: Interval
    p: float
    freedom: float = math.inf
    """Degrees of freedom of a difference of means."""


class Sample(NamedTuple):
    """The mean, standard deviation and number (at least 2) of a survey's answers."""

    mean: float
    sd: float
    n: int


def share_delta(old: float, old_n: int, new: float, new_n: int) -> Delta:
    """Return the difference of two shares (0..1) of so many answers each."""
    before, after = (old * old_n + 1) / (old_n + 2), (new * new_n + 1) / (new_n + 2)
    error = math.sqrt(before * (1 - before) / (old_n + 2) + after * (1 - after) / (new_n + 2))
    centre, reach = after - before, Z * error
    return Delta(new - old, (max(-1.0, centre - reach), min(1.0, centre + reach)), two_sided_normal(centre / error))


def nps_delta(old: tuple[int, int, int], new: tuple[int, int, int]) -> Delta:
    """Return the difference of two net promoter scores, each of promoters, detractors and all answers; in points."""
    (before, spread), (after, spread_after) = _adjusted(*old), _adjusted(*new)
    error = 100 * math.sqrt(spread + spread_after)
    centre, reach = 100 * (after - before), Z * error
    plain = 100 * ((new[0] - new[1]) / new[2] - (old[0] - old[1]) / old[2])
    return Delta(plain, (centre - reach, centre + reach), two_sided_normal(centre / error))


def two_sided_normal(z: float) -> float:
    """Return the two-sided p-value of a standard normal number."""
    return math.erfc(abs(z) / math.sqrt(2))


def _adjusted(promoters: int, detractors: int, n: int) -> tuple[float, float]:
    """Return the adjusted share of promoters less detractors, and its variance."""
    p, d = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    return p - d, (p + d - (p - d) ** 2) / (n + 3)


def welch(old: Sample, new: Sample) -> Delta:
    """Return the difference of two means of answers on one scale."""
    one, other = old.sd**2 / old.n, new.sd**2 / new.n
    delta, error = new.mean - old.mean, math.sqrt(one + other)
    if error == 0:
        return Delta(delta, (delta, delta), float(delta == 0))
    freedom = satterthwaite(one, old.n - 1, other, new.n - 1)
    reach = t_quantile(0.975, freedom) * error
    return Delta(delta, (delta - reach, delta + reach), two_sided(delta / error, freedom), freedom)


def satterthwaite(one: float, freedom: float, other: float, other_freedom: float) -> float:
    """Return the degrees of freedom of the sum of two variances, not both 0, from those of each."""
    return (one + other) ** 2 / (one**2 / freedom + other**2 / other_freedom)


def holm(p_values: Mapping[Key, float]) -> dict[Key, float]:
    """Return the p-values of several comparisons, corrected together by Holm's method, the smallest first."""
    corrected: dict[Key, float] = {}
    worst = 0.0
    for rank, (key, p) in enumerate(sorted(p_values.items(), key=lambda item: item[1])):
        worst = max(worst, min(1.0, (len(p_values) - rank) * p))
        corrected[key] = worst
    return corrected


def benjamini_hochberg(p_values: Mapping[Key, float]) -> dict[Key, float]:
    """Return the p-values of several comparisons by Benjamini and Hochberg: of those below 5 %, 5 % may be chance."""
    corrected: dict[Key, float] = {}
    least = 1.0
    ordered = sorted(p_values.items(), key=lambda item: item[1])
    for rank, (key, p) in reversed(list(enumerate(ordered, 1))):
        least = min(least, p * len(ordered) / rank)
        corrected[key] = least
    return corrected


CORRECTIONS: Mapping[str, Callable[[Mapping[Any, float]], dict[Any, float]]] = {
    "holm": holm, "benjamini-hochberg": benjamini_hochberg,
}  # fmt: skip
"""How p-values of several comparisons are corrected together, by name."""
CORRECTION_NAMES = {"holm": "Holm", "benjamini-hochberg": "Benjamini-Hochberg"}


def sample_size(margin: float) -> int:
    """Return the number of answers for which any share has a 95 % interval of at most ± margin (0..1)."""
    return math.ceil((Z / 2 / margin) ** 2)
