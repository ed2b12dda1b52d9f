"""Quantiles of the binomial distribution, and p-values of F and χ²; SciPy is no dependency."""

from __future__ import annotations

import math
from functools import lru_cache

from journeykit.scoring.student import incomplete_beta

_FAR = 12
"""So many standard deviations below the mean next to nothing is left."""


@lru_cache(4096)
def binomial_quantile(probability: float, n: int, share: float) -> int:
    """Return the least k for which at most k of n cases have at least this probability; share is between 0 and 1."""
    spread = math.sqrt(n * share * (1 - share))
    k = max(0, math.floor(n * share - _FAR * spread) - 10)
    term = math.exp(
        math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
        + k * math.log(share) + (n - k) * math.log1p(-share)
    )  # fmt: skip
    below = term
    while below < probability and k < n:
        term *= (n - k) / (k + 1) * share / (1 - share)
        k += 1
        below += term
    return k


def f_p_value(f: float, between: float, within: float) -> float:
    """Return the probability of an F-distributed number of at least f, with degrees of freedom between and within."""
    if f <= 0:
        return 1.0
    x = within / (within + between * f)
    return incomplete_beta(x, 1 - x, within / 2, between / 2)


def chi2_p_value(chi2: float, freedom: int) -> float:
    """Return the probability of a χ²-distributed number of at least chi2."""
    a, x = freedom / 2, chi2 / 2
    if x <= 0:
        return 1.0
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    return 1 - front * _gamma_series(a, x) if x < a + 1 else front * _gamma_fraction(a, x)


def _gamma_series(a: float, x: float) -> float:
    """Return γ(a, x) / (xᵃ e⁻ˣ) (Abramowitz & Stegun, 6.5.29)."""
    term = total = 1 / a
    k = a
    while term > total * 1e-16:
        k += 1
        term *= x / k
        total += term
    return total


def _gamma_fraction(a: float, x: float) -> float:
    """Return Γ(a, x) / (xᵃ e⁻ˣ) by its continued fraction (Abramowitz & Stegun, 6.5.31), by Lentz's method."""
    b, c = x + 1 - a, 1e300
    d = 1 / b
    value = d
    for k in range(1, 1000):
        factor, b = -k * (k - a), b + 2
        d = 1 / (factor * d + b)
        c = b + factor / c
        value *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return value
