"""What is repeated where a row goes on on another page: its stages, and numbers and titles of its touchpoints."""

from __future__ import annotations

from journeykit.charts.columns import MARK
from journeykit.charts.lane import Band, View
from journeykit.drawing.scene import Circle, Group, Mark, Rect
from journeykit.drawing.stack import Stack

GUTTER = 12.0
EDGE = 2.0


def row_head(view: View, top: float) -> Band:
    """Return thin bars with the names of stages, and below them numbers and titles of touchpoints, all small."""
    small, unit = view.type.caption, view.unit
    marks: list[Mark] = []
    y = top
    if not view.journey.is_flat:
        for slots in view.columns.stages:
            left, right = slots[0].left, slots[-1].right
            marks.append(Rect(x=left, y=top, width=right - left, height=EDGE, fill="accent", kind="edge"))
            name = Stack(view.text, left, top + EDGE + unit / 2, right - left - GUTTER)
            name.add(slots[0].place.stage.name, small, bold=True, color="accent", kind="stage-again")
            marks += name.marks
            y = max(y, name.bottom)
        y += unit
    bottom = y
    for slot in view.columns.slots:
        number = str(slot.place.number)
        marks.append(Circle(x=slot.mark, y=y + MARK - 1, radius=MARK - 1, fill="panel-strong", kind="number"))
        marks.append(
            view.text.label(
                number, slot.mark, y + MARK - 1 + 0.36 * small, small, bold=True, anchor="middle", kind="number-again"
            )
        )
        title = Stack(view.text, slot.left + 2 * MARK + 3, y + 2, slot.width - 2 * MARK - 3 - GUTTER / 2)
        title.add(slot.place.touchpoint.title, small, color="muted", kind="title-again")
        marks += title.marks
        bottom = max(bottom, title.bottom, y + 2 * MARK)
    return Band(bottom - top, (Group(marks=tuple(marks), kind="again"),))
