"""The lanes that the journey defines itself (`lanes`), each with its name and icon, in the order of the file."""

from __future__ import annotations

from journeykit.charts.lane import Band, View
from journeykit.drawing import icons
from journeykit.drawing.scene import Group, Line, Mark
from journeykit.drawing.stack import Stack

GUTTER = 14.0
ICON = 11.0


def lay_out(view: View, top: float) -> Band | None:
    shown = [slot.place for slot in view.columns.slots] if view.filled else view.journey.places
    used = [id for id in view.journey.lanes if any(id in place.touchpoint.lanes for place in shown)]
    marks: list[Mark] = []
    y = top
    for id in used:
        if marks:
            left, right = view.columns.page, view.columns.right
            marks.append(Line(x1=left, y1=y, x2=right, y2=y, stroke="rule", stroke_width=0.5, kind="own-rule"))
            y += 3 * view.unit
        group = _lane(view, id, y)
        marks.append(group)
        y = group.box().bottom + 3 * view.unit
    if not marks:
        return None
    of_row = any(slot.place.touchpoint.lanes for slot in view.columns.slots)
    return Band(y - 3 * view.unit - top, tuple(marks), of_row=of_row, is_empty=not of_row)


def _lane(view: View, id: str, top: float) -> Group:
    definition = view.journey.lanes[id]
    width = view.columns.left - view.columns.page - 3 * view.unit
    label = Stack(view.text, view.columns.page, top, width)
    indent = 0.0
    if definition.icon:
        draw = icons.sign if definition.icon in icons.SIGNS else icons.channel
        label.marks.append(draw(definition.icon, view.columns.page, top + 1, ICON, "ink"))
        indent = ICON + 4
    label.add(definition.name or id, view.type.body, bold=True, indent=indent, kind="lane-label")
    marks: list[Mark] = list(label.marks)
    for slot in view.columns.slots:
        stack = Stack(view.text, slot.left, top, slot.width - GUTTER)
        for text in slot.place.touchpoint.lanes.get(id, ()):
            stack.space(view.unit)
            stack.add(text, view.type.body, kind="own")
        marks += stack.marks
    return Group(marks=tuple(marks), kind="own-lane")
