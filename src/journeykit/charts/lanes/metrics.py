"""A bar from zero (or the least of the scale) to the figure, a tick at its target, a whisker for its 95 %
interval, and a circle for the time within which 90 % stay. A tick or a cross says whether the target is met. A
low base is named, and nothing is shown for fewer than five answers. A metric of several touchpoints is at the first
of them, with their numbers; metrics of no touchpoint are last, under *Whole journey*.
"""

from __future__ import annotations

from journeykit.charts import metric_text
from journeykit.charts.about_text import origin
from journeykit.charts.lane import Band, View
from journeykit.drawing.scene import Circle, Group, Line, Mark, Rect, Role
from journeykit.drawing.stack import Stack
from journeykit.model import scale_bounds
from journeykit.scoring.metrics import Metric, metrics

GUTTER = 14.0
WIDE = 150.0
"""The most width of a metric."""
SIGN = 7.0


def lay_out(view: View, top: float) -> Band | None:
    every = metrics(view.journey)
    marks: list[Mark] = []
    bottom = top
    homes = [view.journey.touchpoint_ids(metric.kpi.at)[:1] for metric in every]
    taken = {at for at, slot in enumerate(view.columns.slots) if (slot.place.touchpoint.id,) in homes}
    for at, slot in enumerate(view.columns.slots):
        y = top
        for metric, home in zip(every, homes, strict=True):
            if home == (slot.place.touchpoint.id,):
                group = _metric(view, metric, slot.left, y, view.columns.room(at, taken, WIDE, GUTTER))
                marks.append(group)
                bottom = max(bottom, group.box().bottom)
                y = group.box().bottom + 3 * view.unit
    of_row = bool(marks)
    whole = [] if view.columns.after else [metric for metric in every if not metric.kpi.at]
    if whole:
        journey_marks, bottom = _whole(view, whole, bottom + 4 * view.unit * bool(marks))
        marks += journey_marks
    return Band(bottom - top, tuple(marks), view.labels("lanes.metrics"), of_row) if marks else None


def _whole(view: View, whole: list[Metric], top: float) -> tuple[list[Mark], float]:
    """Lay out metrics of no touchpoint beside each other; return them and the y of their end."""
    columns = view.columns
    heading = Stack(view.text, columns.left, top, columns.right - columns.left)
    heading.add(view.labels("metrics.whole"), view.type.caption, bold=True, color="accent", kind="whole")
    marks: list[Mark] = [*heading.marks]
    across = max(1, int((columns.right - columns.left + GUTTER) // (WIDE + GUTTER)))
    width = min(WIDE, columns.right - columns.left)
    y = bottom = heading.bottom + view.unit
    for number, metric in enumerate(whole):
        if number and number % across == 0:
            y = bottom + 3 * view.unit
        group = _metric(view, metric, columns.left + number % across * (WIDE + GUTTER), y, width, "whole-metric")
        marks.append(group)
        bottom = max(bottom, group.box().bottom)
    return marks, bottom


def _metric(view: View, metric: Metric, x: float, top: float, width: float, tag: str = "metric") -> Group:
    labels, small = view.labels, view.type.caption
    stack = Stack(view.text, x, top, width)
    name, kind = metric_text.name(metric.kpi, labels)
    stack.add(name, view.type.body, bold=True, kind="metric-name")
    about = " · ".join(filter(None, (kind, metric_text.statistic(metric, labels))))
    if about:
        stack.add(about, small, color="muted", kind="metric-kind")
    if len(at := view.journey.touchpoint_ids(metric.kpi.at)) > 1:
        numbers = ", ".join(str(view.rated[id].number) for id in at)
        stack.add(labels("opportunities.at", numbers=numbers), small, color="muted", kind="metric-places")
    shown = not metric.suppressed and metric.value is not None
    size = view.type.heading if shown else small
    stack.add(
        metric_text.figure(metric, labels), size, bold=shown, color="ink" if shown else "muted", kind="metric-value"
    )
    if has_bar(metric):
        stack.space(1)
        stack.marks += bullet(metric, x, stack.bottom, stack.width)
        stack.bottom += REACH + 2
    if target := metric_text.target(metric, labels):
        _target(metric, target, stack, small)
    for note in metric_text.notes(metric, labels):
        stack.add(note, small, color="muted", kind="metric-note")
    if basis := origin(view.journey, labels, metric.kpi):
        stack.add(" · ".join(basis), small, color="muted", kind="metric-note")
    return Group(marks=tuple(stack.marks), title=name, kind=tag)


def _target(metric: Metric, words: str, stack: Stack, size: float) -> None:
    """Add the target after a tick or a cross, which differ without colors too."""
    if metric.met is None or metric.suppressed:
        stack.add(words, size, kind="metric-target")
        return
    left, y = stack.x, stack.bottom + 0.62 * size
    points = ((0, 3.5), (2.4, 6), (7, 0.8)) if metric.met else ((0.8, 0.8), (6.2, 6.2), (0.8, 6.2), (6.2, 0.8))
    pairs = ((0, 1), (1, 2)) if metric.met else ((0, 1), (2, 3))
    color: Role = "good-ink" if metric.met else "bad-ink"
    strokes = tuple(
        Line(
            x1=left + points[one][0], y1=y - SIGN / 2 + points[one][1],
            x2=left + points[other][0], y2=y - SIGN / 2 + points[other][1],
            stroke=color, stroke_width=1.6, caps="round", kind="verdict",
        )
        for one, other in pairs
    )  # fmt: skip
    stack.marks.append(Group(marks=strokes, kind="icon"))
    stack.add(words, size, bold=True, color=color, indent=SIGN + 4, kind="metric-target")


TRACK = 9.0
BAR = 4.0
REACH = 12.0
"""Height of the tick of a target, and of the whole bar."""


def has_bar(metric: Metric) -> bool:
    """Return whether a bar is useful: a number needs a scale, or another number to compare with."""
    known = metric.unit in ("share", "nps", "ces")
    beside = metric.target is not None or metric.interval is not None or metric.p90 not in (None, metric.value)
    return not metric.suppressed and metric.value is not None and (known or beside)


def bullet(metric: Metric, x: float, top: float, width: float) -> list[Mark]:
    """Return the bar, `REACH` points high, its top left corner at (x, top)."""
    low, high = _scale(metric)
    upper = top + (REACH - TRACK) / 2
    middle, under = upper + 1 + BAR / 2, upper + TRACK - 2

    def at(value: float) -> float:
        return x + width * (min(max(value, low), high) - low) / (high - low)

    marks: list[Mark] = [Rect(x=x, y=upper, width=width, height=TRACK, fill="panel-strong", kind="bullet-track")]
    if metric.value is not None:
        ends = sorted((at(max(0.0, low)), at(metric.value)))
        color: Role = "neutral" if metric.met is None else "good" if metric.met else "bad"
        wide = ends[1] - ends[0]
        marks.append(Rect(x=ends[0], y=middle - BAR / 2, width=wide, height=BAR, fill=color, kind="bullet"))
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
    """Return the scale: that of shares, NPS and CES, else from 0 to slightly more than the largest number."""
    if metric.unit == "share":
        return 0.0, 1.0
    if metric.unit == "nps":
        return -100.0, 100.0
    if metric.unit == "ces":
        return scale_bounds(metric.scale or "1..7")
    shown = [one for one in (metric.value, metric.target, metric.p90, *(metric.interval or ())) if one is not None]
    low, high = min(0.0, *shown), max(0.0, *shown)
    return (low * 1.08, high * 1.08) if high > low else (0.0, 1.0)
