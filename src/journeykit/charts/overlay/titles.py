"""The touchpoints below the axis of an overlay: whose they are, and their titles."""

from __future__ import annotations

from journeykit.charts.columns import MARK
from journeykit.charts.lane import Band
from journeykit.charts.overlay.members import Member
from journeykit.charts.overlay.sheet import Sheet
from journeykit.drawing.scene import Group, Mark, Path
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import line_step
from journeykit.model import Touchpoint

GUTTER = 10.0
SIGN = 3.8
FEW = 3
"""Up to so many journeys each have a row of what the first one does not have."""
WIDE = 1.8
"""So many columns a title takes at most where the next one is empty."""
LEADER = 26.0


def titles(sheet: Sheet, top: float) -> Band:
    """The first journey's touchpoints with whoever shares them; of few others, a row of what differs."""
    marks: list[Mark] = []
    y = top
    lefts = sheet.grid.lefts
    rows = sheet.members if len(sheet.members) <= FEW and len(lefts) > 1 else sheet.members[:1]
    for member in rows:
        shown = [(member, t) for t in member.journey.touchpoints if not _said_before(sheet, member, t)]
        if not shown:
            continue
        label = _label(sheet, member, y) if len(rows) > 1 or len(lefts) == 1 else None
        if len(rows) == 1 < len(lefts):
            shown = _filled(sheet, shown)
        cells = _cells(sheet, shown, y)
        height = max(cell.box().bottom for cell in cells) - y
        if label:
            marks += label.marks
            height = max(height, label.height)
        marks += cells
        y += height + sheet.unit * 3
    return Band(y - sheet.unit * 3 - top, tuple(marks), sheet.labels("lanes.touchpoints"))


def _filled(sheet: Sheet, shown: list[tuple[Member, Touchpoint]]) -> list[tuple[Member, Touchpoint]]:
    """The row of many journeys, and where it has room touchpoints that the first journey does not have."""
    taken = [sheet.grid.lefts[member.number][touchpoint.id] for member, touchpoint in shown]
    filled = list(shown)
    for member in sheet.members[1:]:
        for touchpoint in member.journey.touchpoints:
            left = sheet.grid.lefts[member.number][touchpoint.id]
            if all(abs(left - other) > sheet.grid.column - 0.01 for other in taken):
                taken.append(left)
                filled.append((member, touchpoint))
    return filled


def _cells(sheet: Sheet, shown: list[tuple[Member, Touchpoint]], top: float) -> list[Group]:
    """One row; a title takes the room of an empty column at its right too."""
    placed = sorted(((sheet.grid.lefts[member.number][t.id], member, t) for member, t in shown), key=lambda one: one[0])
    ends = [*(left for left, _, _ in placed[1:]), sheet.right - MARK]
    column = sheet.grid.column
    return [
        _cell(sheet, member, touchpoint, top, left, min(max(end - left, column), WIDE * column))
        for (left, member, touchpoint), end in zip(placed, ends, strict=True)
    ]


def _label(sheet: Sheet, member: Member, top: float) -> Stack:
    """Whose row it is, at its left."""
    below = line_step(sheet.type.body) + sheet.unit if member.number == 0 else 0.0
    stack = Stack(sheet.text, sheet.page, top + below, sheet.grid.left - sheet.page - 3 * sheet.unit)
    size = sheet.type.caption
    stack.marks.append(member.point(stack.x + SIGN, stack.bottom + 0.62 * size, SIGN))
    stack.add(member.name, size, colour="muted", indent=2 * SIGN + 5, kind="row-name")
    stack.bottom += sheet.unit
    stack.top = top
    return stack


def _said_before(sheet: Sheet, member: Member, touchpoint: Touchpoint) -> bool:
    """Whether a row above says the same at the same place."""
    return any(_same(sheet, other, member, touchpoint) for other in sheet.members[: member.number])


def _same(sheet: Sheet, one: Member, other: Member, touchpoint: Touchpoint) -> bool:
    """Whether both journeys have a touchpoint at one place, and call it the same."""
    found = [member.scores.by_id.get(touchpoint.id) for member in (one, other)]
    if any(rated is None or rated.touchpoint.title != touchpoint.title for rated in found):
        return False
    return abs(sheet.grid.xs[one.number][touchpoint.id] - sheet.grid.xs[other.number][touchpoint.id]) < 0.01


def _cell(sheet: Sheet, member: Member, touchpoint: Touchpoint, top: float, left: float, width: float) -> Group:
    x, middle = left + MARK, top + SIGN + 1.5
    marks: list[Mark] = []
    for other in sheet.members[member.number :]:
        if other is member or _same(sheet, member, other, touchpoint):
            marks.append(other.point(x, middle, SIGN))
            x += 2 * SIGN + 3
    stack = Stack(sheet.text, left + MARK - SIGN, top + 2 * SIGN + 5, width - GUTTER)
    stack.add(touchpoint.title, sheet.type.body, kind="touchpoint-title")
    id = f"touchpoint-{member.number + 1}-{touchpoint.id}"
    return Group(marks=(*marks, *stack.marks), id=id, title=touchpoint.title, kind="touchpoint")


def leaders(sheet: Sheet, top: float) -> list[Mark]:
    """By time: from the first journey's times on the axis to its columns, `LEADER` points high."""
    found: list[Mark] = []
    for id, left in sheet.grid.lefts[0].items():
        x, column = sheet.grid.xs[0][id], left + MARK
        found.append(
            Path(
                commands=(
                    ("M", x, top), ("L", x, top + 4), ("L", column, top + LEADER - 3), ("L", column, top + LEADER),
                ),
                stroke="neutral", stroke_width=0.6, kind="leader",
            )
        )  # fmt: skip
    return found
