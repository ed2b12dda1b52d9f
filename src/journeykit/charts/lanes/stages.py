"""A bar that spans exactly the touchpoints of its stage. The stage's score and its face are at the right, or above
a name that is too long for that; the phase is below the name, and below it the goal, a note and, after a bolt, what
hurts in the whole stage.
"""

from __future__ import annotations

from journeykit.charts.badge import level
from journeykit.charts.columns import Slot
from journeykit.charts.lane import Band, View
from journeykit.charts.notes import signed
from journeykit.drawing import icons
from journeykit.drawing.scene import Group, Mark, Rect
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import block_height, first_baseline

INSET = 8.0
EDGE = 3.0
"""Height of the line at the top of a bar."""
FACE = 12.0


def lay_out(view: View, top: float) -> Band | None:
    if view.journey.is_flat:
        return None
    scores = {stage.stage.id: stage.score for stage in view.scores.stages}
    stacks = [_words(view, slots, top + EDGE + view.unit * 1.5, scores) for slots in view.columns.stages]
    height = EDGE + max(stack.height for stack in stacks) + view.unit * 3
    marks = [_bar(slots, stack, top, height) for slots, stack in zip(view.columns.stages, stacks, strict=True)]
    return Band(height, tuple(marks), view.labels("lanes.stages"))


def _bar(slots: tuple[Slot, ...], stack: Stack, top: float, height: float) -> Group:
    stage, left = slots[0].place.stage, slots[0].left
    width = slots[-1].right - left
    bar = Rect(x=left, y=top, width=width, height=height, fill="accent-soft", kind="stage")
    edge = Rect(x=left, y=top, width=width, height=EDGE, fill="accent", kind="edge")
    # a stage may be in several rows, but ids are unique in a scene; ids of journeys have no underscore
    again = "" if _begins(slots) else f"_{slots[0].place.number}"
    return Group(marks=(bar, edge, *stack.marks), id=f"stage-{stage.id}{again}", title=stage.name, kind="stage")


def _begins(slots: tuple[Slot, ...]) -> bool:
    return slots[0].place.stage.touchpoints[0] is slots[0].place.touchpoint


def _fits(view: View, name: str, width: float) -> bool:
    """Return whether the words of a name stay whole in a width."""
    size = view.text.fitting_size(name, view.type.lead, width, bold=True)
    return all(view.text.measure(word, size, bold=True) <= width for word in name.split())


def _moved(*marks: Mark, across: float = 0.0, down: float) -> list[Mark]:
    return [mark.moved(across, down) for mark in marks]


def _words(view: View, slots: tuple[Slot, ...], top: float, scores: dict[str, float | None]) -> Stack:
    stage, size = slots[0].place.stage, view.type
    stack = Stack(view.text, slots[0].left + INSET, top, slots[-1].right - slots[0].left - 2 * INSET)
    if not _begins(slots):
        stack.add(view.labels("stages.continued", name=stage.name), size.lead, bold=True, kind="stage-name")
        return stack
    score, whole = scores[stage.id], stack.width
    if score is not None:
        number = view.text.label(
            view.labels.number(score), stack.x + whole, 0.0, size.lead, bold=True, anchor="end", kind="stage-score"
        )
        face = icons.face(level(score), number.left - FACE, -0.36 * size.lead, FACE)
        beside = face.box().left - stack.x - INSET
        if _fits(view, stage.name, beside):
            stack.marks += _moved(face, number, down=top + first_baseline(size.lead))
            stack.width = beside  # the score stands beside the name only
        else:
            left = stack.x - face.box().left
            stack.marks += _moved(face, number, across=left, down=top + first_baseline(size.lead))
            stack.bottom += block_height(1, size.lead)
    stack.add(stage.name, size.lead, bold=True, kind="stage-name")
    stack.width = whole
    if stage.phase:
        stack.add(view.labels(f"phase.{stage.phase}"), size.caption, color="muted", kind="phase")
    if not view.slim:
        if stage.goal:
            stack.space(view.unit / 2)
            stack.add(view.labels("stages.goal", goal=stage.goal), size.body, kind="stage-goal")
        if stage.note:
            stack.space(view.unit / 2)
            stack.add(stage.note, size.body, color="muted", kind="stage-note")
        for pain in stage.pains:
            signed(stack, "pain", pain, size.body, tint="bad-ink", kind="pain", title=view.labels("outcomes.pain"))
    return stack
