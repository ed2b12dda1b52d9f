"""What the customer thinks, upright, and what customers said, in italics and quotation marks."""

from __future__ import annotations

from journeykit.charts.lane import Band, View
from journeykit.drawing.scene import Group, Mark
from journeykit.drawing.stack import Stack

GUTTER = 14.0


def lay_out(view: View, top: float) -> Band | None:
    marks: list[Mark] = []
    height = 0.0
    for slot in view.columns.slots:
        touchpoint = slot.place.touchpoint
        stack = Stack(view.text, slot.left, top, slot.width - GUTTER)
        for thought in touchpoint.thinks:
            stack.space(view.unit * 1.5)
            stack.add(thought, view.type.body, kind="thought")
        for quote in touchpoint.quote:
            stack.space(view.unit * 1.5)
            stack.add(view.labels.quoted(quote), view.type.body, italic=True, kind="quote")
        if stack.marks:
            marks.append(Group(marks=tuple(stack.marks), kind="thoughts"))
            height = max(height, stack.height)
    return Band(height, tuple(marks), view.labels("lanes.thoughts")) if marks else None
