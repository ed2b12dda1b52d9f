"""A metric as a bullet bar: the value from its natural beginning, the target as a tick, its interval as a whisker."""

from __future__ import annotations

from journeykit.drawing.scene import Circle, Line, Mark, Rect, Role
from journeykit.scoring.metrics import Metric

TRACK = 9.0
BAR = 4.0
REACH = 12.0
"""Height of the tick of a target, and of all."""


def worth(metric: Metric) -> bool:
    """Whether a bar tells anything: a number on no scale, beside nothing else, fills any bar."""
    known = metric.unit in ("share", "nps", "ces")
    beside = metric.target is not None or metric.interval is not None or metric.p90 not in (None, metric.value)
    return not metric.suppressed and metric.value is not None and (known or beside)


def bullet(metric: Metric, x: float, top: float, width: float) -> list[Mark]:
    """The bar, `REACH` points high, its top left corner at (x, top)."""
    low, high = _scale(metric)
    upper = top + (REACH - TRACK) / 2
    middle, under = upper + 1 + BAR / 2, upper + TRACK - 2

    def at(value: float) -> float:
        return x + width * (min(max(value, low), high) - low) / (high - low)

    marks: list[Mark] = [Rect(x=x, y=upper, width=width, height=TRACK, fill="panel-strong", kind="bullet-track")]
    if metric.value is not None:
        ends = sorted((at(max(0.0, low)), at(metric.value)))
        colour: Role = "neutral" if metric.met is None else "good" if metric.met else "bad"
        wide = ends[1] - ends[0]
        marks.append(Rect(x=ends[0], y=middle - BAR / 2, width=wide, height=BAR, fill=colour, kind="bullet"))
    if metric.interval:  # below the bar, which may be as dark
        left, right = map(at, metric.interval)
        marks.append(Line(x1=left, y1=under, x2=right, y2=under, stroke="ink", stroke_width=0.9, kind="interval"))
        marks += [
            Line(x1=end, y1=under - 1.6, x2=end, y2=under + 1.6, stroke="ink", stroke_width=0.9, kind="interval-end")
            for end in (left, right)
        ]
    if metric.p90 is not None:
        marks.append(
            Circle(x=at(metric.p90), y=middle, radius=2.2, fill="page", stroke="ink", stroke_width=0.9, kind="p90")
        )
    if metric.target is not None:
        tick = at(metric.target)
        marks.append(Line(x1=tick, y1=top, x2=tick, y2=top + REACH, stroke="ink", stroke_width=2, kind="target"))
    return marks


def _scale(metric: Metric) -> tuple[float, float]:
    """Shares, NPS and CES on their own scale; all else from 0 to a little more than what is shown."""
    if metric.unit == "share":
        return 0.0, 1.0
    if metric.unit == "nps":
        return -100.0, 100.0
    if metric.unit == "ces":
        return 1.0, 7.0
    shown = [one for one in (metric.value, metric.target, metric.p90, *(metric.interval or ())) if one is not None]
    low, high = min(0.0, *shown), max(0.0, *shown)
    return (low * 1.08, high * 1.08) if high > low else (0.0, 1.0)
