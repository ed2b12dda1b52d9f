"""Backstage: a row for each team, its steps under their touchpoints, handoffs as arrows from row to row.

In a chart that keeps it short each card names its teams instead: rows of their own would take half of a map.
"""

from __future__ import annotations

from journeykit.charts.lane import Band, View
from journeykit.charts.swimlanes import arrows, cards
from journeykit.charts.swimlanes.compact import compact
from journeykit.charts.swimlanes.rows import Cells, Item, cells, teams
from journeykit.drawing.geometry import Box
from journeykit.drawing.scene import Line, Mark
from journeykit.drawing.stack import Stack

GUTTER = 8.0
WIDEST = 190.0
"""A card of few words in a wide column need not fill it."""
BETWEEN = 4.0
"""Between the cards of one cell."""


def lay(view: View, top: float) -> Band | None:
    return compact(view, top) if view.slim else _swimlanes(view, top)


def _swimlanes(view: View, top: float) -> Band | None:
    slots = view.columns.slots
    here = teams(step for slot in slots for step in slot.place.touchpoint.backstage)
    if not here:
        return None
    # in the order of the whole journey, whichever of them this row has
    every = teams(step for place in view.journey.places for step in place.touchpoint.backstage)
    order = [team for team in every if team in here]
    columns = [cells(slot, order) for slot in slots]
    title = Stack(view.text, view.columns.page, top, _label_width(view))
    title.add(view.labels("lanes.backstage"), view.type.body, bold=True, kind="lane-label")
    marks: list[Mark] = [*title.marks]
    boxes: dict[Item, Box] = {}
    y = title.bottom + view.unit
    for row, team in enumerate(order):
        made, y = _row(view, row, every[team] or view.labels("backstage.unnamed"), columns, boxes, y)
        marks += made
    for column in columns:
        for handoff in column.handoffs:
            card, note = boxes[handoff.card], boxes[handoff.note]
            straight = handoff.is_straight
            marks.append(
                arrows.straight(handoff, card, note, column.slot.mark) if straight else arrows.bent(handoff, card, note)
            )
    return Band(y - 2 * view.unit - top, tuple(marks))


def _label_width(view: View) -> float:
    return view.columns.left - view.columns.page - 3 * view.unit


def _row(
    view: View, row: int, team: str, columns: list[Cells], boxes: dict[Item, Box], y: float
) -> tuple[list[Mark], float]:
    """The row of a team below y: a hairline, its name, its cards; and where the next one begins."""
    top = y + 2 * view.unit
    rule = Line(
        x1=view.columns.page, y1=y, x2=view.columns.right, y2=y, stroke="rule", stroke_width=0.5, kind="team-rule"
    )
    name = Stack(view.text, view.columns.page, top, _label_width(view))
    name.add(team, view.type.body, colour="ink", kind="team")
    marks: list[Mark] = [rule, *name.marks]
    bottom = max(name.bottom, top + 4 * view.unit)
    for column in columns:
        width = min(column.slot.width - _beside(column), WIDEST)
        below = top
        for item in column.of(row):
            x = column.slot.left
            stack = cards.words(view, item, x, below, width)
            card = cards.framed(item, stack, x, below, width)
            marks.append(card)
            boxes[item] = card.marks[0].box()
            below = boxes[item].bottom + BETWEEN
        bottom = max(bottom, below - BETWEEN)
    return marks, bottom + 2 * view.unit


def _beside(column: Cells) -> float:
    """The room at the right of a column's cards, for the tracks of its arrows."""
    return arrows.BESIDE + column.tracks * arrows.TRACK if column.tracks else GUTTER
