"""The touchpoints below the axis of an overlay: whose they are, and their titles."""

from __future__ import annotations

from journeykit.charts.columns import MARK
from journeykit.charts.lane import Band
from journeykit.charts.overlay.layout import OverlayLayout
from journeykit.charts.overlay.members import Member
from journeykit.drawing.scene import Group, Mark, Path
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import line_step
from journeykit.model import Touchpoint

GUTTER = 10.0
SIGN = 3.8
WIDE = 1.8
"""The most columns of a title if the next ones are empty."""
LEADER = 26.0
"""Height of the leaders."""


def titles(layout: OverlayLayout, top: float) -> Band:
    """Lay out a row for each journey with its touchpoints; one that a row above has in the same column is not repeated.

    On a time axis leaders in the colors of the journeys lead from the times to the columns.
    """
    marks: list[Mark] = []
    y = top
    rows = {
        member.number: [
            one.touchpoint for one in layout.shown(member) if not _is_repeated(layout, member, one.touchpoint)
        ]
        for member in layout.members
    }
    for member in layout.members:
        shown = rows[member.number]
        if not shown:
            continue
        if layout.grid.time_scale:
            marks += _leaders(layout, member, shown, y)
            y += LEADER
        without = [
            other
            for other in layout.members[member.number + 1 :]
            if not rows[other.number] and any(_same(layout, member, other, touchpoint) for touchpoint in shown)
        ]
        label = _label(layout, [member, *without], y)
        cells = _cells(layout, [(member, touchpoint) for touchpoint in shown], y)
        marks += (*label.marks, *cells)
        y = max(label.bottom, *(cell.box().bottom for cell in cells)) + layout.unit * 3
    return Band(y - layout.unit * 3 - top, tuple(marks), layout.labels("lanes.touchpoints"))


def _cells(layout: OverlayLayout, shown: list[tuple[Member, Touchpoint]], top: float) -> list[Group]:
    """Return one row; a title extends into an empty column at its right."""
    placed = sorted(
        ((layout.grid.lefts[member.number][t.id], member, t) for member, t in shown), key=lambda one: one[0]
    )
    ends = [*(left for left, _, _ in placed[1:]), layout.right - MARK]
    column = layout.grid.column
    return [
        _cell(layout, member, touchpoint, top, left, min(max(end - left, column), WIDE * column))
        for (left, member, touchpoint), end in zip(placed, ends, strict=True)
    ]


def _label(layout: OverlayLayout, members: list[Member], top: float) -> Stack:
    """Return the label at the left of a row: whose it is, and who has no row of their own."""
    first = members[0] is next(one for one in layout.members if layout.grid.lefts[one.number])
    below = line_step(layout.type.body) + layout.unit if first else 0.0
    stack = Stack(layout.text, layout.page, top + below, layout.grid.left - layout.page - 3 * layout.unit)
    size = layout.type.caption
    for member in members:
        stack.marks.append(member.point(stack.x + SIGN, stack.bottom + 0.62 * size, SIGN))
        stack.add(member.name, size, color="muted", indent=2 * SIGN + 5, kind="row-name")
        stack.bottom += layout.unit
    stack.top = top
    return stack


def _is_repeated(layout: OverlayLayout, member: Member, touchpoint: Touchpoint) -> bool:
    """Return whether a row above has the same text in the same column."""
    return any(_same(layout, other, member, touchpoint) for other in layout.members[: member.number])


def _same(layout: OverlayLayout, one: Member, other: Member, touchpoint: Touchpoint) -> bool:
    """Return whether both journeys have a touchpoint in the same column with the same title."""
    found = [member.scores.by_id.get(touchpoint.id) for member in (one, other)]
    if any(rated is None or rated.touchpoint.title != touchpoint.title for rated in found):
        return False
    return abs(layout.grid.xs[one.number][touchpoint.id] - layout.grid.xs[other.number][touchpoint.id]) < 0.01


def _cell(
    layout: OverlayLayout, member: Member, touchpoint: Touchpoint, top: float, left: float, width: float
) -> Group:
    x, middle = left + MARK, top + SIGN + 1.5
    marks: list[Mark] = []
    for other in layout.members[member.number :]:
        if other is member or _same(layout, member, other, touchpoint):
            marks.append(other.point(x, middle, SIGN))
            x += 2 * SIGN + 3
    stack = Stack(layout.text, left + MARK - SIGN, top + 2 * SIGN + 5, width - GUTTER)
    stack.add(touchpoint.title, layout.type.body, kind="touchpoint-title")
    id = f"touchpoint-{member.number + 1}-{touchpoint.id}"
    return Group(marks=(*marks, *stack.marks), id=id, title=touchpoint.title, kind="touchpoint")


def _leaders(layout: OverlayLayout, member: Member, shown: list[Touchpoint], top: float) -> list[Mark]:
    """Return leaders, `LEADER` points high, from the times of touchpoints to their columns."""
    found: list[Mark] = []
    for touchpoint in shown:
        left = layout.grid.lefts[member.number][touchpoint.id]
        x, column = layout.grid.xs[member.number][touchpoint.id], left + MARK
        found.append(
            Path(
                commands=(
                    ("M", x, top), ("L", x, top + 4), ("L", column, top + LEADER - 3), ("L", column, top + LEADER),
                ),
                stroke=member.style.color, stroke_width=0.6, kind="leader",
            )
        )  # fmt: skip
    return found
