"""Statistics of a sample: a value with its 95 % interval, both named.

Means: Student's t, clipped to the scale; none where answers do not differ or are fewer than five. Shares: Wilson, on
the effective number of answers if they have weights or come in clusters. NPS: adjusted Wald for simple samples, else
the linearised standard error. The formulas of simple samples are those of `scoring.metrics`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

from journeykit.measuring.durations import Durations, Quantile
from journeykit.measuring.samples import Estimate, Sample
from journeykit.scoring.metrics import Interval, nps, nps_groups, wilson
from journeykit.scoring.settings import LEAST_BASE
from journeykit.scoring.student import Z, t_quantile

Unit: TypeAlias = Literal["points", "share", "nps", "scale", "time"]
"""points: 0..100. share: 0..1. nps: -100..100. scale: as answered. time: seconds."""
TIGHT = 1e-9
"""A smaller standard deviation on 0..1 is a rounding error."""


class Statistic(NamedTuple):
    """A named value in a unit; None where it is hidden or not known."""

    name: str
    unit: Unit
    value: float | None
    low: float | None = None
    high: float | None = None
    interval: str = ""
    """The name of the interval's method, or why there is none."""
    error: float | None = None
    """Standard error."""
    freedom: float | None = None
    """Degrees of freedom of the standard error."""
    n: int | None = None
    """Number of answers or cases."""

    @property
    def half_width(self) -> float | None:
        """Half of the interval."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2


def mean(sample: Sample, low: float, high: float, unit: Unit) -> Statistic:
    """Return the mean answer on a scale from low to high, in points of 0..100 or as answered."""
    found = sample.estimate()
    factor, start = (100 / (high - low), low) if unit == "points" else (1.0, 0.0)
    name = "mean" if unit == "scale" else "mean on 0..100"
    value = factor * (found.value - start)
    error = None if found.error is None else factor * found.error
    plain = Statistic(name, unit, value, error=error, freedom=found.freedom, n=sample.n)
    if reason := _no_interval(sample, found, (high - low)):
        return plain._replace(interval=reason)
    assert error is not None
    least, most = (factor * (bound - start) for bound in (low, high))
    reach = t_quantile(0.975, found.freedom) * error
    method = "Student's t" if sample.is_simple else "Student's t, linearised"
    return plain._replace(low=max(least, value - reach), high=min(most, value + reach), interval=method)


def _no_interval(sample: Sample, found: Estimate, width: float) -> str:
    """Return why a mean has no interval; "" if it has one."""
    if sample.n < LEAST_BASE:
        return f"fewer than {LEAST_BASE} answers: no interval"
    if found.sd is None or found.sd < TIGHT * width:
        return "no spread: no interval"
    return "" if found.error is not None else "too few clusters: no interval"


def top_box(sample: Sample, high: float, top: int) -> Statistic:
    """Return the share of the highest answers."""
    return share_of(sample, f"top-{top} box", lambda score: float(score > high - top))


def share_of(sample: Sample, name: str, code: Callable[[float], float]) -> Statistic:
    """Return the share of the answers whose code is 1."""
    found = sample.estimate(code)
    value = min(1.0, max(0.0, found.value))
    plain = Statistic(name, "share", value, error=found.error, freedom=found.freedom, n=sample.n)
    if sample.n < LEAST_BASE:
        return plain._replace(interval=f"fewer than {LEAST_BASE} answers: no interval")
    if sample.is_simple:
        return _with(plain, wilson(value, sample.n), "Wilson")
    base = effective_base(sample, value, found.error)
    if base is None:
        return plain._replace(interval="too few clusters: no interval")
    return _with(plain, wilson(value, base), "Wilson on the effective n")


def effective_base(sample: Sample, share: float, error: float | None) -> float | None:
    """Return how many simple answers would be as exact for a share: Kish's number, or fewer where clusters say so."""
    kish = sample.effective_n
    if not sample.clustered and len(sample.strata) == 1:
        return kish
    if error is None:
        return None
    if error > 0:
        by_design = share * (1 - share) / error**2
        return min(kish, by_design) if sample.clustered else by_design
    return min(kish, float(sample.clusters)) if sample.clusters else kish


def promoter_code(score: float) -> float:
    """Return what an answer of 0..10 adds to an NPS: 100 for a promoter, -100 for a detractor."""
    return 100.0 if score >= 9 else -100.0 if score <= 6 else 0.0


def net_promoter_score(sample: Sample) -> Statistic:
    """Return the NPS of answers of 0..10."""
    found = sample.estimate(promoter_code)
    plain = Statistic("NPS", "nps", found.value, error=found.error, freedom=found.freedom, n=sample.n)
    if sample.n < LEAST_BASE:
        return plain._replace(interval=f"fewer than {LEAST_BASE} answers: no interval")
    if sample.is_simple:
        value, interval = nps(*nps_groups(sample.counts))
        return _with(plain._replace(value=value), interval, "adjusted Wald")
    if found.error is None:
        return plain._replace(interval="too few clusters: no interval")
    if found.error == 0:
        return plain._replace(interval="no spread: no interval")
    times = t_quantile(0.975, found.freedom) if sample.clustered else Z
    reach = times * found.error
    return _with(plain, (max(-100.0, found.value - reach), min(100.0, found.value + reach)), "linearised")


def proportion(name: str, k: float, n: int) -> Statistic:
    """Return a share of cases; n is at least 1."""
    plain = Statistic(name, "share", k / n, n=n)
    if n < LEAST_BASE:
        return plain._replace(interval=f"fewer than {LEAST_BASE} cases: no interval")
    return _with(plain, wilson(k / n, n), "Wilson")


def time_statistics(durations: Durations) -> tuple[Statistic, ...]:
    """Return median, 90th percentile and mean of cases that are over, in seconds."""
    n = durations.n
    return (
        quantile_statistic("median", durations.with_interval(0.5), n, "order statistics"),
        quantile_statistic("90th percentile", durations.with_interval(0.9), n, "order statistics"),
        Statistic("mean", "time", durations.mean, interval="no interval", n=n),
    )


def quantile_statistic(name: str, found: Quantile, n: int, method: str) -> Statistic:
    """Return a quantile with as much of its interval as is known."""
    if n < LEAST_BASE:
        return Statistic(name, "time", found.value, interval=f"fewer than {LEAST_BASE} cases: no interval", n=n)
    return Statistic(name, "time", found.value, found.low, found.high, method, n=n)


def _with(statistic: Statistic, interval: Interval, method: str) -> Statistic:
    return statistic._replace(low=interval[0], high=interval[1], interval=method)
