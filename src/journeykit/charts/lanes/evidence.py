"""The physical evidence of what is done in sight: what the customer gets to see or to hold, such as a letter."""

from __future__ import annotations

from journeykit.charts.lane import Band, View
from journeykit.drawing import icons
from journeykit.drawing.scene import Group, Mark, Rect
from journeykit.drawing.stack import Stack

GUTTER = 8.0
WIDEST = 190.0
INSET = 5.0
ICON = 11.0
BETWEEN = 4.0


def lay_out(view: View, top: float) -> Band | None:
    marks: list[Mark] = []
    height = 0.0
    for slot in view.columns.slots:
        y = top
        for step in slot.place.touchpoint.frontstage:
            for thing in step.evidence:
                card = _card(view, thing, slot.left, y, min(slot.width - GUTTER, WIDEST))
                marks.append(card)
                y = card.box().bottom + BETWEEN
                height = max(height, y - BETWEEN - top)
    return Band(height, tuple(marks), view.labels("lanes.evidence")) if marks else None


def _card(view: View, thing: str, x: float, top: float, width: float) -> Group:
    stack = Stack(view.text, x + INSET, top + INSET, width - 2 * INSET)
    stack.add(thing, view.type.body, indent=ICON + INSET, kind="evidence")
    icon = icons.channel("print", stack.x, top + INSET + (1.25 * view.type.body - ICON) / 2, ICON, "muted")
    edge = Rect(x=x, y=top, width=width, height=stack.height + 2 * INSET, radius=3, fill="panel", kind="card")
    return Group(marks=(edge, icon, *stack.marks), kind="evidence")
