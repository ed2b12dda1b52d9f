"""The dashed line of visibility: the customer never sees what is below it."""

from __future__ import annotations

from journeykit.charts.lane import Band, View
from journeykit.drawing.scene import Line
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import line_step


def lay_out(view: View, top: float) -> Band | None:
    if not any(touchpoint.backstage for touchpoint in view.journey.touchpoints):
        return None
    columns, size = view.columns, view.type.caption
    words = Stack(view.text, columns.page, top, columns.left - columns.page - 3 * view.unit)
    words.add(view.labels("lanes.visibility"), size, bold=True, color="accent", kind="lane-label")
    y = top + line_step(size) / 2
    line = Line(
        x1=columns.left, y1=y, x2=columns.right, y2=y, stroke="accent", stroke_width=1.5, dash=(6, 3), kind="visibility"
    )
    return Band(words.height, (*words.marks, line))
