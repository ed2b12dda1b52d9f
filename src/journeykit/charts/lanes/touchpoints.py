"""The number, the time, and the title in the customer's words; what the customer does is in grey. A winding line marks
a touchpoint that is a journey of its own, a chain a link. Below are tags, and the sources that it rests on by their
numbers.

| sign | meaning |
| --- | --- |
| ring around the number, and *First* or *Last* | where the journey begins and ends |
| filled number, and *Moment of truth* | here the customer decides whether to stay |
| thick ring, thin ring | matters more or less to the customer than others: `importance` 4 or 5, 1 or 2 |
| door | the risk that the customer leaves here |
| *30% of customers* | only some come here |
"""

from __future__ import annotations

from journeykit.charts import about_text, time_text
from journeykit.charts.columns import MARK, Slot
from journeykit.charts.lane import Band, View
from journeykit.charts.notes import links, signed
from journeykit.drawing.scene import Circle, Group, Mark, Role
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import NO_BREAK
from journeykit.model import Touchpoint

GUTTER = 12.0
"""Gap between the texts of two columns."""


def lay_out(view: View, top: float) -> Band:
    heads = [_head(view, slot) for slot in view.columns.slots]
    head = max([2 * MARK, *(stack.height for stack in heads)])
    height = 0.0
    marks: list[Mark] = []
    for slot, times_of in zip(view.columns.slots, heads, strict=True):
        touchpoint = slot.place.touchpoint
        middle = top + head / 2
        stack = Stack(view.text, slot.left, top + head + view.unit, slot.width - GUTTER)
        stack.add(touchpoint.title, view.type.body if view.slim else view.type.lead, kind="touchpoint-title")
        for action in () if view.slim else touchpoint.does:
            stack.space(view.unit / 2)
            stack.add(action, view.type.body, color="muted", kind="does")
        if touchpoint.journey:
            name = view.labels("touchpoints.journey", name=touchpoint.journey)
            signed(stack, "journey", name, view.type.caption, color="accent", tint="accent", bold=True, kind="journey")
        if not view.slim:
            links(view, stack, touchpoint.links)
            _small_print(view, stack, touchpoint)
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
    decides = slot.place.touchpoint.moment_of_truth
    weighted = about_text.is_weighted(slot.place.touchpoint)
    if decides or weighted or _end(view, slot):
        width = _weight(slot.place.touchpoint.importance) if weighted else 1.2
        ring = Circle(x=slot.mark, y=y, radius=MARK, stroke="accent", stroke_width=width, kind="ring")
        words = about_text.importance(slot.place.touchpoint, view.labels)
        marks.append(Group(marks=(ring,), title=words, kind="importance") if weighted else ring)
    fill: Role = "accent" if decides else "panel-strong"
    radius = MARK - 1.9 if marks else MARK - 1
    marks.append(Circle(x=slot.mark, y=y, radius=radius, fill=fill, kind="number"))
    digits = size if len(number) < 3 else max(7.0, size - 0.5)
    marks.append(
        view.text.label(
            number,
            slot.mark,
            y + 0.36 * digits,
            digits,
            bold=True,
            color="on-accent" if decides else "ink",
            anchor="middle",
            kind="touchpoint-number",
        )
    )
    return marks


def _weight(importance: float) -> float:
    """Return the width of the ring around the number of a touchpoint that matters more or less than others."""
    return 0.6 if importance < 3 else 2.0 if importance < 4.5 else 3.0


def _small_print(view: View, stack: Stack, touchpoint: Touchpoint) -> None:
    small = view.type.caption
    if touchpoint.tags:
        stack.space(view.unit / 2)
        stack.add(about_text.tags(touchpoint), small, color="muted", kind="tags")
    if touchpoint.evidence:
        stack.space(view.unit / 2)
        words = about_text.evidence(view.journey, view.labels, touchpoint.evidence)
        stack.add(words, small, color="muted", kind="evidence")


def _end(view: View, slot: Slot) -> str:
    """Return the text for the first and the last touchpoint."""
    if slot.place.number == 1:
        return view.labels("touchpoints.first")
    return view.labels("touchpoints.last") if slot.place.number == len(view.journey.places) else ""


def _head(view: View, slot: Slot) -> Stack:
    """Lay out the text beside the number from 0 downwards: first or last, time, duration, and what makes it special."""
    touchpoint, small = slot.place.touchpoint, view.type.caption
    stack = Stack(view.text, slot.left + 2 * MARK + 5, 0.0, slot.width - 2 * MARK - 5 - GUTTER / 2)
    if end := _end(view, slot):
        stack.add(end, small, color="accent", kind="end")
    if touchpoint.at:
        stack.add(time_text.moment(touchpoint.at, view.labels), small, color="muted", kind="time")
    if touchpoint.lasts and not view.slim:
        lasts = time_text.duration(touchpoint.lasts, view.labels).replace(" ", NO_BREAK)
        stack.add(view.labels("touchpoints.lasts", duration=lasts), small, color="muted", kind="time")
    if touchpoint.wait and touchpoint.wait != touchpoint.lasts and not view.slim:
        wait = time_text.duration(touchpoint.wait, view.labels).replace(" ", NO_BREAK)
        stack.add(view.labels("touchpoints.wait", duration=wait), small, color="muted", kind="time")
    if touchpoint.moment_of_truth:
        stack.add(view.labels("touchpoints.moment_of_truth"), small, bold=True, color="accent", kind="moment-of-truth")
    if view.slim:
        return stack
    if reach := about_text.reach(touchpoint, view.labels):
        stack.add(reach, small, color="muted", kind="reach")
    if risk := about_text.churn_risk(touchpoint, view.labels):
        signed(stack, "exit", risk, small, tint="bad-ink", kind="churn-risk")
    return stack
