"""Service metrics: what a journey's KPIs come to, with their 95 % intervals and bases.

CSAT is the share of answers in the top two (4-5 of 5, 6-7 of 7), FCR and rates are shares: Wilson's interval (1927).
NPS is the share of promoters less that of detractors: adjusted Wald interval (n + 3, P + ¾, D + ¾; Rocks 2016). CES is
a mean of 1..7: t interval; its share of 5 and more: Wilson. Times have a median, a 90th percentile and a mean, and
no interval.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from journeykit.model import Journey
from journeykit.model.figures import Figure, Percent
from journeykit.model.improvement import Kpi
from journeykit.model.times import Duration
from journeykit.scoring.student import Z, t_quantile

LOW_BASE = 30
"""Below so many answers a figure is marked as one of a low base …"""
TOO_FEW = 5
"""… and below so many it is not shown."""
SHARES = ("csat", "fcr", "rate")
TIMES = ("response_time", "resolution_time", "duration")

Unit: TypeAlias = Literal["share", "nps", "ces", "time", "number"]
"""share: 0..1. nps: -100..100. ces: 1..7. time: seconds. number: as it was written."""
Interval: TypeAlias = tuple[float, float]


class Metric(NamedTuple):
    """A KPI in figures. All of them are in `unit`; None is what the KPI does not say."""

    kpi: Kpi
    unit: Unit
    value: float | None
    """Of a time the median, else the value, the mean or the 90th percentile."""
    interval: Interval | None = None
    n: int | None = None
    target: float | None = None
    """None also if it is in another unit than the value."""
    p90: float | None = None
    mean: float | None = None
    easy: float | None = None
    """CES: the share of answers of 5 and more, 0..1."""
    easy_interval: Interval | None = None

    @property
    def low_base(self) -> bool:
        """Whether it rests on too few answers to build on."""
        return self.n is not None and self.n < LOW_BASE

    @property
    def suppressed(self) -> bool:
        """Whether it rests on too few answers to be shown at all."""
        return self.n is not None and self.n < TOO_FEW

    @property
    def met(self) -> bool | None:
        """Whether the target is met: times from above, all else from below; a count may mean either."""
        if self.value is None or self.target is None or self.kpi.kind == "count":
            return None
        return self.value <= self.target if self.unit == "time" else self.value >= self.target


def metrics(journey: Journey) -> tuple[Metric, ...]:
    """The journey's KPIs in the order of the file."""
    return tuple(metric_of(kpi) for kpi in journey.kpis)


def metric_of(kpi: Kpi) -> Metric:
    """A KPI in figures, computed from counts where it gives them."""
    counts = {value: count for value, count in (kpi.counts or {}).items() if count}
    if kpi.kind == "nps":
        return _nps(kpi, counts)
    if counts and kpi.kind == "csat":
        top = 6 if max(kpi.counts or counts) > 5 else 4
        n = sum(counts.values())
        return _share(kpi, sum(count for value, count in counts.items() if value >= top) / n, n)
    if counts and kpi.kind in ("ces", "rating"):
        return _mean(kpi, counts)
    if kpi.kind in TIMES:
        return _time(kpi)
    value = _first(kpi.value, kpi.mean, kpi.median, kpi.p90)
    share = _as_share(value)
    if share is not None and (kpi.kind in SHARES or isinstance(value, Percent)):
        return _share(kpi, share, kpi.n)
    if isinstance(value, Percent):  # more than all, or less than nothing: a growth
        target = _points(kpi.target) if isinstance(kpi.target, Percent) else None
        return Metric(kpi=kpi, unit="number", value=_points(value), n=kpi.n, target=target)
    unit: Unit = "ces" if kpi.kind == "ces" else "number"
    return Metric(kpi=kpi, unit=unit, value=_number(value), n=kpi.n, target=_number(kpi.target))


def wilson(share: float, n: int) -> Interval:
    """Wilson's 95 % interval of a share of n answers, n at least 1."""
    spread = Z * math.sqrt(share * (1 - share) / n + (Z / n) ** 2 / 4)
    centre, whole = share + Z * Z / n / 2, 1 + Z * Z / n
    return max(0.0, (centre - spread) / whole), min(1.0, (centre + spread) / whole)


def nps(promoters: int, detractors: int, n: int) -> tuple[float, Interval]:
    """The net promoter score of n answers, at least 1, and its adjusted Wald interval, on -100..100."""
    more = n + 3
    p, d = (promoters + 0.75) / more, (detractors + 0.75) / more
    reach = Z * math.sqrt((p + d - (p - d) ** 2) / more)
    return 100 * (promoters - detractors) / n, (max(-100.0, 100 * (p - d - reach)), min(100.0, 100 * (p - d + reach)))


def _nps(kpi: Kpi, counts: Mapping[int, int]) -> Metric:
    if counts:
        parts = [sum(n for value, n in counts.items() if value in group) for group in (range(9, 11), range(7))]
        promoters, detractors, n = *parts, sum(counts.values())
    else:
        promoters, detractors = kpi.promoters or 0, kpi.detractors or 0
        n = promoters + detractors + (kpi.passives or 0)
    target = _points(kpi.target)
    if not n:
        return Metric(kpi=kpi, unit="nps", value=_points(kpi.value), n=kpi.n, target=target)
    value, interval = nps(promoters, detractors, n)
    return Metric(kpi=kpi, unit="nps", value=value, interval=interval, n=n, target=target)


def _share(kpi: Kpi, share: float, n: int | None) -> Metric:
    interval = wilson(share, n) if n else None
    return Metric(kpi=kpi, unit="share", value=share, interval=interval, n=n, target=_as_share(kpi.target))


def _mean(kpi: Kpi, counts: Mapping[int, int]) -> Metric:
    n = sum(counts.values())
    mean = math.fsum(value * count for value, count in counts.items()) / n
    interval = None
    if n > 1:
        spread = math.fsum(count * (value - mean) ** 2 for value, count in counts.items()) / (n - 1)
        reach = t_quantile(0.975, n - 1) * math.sqrt(spread / n)
        interval = mean - reach, mean + reach
    low, high = (1, 7) if kpi.kind == "ces" else _stars(kpi.counts or counts)
    if interval:
        interval = max(float(low), interval[0]), min(float(high), interval[1])
    target = _number(kpi.target)
    if kpi.kind == "rating":
        return Metric(kpi=kpi, unit="number", value=mean, interval=interval, n=n, target=target)
    easy = sum(count for value, count in counts.items() if value >= 5) / n
    return Metric(
        kpi=kpi, unit="ces", value=mean, interval=interval, n=n, target=target, easy=easy, easy_interval=wilson(easy, n)
    )


def _stars(counts: Mapping[int, int]) -> tuple[int, int]:
    """The scale of a rating by its answers: stars go to 5, else points to 10, else as far as they are counted."""
    low, high = min(counts), max(counts)
    return min(1, low), next((end for end in (5, 10) if high <= end), high)


def _time(kpi: Kpi) -> Metric:
    return Metric(
        kpi=kpi,
        unit="time",
        value=_seconds(_first(kpi.median, kpi.value, kpi.mean, kpi.p90)),
        n=kpi.n,
        target=_seconds(kpi.target),
        p90=_seconds(kpi.p90),
        mean=_seconds(kpi.mean),
    )


def _first(*figures: Figure | None) -> Figure | None:
    return next((figure for figure in figures if figure is not None), None)


def _as_share(figure: Figure | None) -> float | None:
    """A percentage, or a number that can only be a share."""
    if isinstance(figure, Percent):
        return figure.share if 0 <= figure.share <= 1 else None
    return figure if isinstance(figure, float) and 0 <= figure <= 1 else None


def _number(figure: Figure | None) -> float | None:
    return figure if isinstance(figure, float) else None


def _points(figure: Figure | None) -> float | None:
    """A number, or a percentage in points: 40 % are 40."""
    return 100 * figure.share if isinstance(figure, Percent) else _number(figure)


def _seconds(figure: Figure | None) -> float | None:
    return float(figure.seconds) if isinstance(figure, Duration) else None
