"""A chart on pages of paper or slides: columns, breaks and sizes of text are chosen so that it fills them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log
from typing import NamedTuple

from journeykit.charts.chart_types import Chart
from journeykit.charts.columns import Axis, ColumnSizes, rows
from journeykit.charts.curve.plot import HEIGHT
from journeykit.charts.lane import View
from journeykit.charts.lane_pieces import cuts, piece
from journeykit.charts.lane_rows import LaneRows, guides_of
from journeykit.charts.logo import logo_at
from journeykit.charts.page_breaks import BETWEEN_ROWS, PAGE, WITHIN, Block, Division, cost, divided, starts_row
from journeykit.charts.page_search import (
    CLOSER,
    GUTTER,
    HIGH,
    LOW,
    MARGIN,
    NARROWER,
    PARTED,
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
)
from journeykit.charts.row_head import row_head
from journeykit.charts.sheet import Sheet, nothing_to_show, scene_with
from journeykit.drawing.hyphens import HYPHEN
from journeykit.drawing.paper import Paper
from journeykit.drawing.scene import Group, Mark, Text, walk
from journeykit.drawing.text import line_step
from journeykit.drawing.themes.assets import Logo
from journeykit.errors import UsageError

LOOSE = 1.25
"""Factor by which a time axis is longer than its columns."""
LOGO_ROOM = 600.0


class PagedMap(NamedTuple):
    """A chart divided into pages."""

    format: Format
    width: float
    """Width of the page in points of the scene."""
    height: float
    lanes: LaneRows
    division: Division
    value: float
    """How good it is."""

    @property
    def pages(self) -> int:
        return len(self.division.pages)


class Pages(NamedTuple):
    """A chart that is to be laid out on pages."""

    view: View
    plan: Chart
    axis: Axis
    logo: Logo | None
    columns: int | None
    """The most touchpoints in a row."""

    def sheets(self, papers: Sequence[Paper]) -> Iterator[Sheet]:
        """Yield the pages, all on one of the papers. Raises UsageError if something is too large for them."""
        found = self._best(papers)
        total = found.pages
        for number, (page, free) in enumerate(zip(found.division.pages, found.division.free, strict=True), 1):
            where = self.view.labels("header.page", n=number, count=total) if total > 1 else ""
            last = number == total > 1
            marks = self._logo(number) + self._page(found, page, free, self._top(number), last)
            if where:
                view = found.lanes.view
                size = view.type.caption
                marks.append(foot(view.text, size, view.journey.title, found.width, found.height, where))
            numbers = frozenset(slot.place.number for block in page for slot in found.lanes.rows[block.at].slots)
            paper = found.format.paper
            yield Sheet(scene_with(self.view, found.width, found.height, marks, where, paper), where, numbers)

    def _best(self, papers: Sequence[Paper]) -> PagedMap:
        formats = [
            Format(paper, columns, tight)
            for paper in papers
            for tight in (False, True)
            for columns in self._numbers_of_columns(paper, tight)
        ]
        found = best(formats, self._layout)
        if found is None:
            name = papers[0].name.partition("-")[0] if len(papers) > 1 else papers[0].name
            raise UsageError(
                f"{self.view.journey.title} does not fit on {name}: a touchpoint has more to show than a page holds",
                "name a larger page, or fewer lanes with --lanes",
            )
        return found

    def _numbers_of_columns(self, paper: Paper, tight: bool) -> list[int]:
        count = len(self.view.journey.places)
        room = paper.width / least_scale(paper) - 2 * MARGIN - GUTTER
        most = int(room // (self.plan.narrowest * NARROWER[tight]))
        return numbers_of_columns(count, min(most, self.columns or count))

    def _layout(self, form: Format, scale: float) -> PagedMap | None:
        """Divide the chart into pages; return None if columns get too narrow or something is too high."""
        paper, limit, tight = form
        width, height = paper.width / scale, paper.height / scale
        room = width - 2 * MARGIN - GUTTER
        column = room / limit / (LOOSE if self.axis == "time" else 1.0)
        if column < self.plan.narrowest * NARROWER[tight]:
            return None
        view = self.view._replace(plot=LOW * HEIGHT * self.view.unit)
        if tight:
            view = view._replace(type=dense(view.type), unit=view.unit * CLOSER)
        grid = rows(view.journey, self.axis, limit, ColumnSizes(MARGIN, GUTTER, column, room), room)
        lanes = LaneRows(view, grid, self.plan.short, filled=True)
        division = self._divided(lanes, height, PAGE[paper.unit])
        if division is None:
            return None
        value = TEXT * log(view.type.body * scale) - division.cost - ROW * len(grid)
        value -= PARTED * sum(block.parted for page in division.pages for block in page)
        return PagedMap(form, width, height, lanes, division, value)

    def _divided(self, lanes: LaneRows, height: float, page: float) -> Division | None:
        gap = BETWEEN_ROWS * lanes.view.unit
        room = height - 2 * MARGIN
        for below in (0.0, foot_height(lanes.view.type, lanes.view.unit)):  # a single page has no foot
            first = room - below - (self._top(1) - MARGIN)
            blocks = self._blocks(lanes, min(first, room - below))
            if blocks is None:
                continue
            division = divided(blocks, first, room - below, gap, page)
            if division and (below or len(division.pages) == 1):
                return division
        return None

    def _blocks(self, lanes: LaneRows, room: float) -> list[Block] | None:
        """Return all lanes; those that are higher than a page in pieces, None if they cannot be cut."""
        found: list[Block] = []
        for at, row in enumerate(lanes.rows):
            head, above = 0.0, ""
            for name in lanes.shown(self.plan.lanes, at):
                strip = lanes.strip(name, at, 0.0, above) if name != "header" or at == 0 else None
                if strip is None:
                    continue
                if name == "header":
                    found.append(Block(at, name, strip.bottom, 0.0, 0.0))
                    continue
                if above and not head:
                    head = _again_height(lanes.view._replace(columns=row))
                bad = cost(name, above)
                parted = _parted(strip.group)
                if strip.bottom <= room - head:
                    found.append(Block(at, name, strip.bottom, head, bad, parted=parted))
                else:
                    again = head or _again_height(lanes.view._replace(columns=row))
                    ends = cuts(strip.group, strip.bottom, room - head, room - again)
                    if not ends:
                        return None
                    found += [
                        Block(
                            at,
                            name,
                            low - top,
                            again if top else head,
                            WITHIN if top else bad,
                            (top, low),
                            0 if top else parted,
                        )
                        for top, low in ends
                    ]
                above = name
        if not any(block.name != "header" for block in found) and self.plan.lanes != ("header",):
            raise nothing_to_show(self.view, self.plan)
        return found

    def _top(self, number: int) -> float:
        logo = self._logo(number)
        return logo[0].box().bottom + 4 * self.view.unit if logo else MARGIN

    def _logo(self, number: int) -> list[Mark]:
        return [logo_at(self.logo, MARGIN, MARGIN, LOGO_ROOM)] if self.logo and number == 1 else []

    def _page(self, layout: PagedMap, page: Sequence[Block], free: float, y: float, last: bool) -> list[Mark]:
        """Return the marks of one page; lanes and plots are drawn higher to fill it, unless it is the last one."""
        lanes = layout.lanes
        usual = HEIGHT * self.view.unit
        plots = sum(block.name == "curve" for block in page)
        plot = min(lanes.view.plot + free / plots, usual * (1.0 if last else HIGH)) if plots else lanes.view.plot
        free -= (plot - lanes.view.plot) * plots
        if [block.name for block in page] == ["header"]:  # a cover
            y += free / 3
        gap = 0.0 if last else min(free / len(page), WIDER * lanes.view.unit)
        return _drawn(LaneRows(lanes.view._replace(plot=plot), lanes.rows, lanes.short, lanes.filled), page, y, gap)


def _parted(group: Group) -> int:
    """Return how many words of a lane are parted with a hyphen."""
    return sum(isinstance(mark, Text) and mark.text.endswith(HYPHEN) for mark, _ in walk(group))


def _again_height(view: View) -> float:
    """Return the height of what is repeated above the lanes of a row, with room for the name of a lane beside it."""
    return max(row_head(view, 0.0).height, 2 * line_step(view.type.body)) + 3 * view.unit


def _drawn(lanes: LaneRows, page: Sequence[Block], y: float, gap: float) -> list[Mark]:
    """Return the blocks of a page below each other from y on."""
    view = lanes.view
    marks: list[Mark] = []
    above, guided = "", y
    for number, block in enumerate(page):
        row = lanes.rows[block.at]
        if starts_row(block):
            y += BETWEEN_ROWS * view.unit * (number > 0)
            above, guided = "", y
        elif number == 0 and block.again:
            marks += row_head(view._replace(columns=row), y).marks
            if block.piece and block.piece[0]:
                marks += lanes.label(block.name, block.at, y)
            y += _again_height(view._replace(columns=row))
            guided = y
        begins = y
        strip_marks, y = _block(lanes, block, y, above)
        marks += strip_marks
        y += gap
        guided = y if block.name in ("header", "stages") else guided
        above = block.name
        if number + 1 == len(page) or starts_row(page[number + 1]):
            low = begins if block.name == "footer" else y - gap - 3 * view.unit
            marks = [*guides_of(row, guided, low, f"guides-{block.at + 1}"), *marks]
    return marks


def _block(lanes: LaneRows, block: Block, y: float, above: str) -> tuple[list[Mark], float]:
    """Return a lane, or a piece of it, and where the next one begins."""
    strip = lanes.strip(block.name, block.at, y, above)
    assert strip
    if block.piece is None:
        return [strip.group], strip.bottom
    top, bottom = block.piece
    kept = tuple(mark.moved(0, -top) for mark in piece(strip.group, y + top, y + bottom))
    return [strip.group._replace(marks=kept)], y + bottom - top
