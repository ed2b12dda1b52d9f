"""Lines of an overlay: a curve with points for each journey, low points, and the largest changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from journeykit.charts.curve.plot import NEUTRAL, Plot
from journeykit.charts.curve.plot_area import grid, neutral_line
from journeykit.charts.curve.spline import Piece, interpolate, path
from journeykit.charts.free_space import FreeSpace
from journeykit.charts.overlay.axis import REACH
from journeykit.charts.overlay.layout import OverlayLayout
from journeykit.charts.overlay.members import Member
from journeykit.charts.overlay.score_changes import ScoreChange
from journeykit.drawing import icons
from journeykit.drawing.geometry import Box, union
from journeykit.drawing.scene import Group, Mark, Path, Role
from journeykit.scoring import Rated

POINT = 4.4
"""Radius of a point."""
WIDER = 2.6
"""Growth of a point for each point that covers it, so that it stays visible."""
NEAR = 5.0
SHIELD = 13.0


def lines(layout: OverlayLayout, plot: Plot) -> list[Mark]:
    """Return all marks of the plot, in drawing order."""
    edge = layout.edge
    marks: list[Mark] = [*grid(layout.text, plot, layout.grid.left, edge, layout.type.caption)]
    marks.append(neutral_line(plot, layout.grid.left, edge))
    room = FreeSpace()
    level = plot.y(NEUTRAL)
    room.take(Box(layout.grid.left, level - 1, edge, level + 1))
    curves = {member.number: list(_curves(layout, plot, member)) for member in layout.members}
    for curve in (curve for several in curves.values() for curve in several):
        for piece in curve:
            room.take_curve(piece)
    points = {member.number: _points(layout, plot, member) for member in layout.members}
    for point in (point for several in points.values() for point in several):
        room.take(point.box().grown(1))
    room.take(Box(layout.grid.ends - 4, -plot.height, layout.right, 3 * plot.height))  # the labels
    for member in layout.members:
        if found := ending(layout, plot, member):  # the leader to the label
            x, y, _ = found
            room.take(Box(x, y - 3, max(x, layout.grid.last) + REACH, y + 3))
    here = [change for change in layout.changes if change.id in layout.grid.lefts[change.new.number]]
    arrows = [mark for change in here for mark in _arrow(layout, plot, change, room)]
    for member in layout.members:
        style = member.style
        drawn: list[Mark] = [
            Path(commands=path(curve), stroke=style.color, stroke_width=2.0, dash=style.dash, kind="curve")
            for curve in curves[member.number]
        ]
        if drawn:
            id = layout.grid.named(f"curve-{member.number + 1}")
            marks.append(Group(marks=tuple(drawn), id=id, title=member.name, kind="curve"))
    marks += arrows
    for member in layout.members:
        marks += points[member.number]
    deltas = [_delta(layout, plot, change, room) for change in here]
    shields = [mark for member in layout.members for mark in _shields(layout, plot, member, room)]
    return [*marks, *shields, *deltas]


def _curves(layout: OverlayLayout, plot: Plot, member: Member) -> Iterator[list[Piece]]:
    """Yield the curves through runs of consecutive rated touchpoints, as far as they are in the row."""
    xs, ends = layout.grid.xs[member.number], (layout.grid.left, layout.edge)
    run: list[Rated] = []
    for rated in (*member.scores.touchpoints, None):
        if rated is not None and rated.score is not None:
            run.append(rated)
            continue
        if len(run) > 1:
            whole = interpolate([xs[one.id] for one in run], [plot.y(one.score or 0.0) for one in run])
            if pieces := [piece for one in whole if (piece := one.clipped(*ends))]:
                yield pieces
        run = []


def ending(layout: OverlayLayout, plot: Plot, member: Member) -> tuple[float, float, bool] | None:
    """Return x and y of the end of a line in the row, and whether it ends there; None if there is none.

    A journey without a rating ends on the neutral line of the last row.
    """
    rated = member.scores.rated
    if not rated:
        return (layout.grid.last, plot.y(NEUTRAL), True) if layout.grid.number == layout.grid.total else None
    xs = layout.grid.xs[member.number]
    if rated[-1].id in layout.grid.lefts[member.number]:
        return xs[rated[-1].id], plot.y(rated[-1].score or 0.0), True
    pieces = [piece for curve in _curves(layout, plot, member) for piece in curve]
    if pieces:
        return pieces[-1].x1, pieces[-1].y1, False
    here = [one for one in rated if one.id in layout.grid.lefts[member.number]]
    return (xs[here[-1].id], plot.y(here[-1].score or 0.0), False) if here else None


def _points(layout: OverlayLayout, plot: Plot, member: Member) -> list[Group]:
    above = [
        _where(layout, plot, other, rated)
        for other in layout.members[member.number + 1 :]
        for rated in layout.shown(other)
    ]
    near: dict[int, list[tuple[float, float]]] = {}
    for x, y in above:
        near.setdefault(int(x // NEAR), []).append((x, y))
    points = []
    for rated in layout.shown(member):
        x, y = _where(layout, plot, member, rated)
        cell = int(x // NEAR)
        around = [one for n in (cell - 1, cell, cell + 1) for one in near.get(n, ())]
        covered = sum(abs(ox - x) + abs(oy - y) < NEAR for ox, oy in around)
        mark = member.point(x, y, POINT + WIDER * min(covered, 5), rated.score is not None)
        id = f"point-{member.number + 1}-{rated.id}"
        points.append(Group(marks=(mark,), id=id, title=_title(layout, member, rated), kind="point"))
    return points


def _title(layout: OverlayLayout, member: Member, rated: Rated) -> str:
    score = layout.labels.unrated(rated.hidden) if rated.score is None else layout.labels.number(rated.score)
    return ", ".join([member.name, f"{rated.number} {rated.touchpoint.title}", *rated.touchpoint.feeling, score])


def _shields(layout: OverlayLayout, plot: Plot, member: Member, room: FreeSpace) -> Iterator[Mark]:
    """Yield the ranks of a journey's low points, as near to their points as possible."""
    for low in sorted(member.scores.low_points, key=lambda low: low.rank):
        if low.id not in layout.grid.lefts[member.number]:
            continue
        x, y = _where(layout, plot, member, member.scores.by_id[low.id])
        sx, sy = room.first(SHIELD - 1, SHIELD + 1, _around(x, y, POINT + SHIELD / 2 + 2.5))
        title = f"{member.name}: {layout.labels('curve.low_point', n=low.rank)}"
        shield = icons.low_point(layout.text, low.rank, sx, sy, SHIELD, fill=member.style.color, ink="page")
        yield Group(marks=(shield,), id=f"low-point-{member.number + 1}-{low.rank}", title=title, kind="low-point")


def _around(x: float, y: float, off: float) -> Iterator[tuple[float, float]]:
    """Yield positions below a point, around it, and then further and further below."""
    for dx, dy in ((0, 1), (0.8, 0.8), (-0.8, 0.8), (1, 0), (-1, 0), (0, -1), (0.8, -0.8), (-0.8, -0.8)):
        yield x + dx * off, y + dy * off
    for n in count(1):
        for dx in (0.0, 0.5, -0.5):
            yield x + dx * off, y + off + n * 4.0


def _where(layout: OverlayLayout, plot: Plot, member: Member, rated: Rated) -> tuple[float, float]:
    """Return the point of a touchpoint; it is on the neutral line if it is not rated."""
    return layout.grid.xs[member.number][rated.id], plot.y(NEUTRAL if rated.score is None else rated.score)


def _arrow(layout: OverlayLayout, plot: Plot, change: ScoreChange, room: FreeSpace) -> list[Mark]:
    """Return an arrow from the old to the new point if they have the same x."""
    x, start = _where(layout, plot, change.old, change.old.scores.by_id[change.id])
    to_x, end = _where(layout, plot, change.new, change.new.scores.by_id[change.id])
    if abs(to_x - x) > 0.01 or abs(end - start) < 4 * POINT:
        return []
    down = 1 if end > start else -1
    start, end = start + down * (POINT + 3), end - down * (POINT + 2.5)
    color = ink(change)
    line, tip = icons.change(x, start, end, color)
    room.take(union([line.box()]).grown(1.5))
    return [line, tip]


def ink(change: ScoreChange) -> Role:
    """Return the color of a change."""
    return "good-ink" if change.delta > 0 else "bad-ink"


def _delta(layout: OverlayLayout, plot: Plot, change: ScoreChange, room: FreeSpace) -> Mark:
    """Return the change as a number beside the arrow."""
    x, y = _where(layout, plot, change.new, change.new.scores.by_id[change.id])
    old_x, old_y = _where(layout, plot, change.old, change.old.scores.by_id[change.id])
    size = layout.type.lead
    written = layout.text.label(
        layout.labels.number(change.delta, sign=True), 0, 0, size, bold=True, color=ink(change), anchor="middle",
        kind="delta",
    )  # fmt: skip
    box = written.box()
    middle = (y + old_y) / 2 if abs(old_x - x) < 0.01 else y
    half = box.width / 2 + 5
    cx, cy = room.first(box.width + 4, box.height, _beside(x, middle, half, box.height, y))
    title = f"{change.new.scores.by_id[change.id].touchpoint.title}: {written.text}"
    label = written.moved(cx, cy - (box.top + box.bottom) / 2)
    return Group(marks=(label,), id=f"change-{change.new.number + 1}-{change.id}", title=title, kind="delta")


def _beside(x: float, y: float, half: float, high: float, point: float) -> Iterator[tuple[float, float]]:
    """Yield positions to the right and left of y, and then further and further above the point."""
    for dy in (0, -0.7, 0.7, -1.4, 1.4, -2.1, 2.1):
        for side in (1, -1):
            yield x + side * half, y + dy * high
    for n in count(1):
        for dx in (0.0, 1.0, -1.0):
            yield x + dx * half, point - high * (0.5 + 0.5 * n)


def extent(marks: Iterable[Mark]) -> Box:
    """Return the box around all marks."""
    return union(mark.box() for mark in marks)
