"""Metrics: KPIs under the touchpoint where they are measured, against their targets; the whole journey's last."""

from __future__ import annotations

from journeykit.charts import figures
from journeykit.charts.bullet import REACH, bullet, worth
from journeykit.charts.lane import Band, View
from journeykit.drawing.scene import Group, Line, Mark, Role
from journeykit.drawing.stack import Stack
from journeykit.scoring.metrics import Metric, metrics

GUTTER = 14.0
WIDE = 150.0
"""The most that a metric takes."""
SIGN = 7.0


def lay(view: View, top: float) -> Band | None:
    every = metrics(view.journey)
    marks: list[Mark] = []
    bottom = top
    for slot in view.columns.slots:
        y = top
        for metric in every:
            if metric.kpi.at == slot.place.touchpoint.id:
                made = _metric(view, metric, slot.left, y, min(slot.width - GUTTER, WIDE))
                marks.append(made)
                bottom = max(bottom, made.box().bottom)
                y = made.box().bottom + 3 * view.unit
    whole = [] if view.columns.after else [metric for metric in every if metric.kpi.at not in view.rated]
    if whole:
        made_whole, bottom = _whole(view, whole, bottom + 4 * view.unit * bool(marks))
        marks += made_whole
    return Band(bottom - top, tuple(marks), view.labels("lanes.metrics")) if marks else None


def _whole(view: View, whole: list[Metric], top: float) -> tuple[list[Mark], float]:
    """Metrics of no touchpoint side by side; and where they end."""
    columns = view.columns
    heading = Stack(view.text, columns.left, top, columns.right - columns.left)
    heading.add(view.labels("metrics.whole"), view.type.caption, bold=True, colour="accent", kind="whole")
    marks: list[Mark] = [*heading.marks]
    across = max(1, int((columns.right - columns.left + GUTTER) // (WIDE + GUTTER)))
    width = min(WIDE, columns.right - columns.left)
    y = bottom = heading.bottom + view.unit
    for number, metric in enumerate(whole):
        if number and number % across == 0:
            y = bottom + 3 * view.unit
        made = _metric(view, metric, columns.left + number % across * (WIDE + GUTTER), y, width, "whole-metric")
        marks.append(made)
        bottom = max(bottom, made.box().bottom)
    return marks, bottom


def _metric(view: View, metric: Metric, x: float, top: float, width: float, tag: str = "metric") -> Group:
    labels, small = view.labels, view.type.caption
    stack = Stack(view.text, x, top, width)
    name, kind = figures.name(metric.kpi, labels)
    stack.add(name, view.type.body, bold=True, kind="metric-name")
    if kind:
        stack.add(kind, small, colour="muted", kind="metric-kind")
    shown = not metric.suppressed and metric.value is not None
    size = view.type.heading if shown else small
    stack.add(figures.value(metric, labels), size, bold=shown, colour="ink" if shown else "muted", kind="metric-value")
    if worth(metric):
        stack.space(1)
        stack.marks += bullet(metric, x, stack.bottom, stack.width)
        stack.bottom += REACH + 2
    if target := figures.target(metric, labels):
        _target(metric, target, stack, small)
    for note in figures.notes(metric, labels):
        stack.add(note, small, colour="muted", kind="metric-note")
    return Group(marks=tuple(stack.marks), title=name, kind=tag)


def _target(metric: Metric, words: str, stack: Stack, size: float) -> None:
    """The target behind a tick or a cross: met or missed is told apart without colour too."""
    if metric.met is None or metric.suppressed:
        stack.add(words, size, kind="metric-target")
        return
    left, y = stack.x, stack.bottom + 0.62 * size
    points = ((0, 3.5), (2.4, 6), (7, 0.8)) if metric.met else ((0.8, 0.8), (6.2, 6.2), (0.8, 6.2), (6.2, 0.8))
    pairs = ((0, 1), (1, 2)) if metric.met else ((0, 1), (2, 3))
    colour: Role = "good-ink" if metric.met else "bad-ink"
    strokes = tuple(
        Line(
            x1=left + points[one][0], y1=y - SIGN / 2 + points[one][1],
            x2=left + points[other][0], y2=y - SIGN / 2 + points[other][1],
            stroke=colour, stroke_width=1.6, caps="round", kind="verdict",
        )
        for one, other in pairs
    )  # fmt: skip
    stack.marks.append(Group(marks=strokes, kind="glyph"))
    stack.add(words, size, bold=True, colour=colour, indent=SIGN + 4, kind="metric-target")
