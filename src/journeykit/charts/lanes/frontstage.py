"""Who acts in sight of the customer. A card with a strong edge: the company or a partner starts. An arrow down
without a card: the customer starts. A dashed card: the customer sees nothing. Below are who else takes part, the place,
what each team does in sight with its tool (a cylinder) and, in charts without the lane `evidence`, the physical
evidence (a sheet), questions asked and personal data collected.
"""

from __future__ import annotations

from collections.abc import Sequence

from journeykit.charts.about_text import how_asked
from journeykit.charts.columns import Slot
from journeykit.charts.lane import Band, View
from journeykit.drawing import icons
from journeykit.drawing.scene import Group, Mark, Rect, Role
from journeykit.drawing.stack import Stack
from journeykit.model import FrontstageStep, Journey, Touchpoint
from journeykit.model.journey import Feedback
from journeykit.vocabulary.channels import SILENCE

GUTTER = 8.0
WIDEST = 190.0
INSET = 6.0
SIGN = 8.0
ARROW = 11.0


def lay_out(view: View, top: float) -> Band | None:
    of_row = any(_has_details(view.journey, slot.place.touchpoint) for slot in view.columns.slots)
    if not of_row and (view.filled or not is_shown(view.journey)):
        return None
    questions = {
        slot.place.touchpoint.id: _questions(view.journey, slot.place.touchpoint) for slot in view.columns.slots
    }
    stacks = [(slot, _words(view, slot, top, questions[slot.place.touchpoint.id])) for slot in view.columns.slots]
    marks = [_card(slot, stack, top) for slot, stack in stacks]
    height = max(stack.height for _, stack in stacks) + 2 * INSET
    key = _label(view, top, any(_is_customers(slot.place.touchpoint) for slot in view.columns.slots))
    return Band(max(height, key.height), (*key.marks, *marks), of_row=of_row)


def _label(view: View, top: float, explained: bool) -> Stack:
    """Return the name of the lane at the left and below it, if need be, what the arrow means."""
    label = Stack(view.text, view.columns.page, top, view.columns.left - view.columns.page - 3 * view.unit)
    label.add(view.labels("lanes.frontstage"), view.type.body, bold=True, kind="lane-label")
    if explained:
        _signed(label, "fall", view.labels("frontstage.customer"), view.type.caption, strong=False)
    return label


def is_shown(journey: Journey) -> bool:
    """Return whether a journey has something to show in this lane."""
    return any(_has_details(journey, touchpoint) for touchpoint in journey.touchpoints)


def _has_details(journey: Journey, touchpoint: Touchpoint) -> bool:
    shown = touchpoint.place or touchpoint.personal_data or touchpoint.actors or touchpoint.frontstage
    return touchpoint.by != "customer" or bool(shown) or bool(_questions(journey, touchpoint))


def _questions(journey: Journey, touchpoint: Touchpoint) -> list[Feedback]:
    return [feedback for feedback in journey.feedback if feedback.at == touchpoint.id]


def _is_customers(touchpoint: Touchpoint) -> bool:
    return touchpoint.by == "customer" and not _is_silent(touchpoint)


def _is_silent(touchpoint: Touchpoint) -> bool:
    return touchpoint.by == "customer" and set(touchpoint.channel) == {SILENCE} and not touchpoint.frontstage


def _words(view: View, slot: Slot, top: float, questions: Sequence[Feedback]) -> Stack:
    touchpoint, labels, small = slot.place.touchpoint, view.labels, view.type.caption
    inset = 0.0 if _is_customers(touchpoint) else INSET  # without a card, in line with what is above
    stack = Stack(view.text, slot.left + inset, top + INSET, _width(slot) - 2 * inset)
    if _is_silent(touchpoint):
        stack.add(labels("frontstage.silence"), small, bold=True, color="muted", kind="initiator")
    elif _is_customers(touchpoint):
        marks = (icons.sign("fall", stack.x, stack.bottom, ARROW, "muted", labels("frontstage.customer")),)
        stack.marks.append(Group(marks=marks, kind="initiator"))
        stack.bottom += ARROW
    else:
        _signed(stack, "rise", labels(f"frontstage.{touchpoint.by}"), small, strong=True)
    if touchpoint.actors:
        _signed(stack, "in-person", labels("frontstage.actors", names=", ".join(touchpoint.actors)), small)
    if touchpoint.place:
        _signed(stack, "pin", touchpoint.place, small)
    for step in touchpoint.frontstage:
        _step(view, stack, step)
    for feedback in questions:
        _signed(stack, "chat", labels("frontstage.asks"), small)
        if feedback.question:
            stack.add(labels.quoted(feedback.question), view.type.body, italic=True, kind="question")
        if how := how_asked(view.journey, labels, feedback):
            stack.add(" · ".join(how), small, color="muted", kind="how-asked")
    if touchpoint.personal_data:
        _signed(stack, "lock", labels("frontstage.data", what=", ".join(touchpoint.personal_data)), small)
    return stack


def _step(view: View, stack: Stack, step: FrontstageStep) -> None:
    small = view.type.caption
    stack.space(view.unit)
    if step.team:
        stack.add(step.team, small, bold=True, kind="team")
    if step.does:
        stack.add(step.does, view.type.body, kind="does")
    if step.system:
        _signed(stack, "system", step.system, small)
    for evidence in step.evidence if "evidence" not in view.lanes else ():
        _signed(stack, "print", evidence, small)
    if step.owner:
        stack.space(2.5)
        stack.add(view.labels("header.owner", name=step.owner), small, color="muted", kind="owner")


def _width(slot: Slot) -> float:
    return min(slot.width - GUTTER, WIDEST)


def _signed(stack: Stack, sign: str, words: str, size: float, strong: bool | None = None) -> None:
    """Add a text after a sign. `strong` is None except for who starts: whether it is not the customer."""
    stack.space(2.5)
    color: Role = "accent" if strong else "muted"
    draw = icons.sign if sign in icons.SIGNS else icons.channel
    stack.marks.append(draw(sign, stack.x, stack.bottom + (1.25 * size - SIGN) / 2, SIGN, color))
    kind = "frontstage" if strong is None else "initiator"
    stack.add(words, size, bold=bool(strong), color="ink" if strong is None else color, indent=SIGN + 4, kind=kind)


def _card(slot: Slot, stack: Stack, top: float) -> Group:
    """Return a card if company or partner start, only text if the customer does, a dashed box for silence."""
    touchpoint, width, height = slot.place.touchpoint, _width(slot), stack.height + 2 * INSET
    marks: list[Mark] = []
    if _is_silent(touchpoint):
        marks.append(
            Rect(x=slot.left, y=top, width=width, height=height, radius=3, stroke="neutral", dash=(3, 3), kind="gap")
        )
    elif touchpoint.by != "customer":
        marks.append(Rect(x=slot.left, y=top, width=width, height=height, radius=3, fill="accent-soft", kind="card"))
        marks.append(Rect(x=slot.left, y=top, width=width, height=2.5, fill="accent", kind="edge"))
    return Group(marks=(*marks, *stack.marks), kind="frontstage")
