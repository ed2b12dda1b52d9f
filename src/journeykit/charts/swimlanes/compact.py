"""Backstage in short, for charts of much else: each step a card under its touchpoint that names its teams."""

from __future__ import annotations

from journeykit.charts import times
from journeykit.charts.lane import Band, View
from journeykit.drawing import icons
from journeykit.drawing.scene import Group, Mark, Rect
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import NO_BREAK
from journeykit.model import Step

GUTTER = 8.0
INSET = 6.0
ARROW = 8.0


def compact(view: View, top: float) -> Band | None:
    """The steps of each column from `top` downwards; none if there are none."""
    marks: list[Mark] = []
    height = 0.0
    for slot in view.columns.slots:
        y = top
        for step in slot.place.touchpoint.backstage:
            card = _card(view, step, slot.left, y, slot.width - GUTTER)
            marks.append(card)
            y += card.marks[0].box().height + view.unit
        height = max(height, y - view.unit - top)
    return Band(height, tuple(marks), view.labels("lanes.backstage")) if marks else None


def _card(view: View, step: Step, x: float, y: float, width: float) -> Group:
    stack = Stack(view.text, x + INSET, y + INSET, width - 2 * INSET)
    small = view.type.caption
    if step.from_ and step.to:
        stack.add(step.from_, small, bold=True, kind="team")
        arrow = icons.sign("handoff", stack.x, stack.bottom + (1.25 * small - ARROW) / 2, ARROW, "accent")
        stack.marks.append(arrow)
        stack.add(step.to, small, bold=True, colour="accent", indent=ARROW + 3, kind="team")
    elif team := step.team or step.from_ or step.to:
        stack.add(team, small, bold=True, kind="team")
    if step.does:
        stack.space(1)
        stack.add(step.does, view.type.body, kind="does")
    if notes := _notes(view, step):
        stack.space(1)
        stack.add(" · ".join(notes), small, colour="muted", kind="note")
    if step.wait:
        wait = view.labels("backstage.waits", duration=times.duration(step.wait, view.labels))
        stack.space(2)
        stack.marks.append(icons.sign("clock", stack.x, stack.bottom + (1.25 * small - ARROW) / 2, ARROW, "muted"))
        stack.add(wait, small, bold=True, indent=ARROW + 3, kind="wait")
    card = Rect(x=x, y=y, width=width, height=stack.height + 2 * INSET, radius=3.0, fill="panel", kind="card")
    return Group(marks=(card, *stack.marks), kind="step")


def _notes(view: View, step: Step) -> list[str]:
    notes = []
    if step.warm is not None:
        notes.append(view.labels("backstage.warm" if step.warm else "backstage.cold"))
    if step.system:
        notes.append(step.system)
    if step.lasts:
        lasts = view.labels("touchpoints.lasts", duration=times.duration(step.lasts, view.labels))
        notes.append(lasts.replace(" ", NO_BREAK))
    return notes
