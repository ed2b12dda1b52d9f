"""Touchpoints below a row: number, kind of change, title, and previous title."""

from __future__ import annotations

from journeykit.charts.columns import MARK
from journeykit.charts.difference import signs
from journeykit.charts.difference.columns import Column
from journeykit.charts.difference.layout import DifferenceLayout, Row
from journeykit.charts.lane import Band
from journeykit.drawing.scene import Group, Mark, Role
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import visible

GUTTER = 10.0
SIGN = 4.6


def cells(layout: DifferenceLayout, row: Row, top: float) -> Band:
    """Return a cell for each column, with x along the strip."""
    cells = [_cell(layout, row, n, column, top) for n, column in enumerate(row.columns)]
    height = max(cell.box().bottom for cell in cells) - top
    return Band(height, tuple(cells), layout.labels("lanes.touchpoints"))


def _cell(layout: DifferenceLayout, row: Row, n: int, column: Column, top: float) -> Group:
    left, labels, size = row.lefts[n] + MARK - signs.radius("kept"), layout.labels, layout.type
    stack = Stack(layout.text, left, top, row.rights[n] - left - GUTTER)
    rated = column.shown
    if rated is None or column.change is None:
        stack.add(labels("difference.more", n=column.folded), size.caption, color="muted", kind="fold")
        return Group(marks=tuple(stack.marks), id=f"fold-{row.number}-{n}", kind="fold")
    gone = column.new is None
    marks: list[Mark] = []
    indent = 0.0
    if column.status != "kept":
        indent = 2 * SIGN + 4
        radius = SIGN if column.status in ("added", "removed") else 0.8 * SIGN
        marks += signs.point(column.status, left + SIGN, top + 0.62 * size.body, radius, not gone)
    stack.add(str(rated.number), size.body, bold=True, color="muted" if gone else "ink", indent=indent, kind="number")
    if word := _fate(layout, column):
        color: Role = "muted" if gone else "accent"
        stack.add(word, size.caption, bold=True, color=color, kind="fate")
    stack.space(1.0)
    stack.add(rated.touchpoint.title, size.body, color="muted" if gone else "ink", kind="touchpoint-title")
    before = column.change.old
    if before and not gone and before.touchpoint.title != rated.touchpoint.title:
        stack.space(2.0)
        was = labels("difference.was", title=visible(before.touchpoint.title))
        stack.add(was, size.caption, color="muted", kind="was")
    id = f"touchpoint-{'old-' if gone else ''}{rated.id}"
    return Group(marks=(*marks, *stack.marks), id=id, title=rated.touchpoint.title, kind="touchpoint")


def _fate(layout: DifferenceLayout, column: Column) -> str:
    change, labels = column.change, layout.labels
    if change is None or column.status == "kept":
        return ""
    if column.status == "moved-here" and change.old:
        return labels("difference.moved_here", n=change.old.number)
    if column.status == "moved-away" and change.new:
        return labels("difference.moved_away", n=change.new.number)
    return labels(f"difference.{column.status}")
