"""The lines of a blueprint between two groups of lanes, each with its name at the left."""

from __future__ import annotations

from journeykit.charts.lane import Band, View
from journeykit.drawing.scene import Line
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import line_step

DIVIDING = frozenset({"interaction", "visibility", "internal"})
"""The lanes that are such lines."""


def dividing_line(view: View, top: float, name: str, strong: bool = False) -> Band:
    """Return the line that is the lane `name`: dotted, or dashed and thicker if it is `strong`."""
    columns, size = view.columns, view.type.caption
    words = Stack(view.text, columns.page, top, columns.left - columns.page - 3 * view.unit)
    words.add(view.labels(f"lanes.{name}"), size, bold=True, color="accent", kind="lane-label")
    y = top + line_step(size) / 2
    line = Line(
        x1=columns.left,
        y1=y,
        x2=columns.right,
        y2=y,
        stroke="accent",
        stroke_width=1.5 if strong else 1.0,
        dash=(6, 3) if strong else (1.5, 2.5),
        kind=name,
    )
    return Band(words.height, (*words.marks, line))
