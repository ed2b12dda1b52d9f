"""Metrics as text, for charts and alt text."""

from __future__ import annotations

from journeykit.charts import time_text
from journeykit.charts.locales import Labels
from journeykit.drawing.text import visible
from journeykit.model.figures import Figure, Percent
from journeykit.model.improvement import Kpi
from journeykit.model.times import Duration
from journeykit.scoring.metrics import Metric


def name(kpi: Kpi, labels: Labels) -> tuple[str, str]:
    """Return the name of a KPI, and its kind if the author named it."""
    kind = labels(f"metrics.{kpi.kind}")
    if kpi.title:
        return visible(kpi.title), kind
    default = kpi.id.replace("-", "_").rstrip("_0123456789") == kpi.kind
    return (kind, "") if default else (kpi.id.replace("-", " "), kind)


def value(metric: Metric, labels: Labels) -> str:
    """Return the value with its statistic, or why there is none."""
    number = figure(metric, labels)
    return labels(f"metrics.{metric.statistic}", n=number) if _has_statistic(metric) else number


def statistic(metric: Metric, labels: Labels) -> str:
    """Return what the value of a time is, such as a median; an empty text for other metrics."""
    return labels(f"metrics.{metric.statistic}", n="").strip() if _has_statistic(metric) else ""


def _has_statistic(metric: Metric) -> bool:
    shown = not metric.suppressed and metric.value is not None
    return shown and metric.unit == "time" and bool(metric.statistic)


def figure(metric: Metric, labels: Labels) -> str:
    """Return the value without its statistic, or why there is none."""
    kpi = metric.kpi
    if metric.suppressed:
        return labels("metrics.too_few")
    if metric.value is None:
        return labels("metrics.none")
    counted = bool(kpi.counts) or kpi.promoters is not None or kpi.k is not None
    stated = (kpi.median, kpi.value, kpi.mean, kpi.p90) if metric.unit == "time" else (kpi.value, kpi.mean, kpi.median)
    written = None if counted else next((figure for figure in stated if figure is not None), None)
    if written is None:
        return _with_unit(metric, _computed(metric, metric.value, labels))
    if metric.unit == "share" and isinstance(written, float):
        return labels("format.percent", n=labels.number(100 * written, _places(100 * written)))
    return _with_unit(metric, _written(written, labels))


def _with_unit(metric: Metric, number: str) -> str:
    return f"{number} {visible(metric.kpi.unit)}" if metric.kpi.unit and metric.unit == "number" else number


def target(metric: Metric, labels: Labels) -> str:
    """Return the target and whether it is met; an empty text if there is none."""
    if metric.kpi.target is None:
        return ""
    shown = metric.kpi.target
    if metric.unit == "share" and isinstance(shown, float) and metric.target is not None:
        text = labels("metrics.target", n=_computed(metric, metric.target, labels))
    else:
        text = labels("metrics.target", n=_written(shown, labels))
    if metric.met is None or metric.suppressed:
        return text
    return f"{text}: {labels('metrics.met' if metric.met else 'metrics.missed')}"


def notes(metric: Metric, labels: Labels) -> list[str]:
    """Return the interval, further figures and the base, each for its own line."""
    found = []
    if not metric.suppressed:
        if metric.interval:
            low, high = metric.interval
            ends = {"low": _plain(metric, low, labels), "high": _computed(metric, high, labels)}
            if labels("format.percent", n="0").startswith("%"):  # 70–75%, but %70–%75
                ends["low"] = _computed(metric, low, labels)
            if low < 0:  # a dash between two minus signs is hard to read
                ends = {"low": f"{ends['low']}\u00a0", "high": f"\u00a0{ends['high']}"}
            found.append(labels("score.interval", **ends))
        if metric.easy is not None:
            found.append(labels("metrics.easy", share=labels("format.percent", n=labels.number(100 * metric.easy))))
        if metric.p90 is not None and metric.kpi.p90 is not None and metric.statistic != "p90":
            found.append(labels("metrics.p90", n=_written(metric.kpi.p90, labels)))
    if metric.kpi.clock:
        found.append(labels(f"metrics.{metric.kpi.clock}"))
    if metric.response_rate is not None and not metric.suppressed:
        found.append(labels("metrics.response", share=labels.share(metric.response_rate)))
    if metric.n is not None:
        base = labels("metrics.base", n=metric.n)
        found.append(f"{base} · {labels('metrics.low_base')}" if metric.low_base else base)
    return found


def _written(figure: Figure, labels: Labels) -> str:
    """Return a figure with the decimals it was written with, at most two."""
    if isinstance(figure, Duration):
        return time_text.duration(figure, labels)
    if isinstance(figure, Percent):
        return labels("format.percent", n=labels.number(100 * figure.share, _places(100 * figure.share)))
    return labels.number(figure, _places(figure))


def _computed(metric: Metric, number: float, labels: Labels) -> str:
    """Return a number with the decimals usual for its kind."""
    if metric.unit == "time":
        return time_text.span(number, labels)
    if metric.unit == "share":
        return labels("format.percent", n=_plain(metric, number, labels))
    return _plain(metric, number, labels)


def _plain(metric: Metric, number: float, labels: Labels) -> str:
    return labels.number(100 * number if metric.unit == "share" else number)


def _places(number: float) -> int:
    return next((places for places in (0, 1) if abs(number - round(number, places)) < 1e-9), 2)
