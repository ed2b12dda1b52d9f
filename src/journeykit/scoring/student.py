"""Quantiles of Student's t distribution, for the confidence interval of a mean."""

from __future__ import annotations

import math
from functools import lru_cache

Z = 1.959963984540054
"""The normal quantile of 0.975, for 95 % intervals: the module that has it takes long to import."""
_MANY = 1000
"""From here on four terms of the asymptotic series are exact to 1e-14."""


@lru_cache(1024)
def t_quantile(probability: float, freedom: int) -> float:
    """The value that a t-distributed number stays below with this probability.

    probability from 0.5 to below 1; freedom: degrees of freedom, at least 1 (ValueError otherwise). Exact to a
    relative 1e-10.
    """
    if not (0.5 <= probability < 1 and freedom >= 1):
        raise ValueError(f"no t quantile for probability {probability} and {freedom} degrees of freedom")
    normal = Z if probability == 0.975 else _normal(probability)
    return _series(normal, freedom) if freedom > _MANY else _newton(normal, 2 * probability - 1, freedom)


def _normal(probability: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(probability)


def _series(z: float, freedom: int) -> float:
    """Cornish-Fisher expansion around the normal quantile (Abramowitz & Stegun, 26.7.5)."""
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + math.fsum(term / freedom**power for power, term in enumerate(terms, start=1))


def _newton(start: float, inside: float, freedom: int) -> float:
    """Where the probability inside -t..t is the one wanted.

    That probability is concave in t and the normal quantile lies below the root, so the steps only go up; the first
    one that does not has met the limit of the arithmetic.
    """
    t = start
    while (step := (inside - _inside(t, freedom)) / (2 * _density(t, freedom))) > 1e-15 * t:
        t += step
    return t


def _density(t: float, freedom: int) -> float:
    log_scale = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - math.log(freedom * math.pi) / 2
    return math.exp(log_scale - (freedom + 1) / 2 * math.log1p(t * t / freedom))


def _inside(t: float, freedom: int) -> float:
    """The probability of -t..t, as a finite sum for a whole number of degrees (Abramowitz & Stegun, 26.7.3-4)."""
    angle = math.atan(t / math.sqrt(freedom))
    cosine, sine = math.cos(angle), math.sin(angle)
    odd = freedom % 2
    total, term = 0.0, cosine if odd else 1.0
    for k in range(1 + odd, freedom, 2):
        total += term
        term *= k / (k + 1) * cosine * cosine
    return 2 / math.pi * (angle + sine * total) if odd else sine * total
