"""Texts of a trend: names of strips and their figures."""

from __future__ import annotations

from journeykit.charts.locales import Labels
from journeykit.charts.time_text import span
from journeykit.charts.trend.rows import NAMES
from journeykit.measuring.series import Strip


def name_text(strip: Strip, labels: Labels) -> str:
    """Return how a strip was measured: metric, statistic, scale and source."""
    metric = NAMES.get(strip.metric, "")
    statistic = (
        labels("trend.mean") if strip.unit in ("points", "scale") else "" if metric == "NPS" else strip.statistic
    )
    return " · ".join(filter(None, (metric, statistic, strip.scale, strip.source)))


def figure_text(value: float, unit: str, labels: Labels, *, short: bool = False) -> str:
    """Return a value of a unit; short at a scale."""
    if unit == "time":
        return span(value, labels)
    if unit == "share":
        return labels("format.percent", n=labels.number(100 * value, 0 if short else 1))
    return labels.number(value, 1 if unit == "scale" or not short else 0)
