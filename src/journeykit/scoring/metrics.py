"""Service metrics: the figures of a journey's KPIs, with their 95 % intervals and bases.

CSAT is the share of the highest answers on its scale (top-2 box of 5 and 7), FCR and rates are shares: Wilson's
interval (1927). NPS is the share of promoters less that of detractors: adjusted Wald interval (n + 3, P + ¾,
D + ¾; Rocks 2016). CES 2.0 is a mean of 1..7: t interval; its share of 5 and more: Wilson. Times have a median, a
90th percentile and a mean, and no interval. Fewer than five answers, and means of answers that are all the same, have
none either.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, TypeAlias

from journeykit.model import Journey, scale_bounds
from journeykit.model.answers import DEFAULT_TOP, OWN_SCALES, SHARES, TIMES, scale_by_counts
from journeykit.model.figures import Figure, Percent
from journeykit.model.improvement import Kpi
from journeykit.model.times import Duration
from journeykit.model.values import AnswerScale
from journeykit.scoring.settings import LEAST_BASE
from journeykit.scoring.student import Z, t_quantile

LOW_BASE = 30
"""Figures with fewer answers are marked as having a low base (a convention of the industry)."""
WORSE = ("abandon", "complain", "reopen", "churn", "escalat", "cancel", "drop", "bounce", "error", "fail", "lost",
         "missed", "no-show", "repeat", "unanswered", "unresolved", "unsolved")  # fmt: skip
BETTER = ("answer", "resol", "solv", "handl", "clos", "avoid", "prevent", "recover", "saved", "within")
"""Stems in ids of rates and counts that are better low, and stems that reverse that ("resolved complaints")."""

Unit: TypeAlias = Literal["share", "nps", "ces", "time", "number"]
"""share: 0..1. nps: -100..100. ces: on its scale. time: seconds. number: as written."""
Statistic: TypeAlias = Literal["median", "mean", "p90"]
Interval: TypeAlias = tuple[float, float]


class Metric(NamedTuple):
    """The figures of a KPI, in `unit`; None for those that it does not have."""

    kpi: Kpi
    unit: Unit
    value: float | None
    """For a time the median, else the value, the mean or the 90th percentile."""
    interval: Interval | None = None
    n: int | None = None
    target: float | None = None
    """None also if it is in another unit than the value."""
    p90: float | None = None
    mean: float | None = None
    easy: float | None = None
    """CES 2.0: the share of answers of 5 and more, 0..1."""
    easy_interval: Interval | None = None
    statistic: Statistic | None = None
    """The statistic of a time; None if the KPI does not state it, and for other KPIs."""
    scale: AnswerScale | None = None
    """The scale of counted answers."""
    sd: float | None = None
    """Standard deviation of counted answers."""
    minimum_base: int = LEAST_BASE
    """The figure is not shown if it has fewer answers."""

    @property
    def low_base(self) -> bool:
        """Whether it has too few answers to be reliable."""
        return self.n is not None and self.n < LOW_BASE

    @property
    def suppressed(self) -> bool:
        """Whether it has too few answers to be shown."""
        return self.n is not None and self.n < self.minimum_base

    @property
    def response_rate(self) -> float | None:
        """The share of people asked who answered, 0..1; None if one of the numbers is unknown."""
        return self.n / self.kpi.sent if self.n is not None and self.kpi.sent else None

    @property
    def no_spread(self) -> bool:
        """Whether all answers are equal, so that there is no estimate of their spread."""
        return self.sd == 0

    @property
    def better(self) -> Literal["higher", "lower"] | None:
        """Whether higher or lower is good; None for a count that may be either."""
        return self.kpi.better or _better(self.kpi)

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None if that is unknown."""
        if self.value is None or self.target is None or self.better is None:
            return None
        return self.value <= self.target if self.better == "lower" else self.value >= self.target


def _better(kpi: Kpi) -> Literal["higher", "lower"] | None:
    if kpi.kind in TIMES or kpi.kind == "ces1":
        return "lower"
    if kpi.kind in ("rate", "count"):
        words = [kpi.id, *re.split(r"[^a-z]+", kpi.id)]
        bad = any(word.startswith(WORSE) for word in words)
        if bad and not any(word.startswith(BETTER) for word in words):
            return "lower"
    return None if kpi.kind == "count" else "higher"


def metrics(journey: Journey, kpis: Iterable[Kpi] | None = None) -> tuple[Metric, ...]:
    """Return the journey's KPIs, or some of them, in the order of the file."""
    chosen = journey.kpis if kpis is None else kpis
    return tuple(metric_of(kpi, journey.scoring.minimum_base or LEAST_BASE) for kpi in chosen)


def metric_of(kpi: Kpi, minimum_base: int = LEAST_BASE) -> Metric:
    """Return the figures of a KPI, computed from counts if it has them."""
    return _metric_of(kpi)._replace(minimum_base=minimum_base)


def _metric_of(kpi: Kpi) -> Metric:
    counts = {value: count for value, count in (kpi.counts or {}).items() if count}
    if kpi.kind == "nps":
        return _nps(kpi)
    if counts and kpi.kind == "csat":
        return _csat(kpi, counts)
    if counts and kpi.kind in ("ces", "ces1", "rating"):
        return _mean(kpi, counts)
    if kpi.kind in TIMES:
        return _time(kpi)
    if kpi.k is not None and kpi.n:
        return _share(kpi, kpi.k / kpi.n, kpi.n)
    value = _first(kpi.value, kpi.mean, kpi.median, kpi.p90)
    share = _as_share(value)
    if share is not None and (kpi.kind in SHARES or isinstance(value, Percent)):
        return _share(kpi, share, kpi.n)
    if isinstance(value, Percent):  # above 100 % or negative: a growth rate
        target = _points(kpi.target) if isinstance(kpi.target, Percent) else None
        return Metric(kpi=kpi, unit="number", value=_points(value), n=kpi.n, target=target)
    unit: Unit = "ces" if kpi.kind in ("ces", "ces1") else "number"
    metric = Metric(kpi=kpi, unit=unit, value=_number(value), n=kpi.n, target=_number(kpi.target))
    return metric._replace(scale=scale_of(kpi)) if unit == "ces" else metric


def scale_of(kpi: Kpi) -> AnswerScale | None:
    """Return the scale of a KPI's answers; None if it is unknown."""
    own = OWN_SCALES.get(kpi.kind)
    return kpi.scale or (own[0] if own else scale_by_counts(kpi.counts or {}))


def _csat(kpi: Kpi, counts: Mapping[int, int]) -> Metric:
    """Return the share of the highest answers; no figure if it is unknown which they are."""
    scale, n = scale_of(kpi), sum(counts.values())
    top = kpi.top or DEFAULT_TOP.get(scale or "")
    if scale is None or top is None:
        return Metric(kpi=kpi, unit="share", value=None, n=n)
    high = scale_bounds(scale)[1]
    satisfied = sum(count for value, count in counts.items() if value > high - top)
    return _share(kpi, satisfied / n, n)._replace(scale=scale)


def wilson(share: float, n: float) -> Interval:
    """Return Wilson's 95 % interval of a share of n answers; n is above 0, and need not be whole if it is effective."""
    spread = Z * math.sqrt(share * (1 - share) / n + (Z / n) ** 2 / 4)
    centre, whole = share + Z * Z / n / 2, 1 + Z * Z / n
    return max(0.0, (centre - spread) / whole), min(1.0, (centre + spread) / whole)


def nps(promoters: int, detractors: int, n: int) -> tuple[float, Interval]:
    """Return the net promoter score of n answers, at least 1, and its adjusted Wald interval, on -100..100."""
    more = n + 3
    p, d = (promoters + 0.75) / more, (detractors + 0.75) / more
    reach = Z * math.sqrt((p + d - (p - d) ** 2) / more)
    return 100 * (promoters - detractors) / n, (max(-100.0, 100 * (p - d - reach)), min(100.0, 100 * (p - d + reach)))


def nps_groups(counts: Mapping[int, int] | Mapping[float, int]) -> tuple[int, int, int]:
    """Return promoters, detractors and all of the counted answers of 0..10."""
    promoters = sum(n for value, n in counts.items() if value >= 9)
    detractors = sum(n for value, n in counts.items() if value <= 6)
    return promoters, detractors, sum(counts.values())


def nps_groups_of(kpi: Kpi) -> tuple[int, int, int]:
    """Return promoters, detractors and all answers of a KPI; zeros if it does not give them."""
    if kpi.counts:
        return nps_groups(kpi.counts)
    promoters, detractors = kpi.promoters or 0, kpi.detractors or 0
    return promoters, detractors, promoters + detractors + (kpi.passives or 0)


def _nps(kpi: Kpi) -> Metric:
    promoters, detractors, n = nps_groups_of(kpi)
    target = _points(kpi.target)
    if not n:
        return Metric(kpi=kpi, unit="nps", value=_points(kpi.value), n=kpi.n, target=target)
    value, interval = nps(promoters, detractors, n)
    return Metric(kpi=kpi, unit="nps", value=value, interval=interval, n=n, target=target)


def _share(kpi: Kpi, share: float, n: int | None) -> Metric:
    interval = wilson(share, n) if n and n >= LEAST_BASE else None
    return Metric(kpi=kpi, unit="share", value=share, interval=interval, n=n, target=_as_share(kpi.target))


def _mean(kpi: Kpi, counts: Mapping[int, int]) -> Metric:
    n, scale = sum(counts.values()), scale_of(kpi)
    mean = math.fsum(value * count for value, count in counts.items()) / n
    sd = interval = None
    if n > 1:
        sd = math.sqrt(math.fsum(count * (value - mean) ** 2 for value, count in counts.items()) / (n - 1))
    if sd and n >= LEAST_BASE:
        reach = t_quantile(0.975, n - 1) * sd / math.sqrt(n)
        low, high = scale_bounds(scale) if scale else (-math.inf, math.inf)
        interval = max(low, mean - reach), min(high, mean + reach)
    metric = Metric(
        kpi=kpi, unit="number" if kpi.kind == "rating" else "ces", value=mean, interval=interval, n=n,
        target=_number(kpi.target), scale=scale, sd=sd,
    )  # fmt: skip
    if kpi.kind != "ces":
        return metric
    easy = sum(count for value, count in counts.items() if value >= 5) / n
    return metric._replace(easy=easy, easy_interval=wilson(easy, n))


def _time(kpi: Kpi) -> Metric:
    names: tuple[Statistic, ...] = ("median", "mean", "p90")
    statistic = next((name for name in names if getattr(kpi, name) is not None), None)
    if kpi.median is None and kpi.value is not None:
        statistic = None
    return Metric(
        kpi=kpi,
        unit="time",
        value=_seconds(_first(kpi.median, kpi.value, kpi.mean, kpi.p90)),
        n=kpi.n,
        target=_seconds(kpi.target),
        p90=_seconds(kpi.p90),
        mean=_seconds(kpi.mean),
        statistic=statistic,
    )


def _first(*figures: Figure | None) -> Figure | None:
    return next((figure for figure in figures if figure is not None), None)


def _as_share(figure: Figure | None) -> float | None:
    """Return a percentage, or a number that can only be a share."""
    if isinstance(figure, Percent):
        return figure.share if 0 <= figure.share <= 1 else None
    return figure if isinstance(figure, float) and 0 <= figure <= 1 else None


def _number(figure: Figure | None) -> float | None:
    return figure if isinstance(figure, float) else None


def _points(figure: Figure | None) -> float | None:
    """Return a number, or a percentage in points: 40 % are 40."""
    return 100 * figure.share if isinstance(figure, Percent) else _number(figure)


def _seconds(figure: Figure | None) -> float | None:
    return float(figure.seconds) if isinstance(figure, Duration) else None
