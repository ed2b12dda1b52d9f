"""Durations counted in buckets: quantiles, their intervals by order statistics, and Kaplan and Meier's median.

Quantiles are type 7 of Hyndman and Fan (The American Statistician 50, 1996) over the durations in order, spread evenly
between the least and the most of their bucket, so that they are exact where a bucket holds one value. The interval of
a quantile lies between the durations whose ranks are the binomial 2.5 % and 97.5 % (Conover, Practical Nonparametric
Statistics). Where cases are still open, quantiles are Kaplan and Meier's, their intervals Brookmeyer and Crowley's
(Biometrics 38, 1982), with Greenwood's variance.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from journeykit.scoring.distributions import binomial_quantile
from journeykit.scoring.student import Z


class Bucket(NamedTuple):
    """n durations from `least` to `most`, with their sum; of cases that are over, or still open."""

    least: float
    most: float
    n: int
    total: float
    open: bool = False


class Quantile(NamedTuple):
    """A quantile with its 95 % interval; None where so few cases do not bound it, or where it is not reached."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Durations:
    """Durations of cases that are over."""

    buckets: tuple[Bucket, ...]

    @classmethod
    def of(cls, buckets: Iterable[Bucket]) -> Durations:
        """Return the durations of those buckets whose cases are over."""
        return cls(tuple(sorted(one for one in buckets if not one.open and one.n)))

    @cached_property
    def n(self) -> int:
        """Number of cases."""
        return sum(one.n for one in self.buckets)

    @cached_property
    def mean(self) -> float:
        """Mean of at least one duration."""
        return math.fsum(one.total for one in self.buckets) / self.n

    def quantile(self, share: float) -> float:
        """Return the type 7 quantile of at least one duration."""
        return quantile(self._ends, self.buckets.__getitem__, share)

    def with_interval(self, share: float) -> Quantile:
        """Return a quantile with its interval by order statistics."""
        first, last = binomial_quantile(0.025, self.n, share), binomial_quantile(0.975, self.n, share) + 1
        return Quantile(
            self.quantile(share),
            self._ranked(first - 1) if first >= 1 else None,
            self._ranked(last - 1) if last <= self.n else None,
        )

    def within(self, limit: float) -> float:
        """Return how many cases took at most `limit`; evenly spread inside of a bucket."""
        return math.fsum(_part_within(one, limit) for one in self.buckets)

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(one.n for one in self.buckets))

    def _ranked(self, rank: int) -> float:
        return _ranked(self._ends, self.buckets.__getitem__, rank)


def quantile(ends: Sequence[int], bucket_at: Callable[[int], Bucket], share: float) -> float:
    """Return the type 7 quantile of at least one duration, of which up to two buckets are asked for.

    `ends` are the numbers of durations up to the end of each bucket, in order.
    """
    place = (ends[-1] - 1) * share
    rank = math.floor(place)
    low = _ranked(ends, bucket_at, rank)
    return low if place == rank else low + (place - rank) * (_ranked(ends, bucket_at, rank + 1) - low)


def _ranked(ends: Sequence[int], bucket_at: Callable[[int], Bucket], rank: int) -> float:
    """Return the duration at a rank from 0."""
    at = bisect_right(ends, rank)
    bucket = bucket_at(at)
    inside = rank - (ends[at] - bucket.n)
    return bucket.least + (bucket.most - bucket.least) * inside / (bucket.n - 1) if bucket.n > 1 else bucket.least


def _part_within(bucket: Bucket, limit: float) -> float:
    if limit >= bucket.most:
        return bucket.n
    if limit < bucket.least:
        return 0
    return bucket.n * (limit - bucket.least) / (bucket.most - bucket.least)


class SurvivalStep(NamedTuple):
    """The share of cases still open just after a time, and Greenwood's standard error of it."""

    time: float
    share: float
    error: float


def survival(buckets: Iterable[Bucket]) -> tuple[SurvivalStep, ...]:
    """Return the Kaplan-Meier curve: a step at each time at which cases end."""
    ordered = sorted(buckets, key=lambda one: (one.total / one.n, one.open))  # what is open leaves after what ends
    at_risk, share, greenwood = sum(one.n for one in ordered), 1.0, 0.0
    steps: list[SurvivalStep] = []
    for bucket in ordered:
        if not bucket.open:
            left = at_risk - bucket.n
            greenwood += bucket.n / (at_risk * left) if left else 0.0
            share *= left / at_risk
            steps.append(SurvivalStep(bucket.total / bucket.n, share, share * math.sqrt(greenwood)))
        at_risk -= bucket.n
    return tuple(steps)


def open_quantile(steps: Sequence[SurvivalStep], share: float) -> Quantile:
    """Return the time by which a share of cases is over; parts are None where the curve does not fall that far."""
    left = 1 - share + 1e-12
    return Quantile(
        next((step.time for step in steps if step.share <= left), None),
        next((step.time for step in steps if step.share - Z * step.error <= left), None),
        next((step.time for step in steps if step.share + Z * step.error <= left), None),
    )
