"""An overlay on pages of paper or slides, as `charts.pages` has other charts on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import log
from types import MappingProxyType
from typing import Literal, NamedTuple

from journeykit.charts.columns import Axis
from journeykit.charts.lane_pieces import cuts, piece
from journeykit.charts.overlay import parts
from journeykit.charts.overlay.axis import END, REACH, Room
from journeykit.charts.overlay.chart import LEAST, Overlay, overlay_for, scene_of_overlay
from journeykit.charts.overlay.layout import OverlayLayout
from journeykit.charts.page_breaks import BETWEEN_ROWS, PAGE, WITHIN, Block, Division, divided, starts_row
from journeykit.charts.page_search import (
    CLOSER,
    GUTTER,
    HIGH,
    LOW,
    MARGIN,
    NARROWER,
    ROW,
    TEXT,
    WIDER,
    Format,
    best,
    dense,
    foot,
    foot_height,
    least_scale,
    numbers_of_columns,
)  # fmt: skip
from journeykit.drawing.paper import Paper, papers
from journeykit.drawing.scene import Group, Mark, Scene
from journeykit.drawing.themes import Theme
from journeykit.errors import UsageError
from journeykit.model import Journey
from journeykit.scoring import Scores

APART = 20.0
"""How bad it is if the touchpoints of a row begin a page without its lines."""
REPEATED = 1 / 3
"""The most of a page that stages take which are repeated at its top."""
PARTS: Mapping[str, Callable[[OverlayLayout, float], tuple[list[Mark], float]]] = MappingProxyType(
    {
        "header": parts.head,
        "curve": parts.curves,
        "stages": parts.stages,
        "plot": parts.plot,
        "touchpoints": parts.touchpoints,
    }
)
"""What stands on pages: `curve` is stages and plot on one page."""
NAMES = {"stages": "lanes.stages", "plot": "lanes.curve", "touchpoints": "lanes.touchpoints"}
"""Names of parts that can go on on a further page."""


class PagedOverlay(NamedTuple):
    """An overlay divided into pages."""

    format: Format
    width: float
    height: float
    rows: list[OverlayLayout]
    division: Division
    value: float
    """How good it is."""

    @property
    def pages(self) -> int:
        return len(self.division.pages)


def overlay_on(
    page: str,
    pairs: Sequence[tuple[Journey, Scores]],
    *,
    axis: Axis = "order",
    columns: int | Literal["all"] | None = None,
    theme: Theme | None = None,
) -> Iterator[Scene]:
    """Yield the pages of an overlay on the paper of a name; `columns` is the most columns in a row.

    A part that is higher than a page goes on on the next one. Raises UsageError for an unknown paper, if its columns
    are too narrow, and as `overlay_of` does.
    """
    if columns == "all":
        raise UsageError("a page says how wide the picture is", "leave out all columns in one row")
    return _pages(overlay_for(pairs, axis, theme), papers(page), columns)


def _pages(overlay: Overlay, turned: Sequence[Paper], columns: int | None) -> Iterator[Scene]:
    found = best(_formats(overlay, turned, columns), partial(_layout, overlay))
    if found is None:
        raise UsageError(
            f"these journeys do not fit on {turned[0].name.partition('-')[0]}: their lines are higher than a page",
            "name a larger page, or fewer journeys",
        )
    total = found.pages
    for number, (page, free) in enumerate(zip(found.division.pages, found.division.free, strict=True), 1):
        where = overlay.labels("header.page", n=number, count=total) if total > 1 else ""
        marks = _page(found, page, free, last=number == total > 1)
        scene = scene_of_overlay(overlay, found.width, found.height, marks)
        if where:
            row = found.rows[0]
            marks.append(foot(row.text, row.type.caption, scene.title, found.width, found.height, where))
            scene = scene._replace(marks=tuple(marks), title=f"{scene.title} – {where}")
        yield overlay.finished(scene._replace(paper=found.format.paper))


def _formats(overlay: Overlay, turned: Sequence[Paper], columns: int | None) -> Iterator[Format]:
    for paper in turned:
        for tight in (False, True):
            room = paper.width / least_scale(paper) - 2 * MARGIN - GUTTER - REACH - END
            most = int(room // (overlay.column * NARROWER[tight])) + 1
            for number in numbers_of_columns(overlay.most, min(most, columns or overlay.most)):
                yield Format(paper, number, tight)


def _layout(overlay: Overlay, form: Format, scale: float) -> PagedOverlay | None:
    """Divide an overlay into pages; return None if columns get too narrow or a row is too high."""
    paper, limit, tight = form
    width, height = paper.width / scale, paper.height / scale
    room = width - 2 * MARGIN - GUTTER
    column = overlay.column * NARROWER[tight]
    if (room - REACH - END) / max(1, limit - 1) < column:
        return None
    grids = overlay.grids(Room(MARGIN + GUTTER, column, LEAST, limit, room))
    rows = overlay.layouts(grids, MARGIN)
    plot = rows[0].plot * LOW
    rows = [row._replace(right=width - MARGIN, plot=plot) for row in rows]
    if tight:
        rows = [row._replace(type=dense(row.type), unit=row.unit * CLOSER) for row in rows]
    space, ending = height - 2 * MARGIN, foot_height(rows[0].type, rows[0].unit)
    measured = [_measured(row, space - ending) for row in rows]
    rows = [one.row for one in measured]
    for below in (0.0, ending):  # a single page has no foot
        gap, high = BETWEEN_ROWS * rows[0].unit, space - below
        blocks = _blocks(measured, high)
        division = divided(blocks, high, high, gap, PAGE[paper.unit]) if blocks else None
        if division and (below or len(division.pages) == 1):
            value = TEXT * log(rows[0].type.body * scale) - division.cost - ROW * len(rows)
            return PagedOverlay(form, width, height, rows, division, value)
    return None


class Measured(NamedTuple):
    """A row with its parts, each laid out from 0 downwards: marks, and where it ends."""

    row: OverlayLayout
    parts: Mapping[str, tuple[list[Mark], float]]


def _measured(row: OverlayLayout, room: float) -> Measured:
    """Return the parts of a row; names at the ends of its lines are short if the plot is else higher than a page."""
    plot = parts.plot(row, 0.0)
    if plot[1] > room:
        row = row._replace(short=True)
        plot = parts.plot(row, 0.0)
    header = {"header": parts.head(row, 0.0)} if row.grid.number == 1 else {}
    rest = {name: PARTS[name](row, 0.0) for name in ("stages", "touchpoints")}
    return Measured(row, {**header, "plot": plot, **rest})


def _blocks(rows: Sequence[Measured], room: float) -> list[Block] | None:
    """Return the parts of all rows, those that are higher than a page in pieces; None if one cannot be cut."""
    found: list[Block] = []
    for at, one in enumerate(rows):
        if "header" in one.parts:
            found += _part(one, at, "header", room, 0.0, 0.0)
        (bars, below), high = one.parts["stages"], one.parts["plot"][1]
        if below + high <= room:
            found.append(Block(at, "curve", below + high, 0.0, 0.0))
        else:
            found += _part(one, at, "stages", room, 0.0, 0.0) if bars else []
            found += _part(one, at, "plot", room, one.row.unit if bars else 0.0, 0.0)
        again = below if bars else one.row.unit
        found += _part(one, at, "touchpoints", room, again if again <= REPEATED * room else one.row.unit, APART)
    return None if any(block.height > room for block in found) else found


def _part(one: Measured, at: int, name: str, room: float, again: float, cost: float) -> list[Block]:
    """Return a part of a row as one block, or in pieces if it is higher than a page and can be cut."""
    marks, bottom = one.parts[name]
    if bottom <= room - again:
        return [Block(at, name, bottom, again, cost)]
    further = max(again, one.row.unit) + parts.label(one.row, _name(one.row, name), 0.0).height
    ends = cuts(Group(marks=tuple(marks)), bottom, room - again, room - further) or [(0.0, bottom)]
    return [
        Block(at, name, low - top, further if top else again, WITHIN if top else cost, (top, low)) for top, low in ends
    ]


def _name(row: OverlayLayout, part: str) -> str:
    return row.labels(NAMES[part]) if part in NAMES else ""


def _page(layout: PagedOverlay, page: Sequence[Block], free: float, last: bool) -> list[Mark]:
    """Return the marks of one page; plots are drawn higher to fill it, unless it is the last one."""
    plots = sum(block.name == "curve" for block in page)
    usual = layout.rows[0].plot / LOW
    plot = min(layout.rows[0].plot + free / max(1, plots), usual * (1.0 if last else HIGH))
    free -= (plot - layout.rows[0].plot) * plots
    gap = 0.0 if last else min(free / len(page), WIDER * layout.rows[0].unit)
    marks: list[Mark] = []
    y = MARGIN + (free / 3 if len(page) == 1 and page[0].name == "header" else 0.0)
    for number, block in enumerate(page):
        row = layout.rows[block.at]._replace(plot=plot)
        if starts_row(block):
            y += BETWEEN_ROWS * row.unit * (number > 0)
        elif number == 0:
            marks += _repeated(row, block, y)
            y += block.again
        here, y = _drawn(row, block, y)
        marks += here
        y += gap
    return marks


def _repeated(row: OverlayLayout, block: Block, y: float) -> list[Mark]:
    """Return what stands above a block that begins a page within its row: stages, and the name of what goes on."""
    marks: list[Mark] = []
    if block.name == "touchpoints":
        again, bottom = parts.stages_again(row, y)
        if bottom <= y + block.again + 0.01:  # else they would take too much of the page
            marks.append(Group(marks=tuple(_nameless(again)), kind="again"))
            y = bottom
    if block.piece and block.piece[0]:
        marks += parts.label(row, _name(row, block.name), y).marks
    return marks


def _drawn(row: OverlayLayout, block: Block, y: float) -> tuple[list[Mark], float]:
    """Return the marks of a block, and where the next one begins."""
    if block.piece is None:
        return PARTS[block.name](row, y)
    top, bottom = block.piece
    marks, _ = PARTS[block.name](row, y - top)
    return piece(Group(marks=tuple(marks)), y, y + bottom - top), y + bottom - top


def _nameless(marks: Sequence[Mark]) -> list[Mark]:
    return [mark._replace(kind="again") if isinstance(mark, Group) else mark for mark in marks]
