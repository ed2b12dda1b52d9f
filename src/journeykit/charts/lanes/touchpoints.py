"""Touchpoints: number and title, when it happens, a ring around the first, the last and moments of truth."""

from __future__ import annotations

from journeykit.charts import text, times
from journeykit.charts.columns import MARK, Slot
from journeykit.charts.lane import Band, View
from journeykit.charts.scene import Circle, Group, Mark
from journeykit.charts.stack import Stack

GUTTER = 12.0
"""Between the text of two columns."""


def lay(view: View, top: float) -> Band:
    heads = [_head(view, slot) for slot in view.columns.slots]
    head = max([2 * MARK, *(stack.height for stack in heads)])
    height = 0.0
    marks: list[Mark] = []
    for slot, times_of in zip(view.columns.slots, heads, strict=True):
        touchpoint = slot.place.touchpoint
        middle = top + head / 2
        stack = Stack(slot.left, top + head + view.unit, slot.width - GUTTER)
        stack.add(touchpoint.title, view.type.body if view.slim else view.type.lead, kind="touchpoint-title")
        if touchpoint.does and not view.slim:
            stack.space(view.unit / 2)
            stack.add(touchpoint.does, view.type.body, colour="muted", kind="does")
        marks.append(
            Group(
                marks=(
                    *_number(view, slot, middle),
                    *(mark.moved(0, middle - times_of.height / 2) for mark in times_of.marks),
                    *stack.marks,
                ),
                id=f"touchpoint-{touchpoint.id}",
                title=f"{slot.place.number} {touchpoint.title}",
                kind="touchpoint",
            )
        )
        height = max(height, stack.bottom - top)
    return Band(height, tuple(marks), view.labels("lanes.touchpoints"))


def _number(view: View, slot: Slot, y: float) -> list[Mark]:
    number, size = str(slot.place.number), view.type.caption
    marks: list[Mark] = []
    ends = slot.place.number in (1, len(view.journey.places))
    if ends or slot.place.touchpoint.moment_of_truth:
        marks.append(Circle(x=slot.mark, y=y, radius=MARK, stroke="accent", stroke_width=1.2, kind="ring"))
        marks.append(Circle(x=slot.mark, y=y, radius=MARK - 1.9, fill="accent", kind="number"))
        colour = "on-accent"
    else:
        marks.append(Circle(x=slot.mark, y=y, radius=MARK - 1, fill="panel-strong", kind="number"))
        colour = "ink"
    digits = size if len(number) < 3 else max(7.0, size - 0.5)
    marks.append(
        text.label(
            number,
            slot.mark,
            y + 0.36 * digits,
            digits,
            bold=True,
            colour="on-accent" if colour == "on-accent" else "ink",
            anchor="middle",
            kind="touchpoint-number",
        )
    )
    return marks


def _head(view: View, slot: Slot) -> Stack:
    """What stands beside the number, from 0 downwards: when, how long, and whether it decides."""
    touchpoint, small = slot.place.touchpoint, view.type.caption
    stack = Stack(slot.left + 2 * MARK + 5, 0.0, slot.width - 2 * MARK - 5 - GUTTER / 2)
    if touchpoint.at:
        stack.add(times.moment(touchpoint.at, view.labels), small, colour="muted", kind="time")
    if touchpoint.lasts and not view.slim:
        stack.add(times.duration(touchpoint.lasts, view.labels), small, colour="muted", kind="time")
    if touchpoint.wait and touchpoint.wait != touchpoint.lasts and not view.slim:
        wait = view.labels("touchpoints.wait", duration=times.duration(touchpoint.wait, view.labels))
        stack.add(wait, small, colour="muted", kind="time")
    if touchpoint.moment_of_truth:
        stack.add(view.labels("touchpoints.moment_of_truth"), small, bold=True, colour="accent", kind="moment-of-truth")
    return stack
