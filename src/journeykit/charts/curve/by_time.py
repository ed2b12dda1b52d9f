"""The curve on a time axis: points at their times, connected by leaders to faces and texts in the columns."""

from __future__ import annotations

from itertools import pairwise

from journeykit.charts.badge import level
from journeykit.charts.columns import NEAREST, STAGE_GAP
from journeykit.charts.curve import points
from journeykit.charts.curve.engagement import engagement
from journeykit.charts.curve.plot import Plot
from journeykit.charts.curve.plot_area import plot_area
from journeykit.charts.curve.ruler import ruler, ruler_height
from journeykit.charts.lane import Band, View
from journeykit.charts.time_scale import spread
from journeykit.drawing import icons
from journeykit.drawing.geometry import Command
from journeykit.drawing.scene import Circle, Group, Line, Mark, Path, Rect, Role

DOT = 3.0
LEADER = 30.0
"""Height of the slanted part of leaders."""
SHIELD = 14.0


def by_time(view: View, top: float, height: float) -> Band:
    """Lay out faces and texts, the plot below them, and the time axis."""
    found = points.point_labels(view, height, whole=True)
    words = max([points.FACE, *(label.words.height for label in found)])
    plot = Plot(top + words + LEADER + 8, height)
    bend = top + words + 2
    marks = [*_stages(view, plot, top, bend), *plot_area(view, plot)]
    for label in found:
        slot = label.slot
        leader: tuple[Command, ...] = (
            ("M", slot.mark, top + 2 * points.RING),
            ("L", slot.mark, bend),
            ("L", slot.x, bend + LEADER),
            ("L", slot.x, max(bend + LEADER, _head(label, plot))),
        )
        marks.append(Path(commands=leader, stroke="neutral", stroke_width=0.6, kind="leader"))
    marks += [*points.expectations(view, plot, DOT), *engagement(view, plot)]
    for label in found:
        slot, face = label.slot, top + points.RING
        here = [
            *_dot(label, plot.y(label.score)),
            icons.face(level(label.rated.score), slot.mark, face, points.FACE),
            *(mark.moved(0, top) for mark in label.words.marks),
        ]
        title = points.title(view, label.rated)
        marks.append(Group(marks=tuple(here), id=f"point-{label.rated.id}", title=title, kind="point"))
    marks += _shields(view, plot)
    foot = plot.bottom + SHIELD * bool(view.low_points) + 6
    if scale := view.columns.time_scale:
        marks += ruler(view, scale, plot.bottom, foot)
    return Band(foot + ruler_height(view) - top, tuple(marks))


def _head(label: points.PointLabel, plot: Plot) -> float:
    """Return the lower end of a leader, above everything that is drawn at its point."""
    reach = DOT + (3.5 if label.rated.source == "measured" else 1.0)
    return min(plot.y(label.score) - reach, plot.y(label.rated.expected or 0.0) - 2)


def _stages(view: View, plot: Plot, top: float, bend: float) -> list[Mark]:
    """Return tints at the times of stages, and lines to them from the stages' bars over the columns."""
    columns = view.columns
    borders = [stage[0] for stage in columns.stages[1:]]
    edges = [columns.left, *(slot.x - NEAREST / 2 for slot in borders), columns.right]
    marks: list[Mark] = [
        Rect(x=left, y=plot.top, width=right - left, height=plot.height, fill="accent-soft", opacity=0.5, kind="tint")
        for left, right in list(pairwise(edges))[1::2]
    ]
    for slot, edge in zip(borders, edges[1:], strict=False):
        over = slot.left - STAGE_GAP / 2
        line: tuple[Command, ...] = (
            ("M", over, top), ("L", over, bend), ("L", edge, bend + LEADER), ("L", edge, plot.bottom),
        )  # fmt: skip
        marks.append(Path(commands=line, stroke="accent", stroke_width=0.6, dash=(1, 3), caps="round", kind="border"))
    return marks


def _dot(label: points.PointLabel, y: float) -> list[Mark]:
    color: Role = "page" if label.rated.score is None else "ink"
    x = label.slot.x
    marks: list[Mark] = [Circle(x=x, y=y, radius=DOT, fill=color, stroke="ink", kind="dot")]
    if label.rated.source == "measured":
        marks.append(Circle(x=x, y=y, radius=DOT + 2.5, stroke="ink", kind="measured"))
    return marks


def _shields(view: View, plot: Plot) -> list[Mark]:
    """Return the ranks of low points at the bottom, moved apart if they overlap."""
    first = [slot for slot in view.columns.slots if _low(view, slot.place.touchpoint.id)]
    if not first:
        return []
    offsets = [number * (SHIELD + 2) for number in range(len(first))]
    half = SHIELD / 2
    places = spread([slot.x for slot in first], offsets, view.columns.left + half, view.columns.right - half)
    marks: list[Mark] = []
    y = plot.bottom + 4 + half
    for slot, x in zip(first, places, strict=True):
        low = view.low_points[slot.place.touchpoint.id]
        start = plot.y(low.score) + DOT + 2
        if start < y - half:
            marks.append(
                Line(x1=slot.x, y1=start, x2=x, y2=y - half, stroke="bad", dash=(1, 2.5), caps="round", kind="stem")
            )
        shield = icons.low_point(view.text, low.rank, x, y, SHIELD)
        title = view.labels("curve.low_point", n=low.rank)
        marks.append(Group(marks=(shield,), id=f"low-point-{low.rank}", title=title, kind="low-point"))
    return marks


def _low(view: View, id: str) -> bool:
    low = view.low_points.get(id)
    return low is not None and low.id == id
