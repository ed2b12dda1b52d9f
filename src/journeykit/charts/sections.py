"""Short lists with a heading each, side by side in as many columns as fit."""

from __future__ import annotations

from collections.abc import Sequence

from journeykit.charts.about_text import Section
from journeykit.charts.lane import View
from journeykit.charts.notes import links
from journeykit.drawing.scene import Circle, Group, Mark, Rect
from journeykit.drawing.stack import Stack

COLUMN = 150.0
"""The least width of a column."""
BULLET = 8.0


def sections_within(
    view: View, sections: Sequence[Section], left: float, top: float, width: float, size: float
) -> tuple[list[Mark], float]:
    """Lay out sections in `width`; return their marks and the lower end of the longest column.

    Each section stands in the column that is the shortest so far, so that they stay in order from left to right.
    """
    gap = view.unit * 6
    many = max(1, min(len(sections), int((width + gap) // (COLUMN + gap))))
    column = (width - gap * (many - 1)) / many
    stacks = [Stack(view.text, left + number * (column + gap), top, column) for number in range(many)]
    for section in sections:
        stack = min(stacks, key=lambda one: one.bottom)
        stack.space(view.unit * 2)
        stack.add(section.title, view.type.caption, bold=True, color="accent", kind="section")
        for line, found in section.linked:
            stack.space(1.5)
            if len(section.lines) > 1:
                dot = stack.bottom + 0.62 * size
                stack.marks.append(Circle(x=stack.x + 1.5, y=dot, radius=1.5, fill="neutral", kind="bullet"))
            indent = BULLET * (len(section.lines) > 1)
            stack.add(line, size, indent=indent, kind="section-line")
            below = Stack(view.text, stack.x + indent, stack.bottom, stack.width - indent)
            links(view, below, found)
            stack.marks += below.marks
            stack.bottom = below.bottom
    return [mark for stack in stacks for mark in stack.marks], max(stack.bottom for stack in stacks)


def purpose(view: View, sections: Sequence[Section], left: float, top: float, width: float) -> Group:
    """Return what the journey is for on a panel: sections, of which there must be one at least."""
    pad = view.unit * 4
    marks, bottom = sections_within(view, sections, left + pad, top + pad, width - 2 * pad, view.type.body)
    panel = Rect(x=left, y=top, width=width, height=bottom - top + pad, radius=4, fill="panel", kind="card")
    return Group(marks=(panel, *marks), id="purpose", title=view.labels("fields.scope"), kind="purpose")
