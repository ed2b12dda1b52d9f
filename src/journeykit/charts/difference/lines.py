"""Plot of a row: both curves, the area between them, points, changes and low points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from journeykit.charts.curve.plot import NEUTRAL, Plot
from journeykit.charts.curve.plot_area import grid, neutral_line
from journeykit.charts.curve.spline import Piece, path
from journeykit.charts.difference import signs
from journeykit.charts.difference.columns import Column
from journeykit.charts.difference.gap import gaps, tint
from journeykit.charts.difference.layout import DifferenceLayout, Row, height_of
from journeykit.charts.free_space import FreeSpace
from journeykit.comparing import LowPointDiff
from journeykit.drawing import icons
from journeykit.drawing.geometry import Box
from journeykit.drawing.scene import Group, Mark, Path, Rect, Role, Text

SHIELD, LARGER = 13.0, 21.0
"""Size of the marker of a low point, and with three digits."""
SHORT = 22.0
"""The least length of an arrow between two points."""
LARGE = 12.5
"""The least change in large print: half a step of the five-point scale."""

Curves = Sequence[Sequence[Piece]]


def lines(layout: DifferenceLayout, row: Row, plot: Plot, old: Curves, new: Curves) -> list[Mark]:
    """Return all marks of the plot, in drawing order, with x along the strip."""
    before, after = (_in_row(row, curves) for curves in (old, new))
    marks: list[Mark] = [*grid(layout.text, plot, row.left, row.right, layout.type.caption)]
    marks += [_fold(row, n, plot) for n, column in enumerate(row.columns) if column.status == "folded"]
    pairs = (pair for one in before for other in after for pair in gaps(one, other))
    marks += [area for pair in pairs if (area := tint(*pair))]
    marks.append(neutral_line(plot, row.left, row.right))
    room = _room(row, plot, [*before, *after])
    arrows = [mark for n, column in enumerate(row.columns) for mark in _arrow(row, n, column, plot)]
    room_for = [mark.box().grown(2) for mark in arrows]
    points = [point for n, column in enumerate(row.columns) for point in _points(layout, row, n, column, plot)]
    for box in (*room_for, *(point.box().grown(1) for point in points)):
        room.take(box)
    marks += [_curve(run, new=False) for run in before] + [_curve(run, new=True) for run in after]
    deltas = [mark for n, column in enumerate(row.columns) for mark in _delta(layout, row, n, column, plot, room)]
    shields = [mark for n, column in enumerate(row.columns) for mark in _shields(layout, row, n, column, plot, room)]
    return [*marks, *arrows, *points, *shields, *deltas]


def _in_row(row: Row, curves: Curves) -> list[list[Piece]]:
    cut = [[part for piece in run if (part := piece.clipped(row.left, row.right))] for run in curves]
    return [run for run in cut if run]


def _room(row: Row, plot: Plot, curves: Curves) -> FreeSpace:
    room = FreeSpace()
    level = plot.y(NEUTRAL)
    room.take(Box(row.left, level - 1, row.right, level + 1))
    room.take(Box(row.left - 30, -plot.height, row.left, 2 * plot.height))  # numbers of the scale
    for run in curves:
        for piece in run:
            room.take_curve(piece)
    return room


def _fold(row: Row, n: int, plot: Plot) -> Rect:
    """Return a rectangle that covers the plot where touchpoints are left out."""
    left, right = row.lefts[n] + 4, row.rights[n] - 8
    return Rect(x=left, y=plot.top, width=right - left, height=plot.height, radius=4, fill="panel", kind="fold")


def _curve(run: Sequence[Piece], new: bool) -> Mark:
    return Path(
        commands=path(run), stroke=signs.NEW if new else signs.OLD, stroke_width=signs.WIDE if new else signs.THIN,
        dash=() if new else signs.DASH, kind="new-curve" if new else "old-curve",
    )  # fmt: skip


def _points(layout: DifferenceLayout, row: Row, n: int, column: Column, plot: Plot) -> Iterator[Group]:
    """Yield the old point and the new one over it; the old one is larger if they overlap."""
    both = column.old and column.new and abs(height_of(column.old, plot) - height_of(column.new, plot)) < 4
    for new, rated in ((False, column.old), (True, column.new)):
        if rated is None:
            continue
        wider = 2.4 if both and not new else 0.0
        x, y, size = row.x(n), height_of(rated, plot), signs.radius(column.status) + wider
        marks = signs.point(column.status, x, y, size, new, rated.score is not None)
        score = layout.labels.unrated(rated.hidden) if rated.score is None else layout.labels.number(rated.score)
        title = f"{layout.names[new]}, {rated.number} {rated.touchpoint.title}, {score}"
        yield Group(marks=tuple(marks), id=f"{'new' if new else 'old'}-{rated.id}", title=title, kind="point")


def _arrow(row: Row, n: int, column: Column, plot: Plot) -> list[Mark]:
    """Return an arrow from the old to the new point."""
    if not (column.old and column.new) or column.old.score is None or column.new.score is None:
        return []
    x, start, end = row.x(n), height_of(column.old, plot), height_of(column.new, plot)
    if abs(end - start) < SHORT:
        return []
    down = 1 if end > start else -1
    start, end = start + down * 7, end - down * 6.5
    return [*icons.change(x, start, end, _ink(-down))]


def _ink(delta: float) -> Role:
    return "good-ink" if delta > 0 else "bad-ink"


def _delta(layout: DifferenceLayout, row: Row, n: int, column: Column, plot: Plot, room: FreeSpace) -> Iterator[Mark]:
    """Yield the change of a touchpoint as a number beyond its new point."""
    delta = column.change.delta if column.change and column.new else None
    if delta is None or abs(delta) < 0.5 or column.new is None:
        return
    large = abs(delta) >= LARGE
    size = layout.type.lead if large else layout.type.caption
    words = layout.labels.number(delta, sign=True)
    label = layout.text.label(words, 0, 0, size, bold=large, color=_ink(delta), anchor="middle", kind="delta")
    box = label.box()
    x, y = row.x(n), height_of(column.new, plot)
    cx, cy = room.first(box.width + 3, box.height, _beside(x, y, box, -1 if delta > 0 else 1))
    title = f"{column.new.touchpoint.title}: {words}"
    placed = label.moved(cx, cy - (box.top + box.bottom) / 2)
    yield Group(marks=(placed,), id=f"change-{column.new.id}", title=title, kind="delta")


def _beside(x: float, y: float, box: Box, side: int) -> Iterator[tuple[float, float]]:
    """Yield positions on one side of a point, around it, and then further and further on that side."""
    wide, high = box.width / 2 + 8, box.height / 2 + 7
    for dx, dy in ((0, side), (0.7, side), (1, 0), (1, side * 0.5), (-0.7, side), (-1, 0), (0, -side), (0.7, -side)):
        yield x + dx * wide, y + dy * high
    for n in count(1):
        for dx in (0.0, 0.8, -0.8):
            yield x + dx * wide, y + side * (high + 4.0 * n)


def _shields(layout: DifferenceLayout, row: Row, n: int, column: Column, plot: Plot, room: FreeSpace) -> Iterator[Mark]:
    """Yield the low points of a column: new ones filled, persisting ones grey, resolved ones hollow with a tick."""
    for change in layout.comparison.low_points:
        rated = column.new if change.new else column.old
        low = change.new or change.old
        if rated is None or low is None or rated.id != low.id:
            continue
        word = _word(layout, change)
        size = SHIELD if low.rank < 100 else LARGER
        wide = size + (word.width + 4 if word else 0)
        near = signs.radius(column.status) + size / 2 + 3
        x, y = row.x(n), height_of(rated, plot)
        cx, cy = room.first(wide, size + 1, _under(x, y, near, (wide - size) / 2))
        sx = cx - (wide - size) / 2
        marks: list[Mark] = [_shield(layout, change, sx, cy, size)]
        if word:
            marks.append(word.moved(sx + size / 2 + 4, cy))
        title = f"{layout.labels(f'difference.low_{change.fate}')}: {rated.touchpoint.title}"
        yield Group(marks=tuple(marks), id=f"low-point-{change.fate}-{low.rank}", title=title, kind="low-point")


def _word(layout: DifferenceLayout, change: LowPointDiff) -> Text | None:
    """Return the fate of a low point as text, or None if it persists."""
    if change.fate == "persisting":
        return None
    size = layout.type.caption
    colors: dict[str, Role] = {"new": "bad-ink", "unmasked": "muted", "resolved": "good-ink"}
    return layout.text.label(
        layout.labels(f"difference.{change.fate}"), 0, 0.36 * size, size, color=colors[change.fate], kind="fate"
    )


def _shield(layout: DifferenceLayout, change: LowPointDiff, x: float, y: float, size: float) -> Group:
    if change.new is None:
        return icons.resolved(x, y, size)
    if change.old is None:
        return icons.low_point(layout.text, change.new.rank, x, y, size)
    return icons.low_point(layout.text, change.new.rank, x, y, size, fill="muted", ink="page")


def _under(x: float, y: float, near: float, shift: float) -> Iterator[tuple[float, float]]:
    """Yield centres of a shield with its text: below the point, around it, and then further and further below."""
    for dx, dy in ((0, 1), (1, 0.9), (1, 0), (0, -1), (1, -0.9)):
        yield x + dx * near + shift, y + dy * near
    for dx, dy in ((-1, 0.9), (-1, 0), (-1, -0.9)):
        yield x + dx * near - shift, y + dy * near
    for n in count(1):
        for aside in (shift, 0.0, -shift):
            yield x + aside, y + near + n * 4.0
