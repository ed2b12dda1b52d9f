"""Cards of steps and notes of handoffs in the backstage lane."""

from __future__ import annotations

from journeykit.charts import time_text
from journeykit.charts.lane import View
from journeykit.charts.swimlanes.rows import Item
from journeykit.drawing import icons
from journeykit.drawing.scene import Group, Rect, Role
from journeykit.drawing.stack import Stack
from journeykit.model import Step

INSET = 6.0
SIGN = 8.0


def words(view: View, item: Item, x: float, top: float, width: float) -> Stack:
    """Lay out the text of a card or note whose top left corner is at (x, top)."""
    stack = Stack(view.text, x + INSET, top + inset(item), width - 2 * INSET)
    (_take_over if item.is_note else _do)(view, item.step, stack)
    return stack


def inset(item: Item) -> float:
    """Return the distance of the text from the upper and lower edge."""
    return 3.0 if item.is_note else 5.0


def framed(item: Item, stack: Stack, x: float, top: float, width: float) -> Group:
    """Return the card or note around its text."""
    height = stack.height + 2 * inset(item)
    if item.is_note:
        frame = Rect(
            x=x, y=top, width=width, height=height, radius=8, fill="page", stroke="accent", stroke_width=0.75,
            kind="note",
        )  # fmt: skip
        return Group(marks=(frame, *stack.marks), kind="handoff")
    frame = Rect(x=x, y=top, width=width, height=height, radius=3, fill="panel", kind="card")
    return Group(marks=(frame, *stack.marks), kind="step")


def _do(view: View, step: Step, stack: Stack) -> None:
    small = view.type.caption
    if step.does:
        stack.add(step.does, view.type.body, kind="does")
    if step.system:
        _signed(stack, "system", step.system, small)
    if step.lasts:
        lasts = view.labels("touchpoints.lasts", duration=time_text.duration(step.lasts, view.labels))
        _signed(stack, "clock", lasts, small)
    if step.wait and not step.is_handoff:
        _wait(view, step, stack)
    if step.owner:
        stack.add(view.labels("header.owner", name=step.owner), small, color="muted", kind="owner")
    if not stack.marks:  # a step that names only a team
        stack.add(step.from_ or step.team or step.to or "–", small, color="muted", kind="does")


def _take_over(view: View, step: Step, stack: Stack) -> None:
    small = view.type.caption
    if step.warm is not None:
        how = view.labels("backstage.warm" if step.warm else "backstage.cold")
        stack.add(how, small, color="accent", bold=True, kind="how")
    if step.wait:
        _wait(view, step, stack)
    if not stack.marks:
        stack.add(view.labels("backstage.takes_over"), small, color="muted", kind="how")


def _wait(view: View, step: Step, stack: Stack) -> None:
    assert step.wait
    wait = view.labels("backstage.waits", duration=time_text.duration(step.wait, view.labels))
    _signed(stack, "clock", wait, view.type.caption, bold=True)


def _signed(stack: Stack, sign: str, words: str, size: float, bold: bool = False) -> None:
    stack.space(1.5)
    color: Role = "ink" if bold else "muted"
    stack.marks.append(icons.sign(sign, stack.x, stack.bottom + (1.25 * size - SIGN) / 2, SIGN, color))
    stack.add(words, size, bold=bold, color=color, indent=SIGN + 4, kind="wait" if bold else "note")
