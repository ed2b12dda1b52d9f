"""Alt text of a trend."""

from __future__ import annotations

from collections.abc import Sequence

from journeykit.charts.locales import Labels
from journeykit.charts.trend.rows import Row, limits_of
from journeykit.charts.trend.text import figure_text, name_text
from journeykit.drawing.text import visible
from journeykit.measuring.control import Limits
from journeykit.measuring.series import Point
from journeykit.model import Journey


def trend_alt_text(journey: Journey, rows: Sequence[Row], labels: Labels) -> str:
    """Return the alt text: a line for each strip with its first and last value, and the periods that stand out."""
    lines = [f"{labels('trend.about')}: {journey.title}."]
    for row in rows:
        points = sorted(row.points)
        ends = [points[0], points[-1]] if len(points) > 1 else points
        values = "; ".join(_point(point, row.unit, labels) for point in ends)
        line = f"{row.title} ({name_text(row.strips[-1], labels)}): {values}"
        signals = [period for strip in row.strips for period in _signals(strip.points, limits_of(strip))]
        if signals:
            line += f"; {labels('trend.signal')}: {', '.join(signals)}"
        shifts = [limits_of(strip) for strip in row.strips]
        if any(found and any(found.shifted) for found in shifts):
            line += f"; {labels('trend.shift')}"
        if len(row.strips) > 1:
            line += f"; {labels('trend.break')}"
        lines.append(f"{line}.")
    return "\n".join(map(visible, lines))


def _point(point: Point, unit: str, labels: Labels) -> str:
    value = figure_text(point.value or 0.0, unit, labels)
    bounds = [figure_text(one, unit, labels) for one in (point.low, point.high) if one is not None]
    interval = f" ({' – '.join(bounds)})" if len(bounds) == 2 else ""
    return f"{point.period} {value}{interval}, {labels('trend.n', n=f'{point.n or 0:,}')}"


def _signals(points: Sequence[Point], found: Limits | None) -> list[str]:
    if found is None:
        return []
    told = [point for point in points if point.value is not None]
    return [point.period for at, point in enumerate(told) if found.outside[at]]
