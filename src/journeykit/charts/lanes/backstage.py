"""Who does what behind the scenes. In the blueprint each team has a row, and a handoff is an arrow from the team
that passes on to the one that takes over. Handoffs are numbered in order, over the whole journey; the alt text has the
same numbers. A thick arrow is a *warm* handoff (the customer is introduced and need
not tell the story again), a dashed arrow with an open head a *cold* one, a thin one does not say. A clock marks
how long something lasts; a bold time is a wait. In the map each step is a card below its touchpoint that names
the teams.
"""

from __future__ import annotations

from collections.abc import Sequence

from journeykit.charts import time_text
from journeykit.charts.handoff_numbers import first_numbers
from journeykit.charts.lane import Band, View
from journeykit.charts.swimlanes import arrows, cards
from journeykit.charts.swimlanes.rows import Cells, Item, cells, teams
from journeykit.drawing import icons
from journeykit.drawing.geometry import Box
from journeykit.drawing.scene import Group, Line, Mark, Rect
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import NO_BREAK
from journeykit.model import Step

GUTTER = 8.0
WIDEST = 190.0
"""The most width of a card."""
BETWEEN = 4.0
"""Gap between the cards of one cell."""


def lay_out(view: View, top: float) -> Band | None:
    return _compact(view, top) if view.slim else _swimlanes(view, top)


def _swimlanes(view: View, top: float) -> Band | None:
    slots = view.columns.slots
    here = teams(step for slot in slots for step in slot.place.touchpoint.backstage)
    if not here:
        return None
    # in the order of the whole journey, not of this row
    every = teams(step for place in view.journey.places for step in place.touchpoint.backstage)
    order = [team for team in every if team in here]
    first = first_numbers(view.journey)
    columns = [cells(slot, order, first[slot.place.touchpoint.id]) for slot in slots]
    title = Stack(view.text, view.columns.page, top, _label_width(view))
    title.add(view.labels("lanes.backstage"), view.type.body, bold=True, kind="lane-label")
    marks: list[Mark] = [*title.marks]
    boxes: dict[Item, Box] = {}
    y = title.bottom + view.unit
    for row, team in enumerate(order):
        row_marks, y = _row(view, row, every[team] or view.labels("backstage.unnamed"), columns, boxes, y)
        marks += row_marks
    for column in columns:
        for handoff in column.handoffs:
            card, note = boxes[handoff.card], boxes[handoff.note]
            draw = arrows.straight if handoff.is_straight else arrows.bent
            marks.append(draw(view.text, handoff, card, note))
    return Band(y - _above(view) - top, tuple(marks))


def _above(view: View) -> float:
    """Return the least distance of the cards of a row from its edges."""
    return max(2 * view.unit, arrows.ROOM / 2)


def _label_width(view: View) -> float:
    return view.columns.left - view.columns.page - 3 * view.unit


def _row(
    view: View, row: int, team: str, columns: list[Cells], boxes: dict[Item, Box], y: float
) -> tuple[list[Mark], float]:
    """Lay out the row of a team from y; return its marks and where the next row begins."""
    top = y + _above(view)
    rule = Line(
        x1=view.columns.page, y1=y, x2=view.columns.right, y2=y, stroke="rule", stroke_width=0.5, kind="team-rule"
    )
    name = Stack(view.text, view.columns.page, top, _label_width(view))
    name.add(team, view.type.body, color="ink", kind="team")
    marks: list[Mark] = [rule, *name.marks]
    bottom = max(name.bottom, top + 4 * view.unit)
    for at, column in enumerate(columns):
        before, after = _beside(columns, at, left=True), _beside(columns, at)
        width = min(column.slot.width - before - (after or GUTTER), WIDEST)
        below = top
        for item in column.of(row):
            x = column.slot.left + before
            stack = cards.words(view, item, x, below, width)
            card = cards.framed(item, stack, x, below, width)
            marks.append(card)
            boxes[item] = card.marks[0].box()
            below = boxes[item].bottom + BETWEEN
        bottom = max(bottom, below - BETWEEN)
    return marks, bottom + _above(view)


def _beside(columns: Sequence[Cells], at: int, left: bool = False) -> float:
    """Return the width at one side of the cards of a column for the tracks of arrows.

    Beside a column without cards, arrows take their way there, and the cards need not be narrower.
    """
    tracks, other = columns[at].tracks(left), at + (-1 if left else 1)
    is_free = 0 <= other < len(columns) and not columns[other].items
    return arrows.BESIDE + tracks * arrows.TRACK if tracks and not is_free else 0.0


COMPACT_GUTTER = 8.0
INSET = 6.0
ARROW = 8.0


def _compact(view: View, top: float) -> Band | None:
    """Lay out the steps of each column as cards that name their teams."""
    marks: list[Mark] = []
    height = 0.0
    taken = {at for at, slot in enumerate(view.columns.slots) if slot.place.touchpoint.backstage}
    for at, slot in enumerate(view.columns.slots):
        y = top
        for step in slot.place.touchpoint.backstage:
            card = _card(view, step, slot.left, y, view.columns.room(at, taken, WIDEST, COMPACT_GUTTER))
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
        stack.add(step.to, small, bold=True, color="accent", indent=ARROW + 3, kind="team")
    elif team := step.team or step.from_ or step.to:
        stack.add(team, small, bold=True, kind="team")
    if step.does:
        stack.space(1)
        stack.add(step.does, view.type.body, kind="does")
    if notes := _notes(view, step):
        stack.space(1)
        stack.add(" · ".join(notes), small, color="muted", kind="note")
    if step.wait:
        wait = view.labels("backstage.waits", duration=time_text.duration(step.wait, view.labels))
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
        lasts = view.labels("touchpoints.lasts", duration=time_text.duration(step.lasts, view.labels))
        notes.append(lasts.replace(" ", NO_BREAK))
    if step.owner:
        notes.append(view.labels("header.owner", name=step.owner))
    return notes
