"""Student's t distribution: quantiles for confidence intervals of means, and p-values."""

from __future__ import annotations

import math
from functools import lru_cache

Z = 1.959963984540054
"""The normal quantile of 0.975, for 95 % intervals; a constant, since `statistics` takes long to import."""
_MANY = 1000
"""Degrees of freedom from which four terms of the asymptotic series are exact to 1e-14."""


@lru_cache(1024)
def t_quantile(probability: float, freedom: float) -> float:
    """Return the quantile of the t distribution for a probability.

    probability from 0.5 to below 1; freedom: degrees of freedom, at least 1, whole or not (ValueError otherwise).
    Exact to a relative 1e-10.
    """
    if not (0.5 <= probability < 1 and freedom >= 1):
        raise ValueError(f"no t quantile for probability {probability} and {freedom} degrees of freedom")
    normal = Z if probability == 0.975 else _normal(probability)
    return _series(normal, freedom) if freedom > _MANY else _newton(normal, 2 * probability - 1, freedom)


def _normal(probability: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(probability)


def _series(z: float, freedom: float) -> float:
    """Return the Cornish-Fisher expansion around the normal quantile (Abramowitz & Stegun, 26.7.5)."""
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + math.fsum(term / freedom**power for power, term in enumerate(terms, start=1))


def _newton(start: float, inside: float, freedom: float) -> float:
    """Return the t for which -t..t has the probability `inside`, by Newton's method.

    The probability is concave in t and the normal quantile is below the root, so that the steps only go up; the first
    one that does not has reached the precision of floats.
    """
    t = start
    while (step := (inside - _inside(t, freedom)) / (2 * _density(t, freedom))) > 1e-15 * t:
        t += step
    return t


def _density(t: float, freedom: float) -> float:
    log_scale = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - math.log(freedom * math.pi) / 2
    return math.exp(log_scale - (freedom + 1) / 2 * math.log1p(t * t / freedom))


def _inside(t: float, freedom: float) -> float:
    """Return the probability of -t..t."""
    return 1 - two_sided(t, freedom)


@lru_cache(1024)
def two_sided(t: float, freedom: float) -> float:
    """Return the probability of a t-distributed number at least as far from 0 as t: a p-value.

    The regularised incomplete beta function at freedom / (freedom + t²) (Abramowitz & Stegun, 26.7.1).
    """
    return incomplete_beta(freedom / (freedom + t * t), t * t / (freedom + t * t), freedom / 2, 0.5)


def incomplete_beta(x: float, rest: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b); `rest` is 1 - x, exact also where x is near 1.

    By its continued fraction (Abramowitz & Stegun, 26.5.8).
    """
    if not rest:
        return 1.0
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast on the other side
        return 1 - _beta(rest, x, b, a)
    return _beta(x, rest, a, b)


def _beta(x: float, rest: float, a: float, b: float) -> float:
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(rest))
    c, d = 1.0, 1 / _off_zero(1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, 500):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d, c = 1 / _off_zero(1 + term * d), _off_zero(1 + term / c)
            fraction *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return front * fraction / a


def _off_zero(value: float) -> float:
    """Replace a number near 0 by one that can be a divisor (Lentz's method)."""
    return value if abs(value) > 1e-300 else 1e-300
