"""An overlay on pages of paper or slides, as `charts.pages` has other charts on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from math import log
from typing import Literal, NamedTuple

from journeykit.charts.columns import Axis
from journeykit.charts.overlay import parts
from journeykit.charts.overlay.axis import END, REACH, Room
from journeykit.charts.overlay.chart import LEAST, Overlay, overlay_for, scene_of_overlay
from journeykit.charts.overlay.layout import OverlayLayout
from journeykit.charts.page_breaks import BETWEEN_ROWS, PAGE, Block, Division, divided, starts_row
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


class Layout(NamedTuple):
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

    Raises UsageError for an unknown paper, if a row is too high for it, and as `overlay_of` does.
    """
    if columns == "all":
        raise UsageError("a page says how wide the picture is", "Leave out all columns in one row.")
    return _pages(overlay_for(pairs, axis, theme), papers(page), columns)


def _pages(overlay: Overlay, turned: Sequence[Paper], columns: int | None) -> Iterator[Scene]:
    found = best(_formats(overlay, turned, columns), partial(_layout, overlay))
    if found is None:
        raise UsageError(
            f"these journeys do not fit on {turned[0].name.partition('-')[0]}: a row of them is higher than a page",
            "Name a larger page, or fewer journeys.",
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


def _layout(overlay: Overlay, form: Format, scale: float) -> Layout | None:
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
    space = height - 2 * MARGIN
    blocks = _blocks(rows)
    for below in (0.0, foot_height(rows[0].type, rows[0].unit)):  # a single page has no foot
        gap = BETWEEN_ROWS * rows[0].unit
        division = divided(blocks, space - below, space - below, gap, PAGE[paper.unit])
        if division and (below or len(division.pages) == 1):
            value = TEXT * log(rows[0].type.body * scale) - division.cost - ROW * len(rows)
            return Layout(form, width, height, rows, division, value)
    return None


def _blocks(rows: Sequence[OverlayLayout]) -> list[Block]:
    found = [Block(0, "header", parts.head(rows[0], 0.0)[1], 0.0, 0.0)]
    for at, row in enumerate(rows):
        found.append(Block(at, "curve", parts.curves(row, 0.0)[1], 0.0, 0.0))
        again = parts.stages_again(row, 0.0)[1]
        found.append(Block(at, "touchpoints", parts.touchpoints(row, 0.0)[1], again, APART))
    return found


def _page(layout: Layout, page: Sequence[Block], free: float, last: bool) -> list[Mark]:
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
        elif number == 0 and block.again:
            again, y = parts.stages_again(row, y)
            marks.append(Group(marks=tuple(_nameless(again)), kind="again"))
        here, y = {"header": parts.head, "curve": parts.curves, "touchpoints": parts.touchpoints}[block.name](row, y)
        marks += here
        y += gap
    return marks


def _nameless(marks: Sequence[Mark]) -> list[Mark]:
    return [mark._replace(kind="again") if isinstance(mark, Group) else mark for mark in marks]
