"""A chart as one wide picture, as on a wall: rows of touchpoints below each other, as wide and high as they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Literal, NamedTuple

from journeykit.charts.chart_types import Chart
from journeykit.charts.columns import Axis, Columns, ColumnSizes, paged, rows
from journeykit.charts.lane import View
from journeykit.charts.lane_rows import LaneRows
from journeykit.charts.logo import logo_at
from journeykit.charts.sheet import Sheet, nothing_to_show, scene_with
from journeykit.drawing.scene import Group, Mark, Scene
from journeykit.drawing.stack import Stack
from journeykit.drawing.themes.assets import Logo
from journeykit.errors import UsageError

MARGIN = 40.0
GUTTER = 112.0
"""Width of the labels at the left."""
LEAST, LOWEST = 520.0, 380.0
"""The least width of all columns: as a rule, and where a row is so low that its picture would be too long."""
WIDEST = 3.0
"""The most width of a picture in its heights; the least is one."""
TRIES = 8
BETWEEN_ROWS = 52.0
UNDIVIDED, PAGE = 200, 100
"""Journeys of more than 200 touchpoints are divided into pages of at most 100, unless one row has more."""


class Wall(NamedTuple):
    """A chart without a size of its own."""

    view: View
    plan: Chart
    axis: Axis
    column: float
    """The least width of a column, so that its texts can be read."""
    logo: Logo | None
    divided: bool
    """Whether there may be several pages."""
    likely: float = 0.0
    """The likely height of one row. A good guess saves laying out the chart twice."""

    def sheets(self, columns: int | Literal["all"] | None, width: float | None) -> Iterator[Sheet]:
        """Yield the pages.

        `columns` is the most touchpoints in a row; `width` that of the picture. Without both the picture is wider than
        high, but at most three times as wide.
        """
        drawn: Scene | None = None
        if columns is None and width is None:
            grid, drawn = self._wide()
        else:
            grid = self._fixed(columns, width)
        pages = self._pages(grid)
        at = 0
        for number, page in enumerate(pages, 1):
            where = self.view.labels("header.page", n=number, count=len(pages)) if len(pages) > 1 else ""
            numbers = frozenset(slot.place.number for row in page for slot in row.slots)
            scene = drawn if drawn and not where else self._scene(grid, at, len(page), where)
            yield Sheet(scene, where, numbers)
            at += len(page)

    def _rows(self, limit: int, least: float = LEAST, room: float | None = None) -> list[Columns]:
        return rows(self.view.journey, self.axis, limit, ColumnSizes(MARGIN, GUTTER, self.column, least), room)

    def _pages(self, grid: Sequence[Columns]) -> Sequence[Sequence[Columns]]:
        return paged(grid, PAGE) if self._is_divided else [grid]

    @property
    def _is_divided(self) -> bool:
        return self.divided and len(self.view.journey.places) > UNDIVIDED

    def _fixed(self, columns: int | str | None, width: float | None) -> list[Columns]:
        if isinstance(columns, int) and columns < 1:
            raise UsageError(f"a row cannot have {columns} columns", "give a number from 1 up, or all")
        limit = columns if isinstance(columns, int) else len(self.view.journey.places)
        if width is None:
            return self._rows(limit)
        room, narrowest = width - 2 * MARGIN - GUTTER, self.plan.narrowest
        if room < narrowest + 8:
            least = 2 * MARGIN + GUTTER + narrowest + 8
            raise UsageError(f"a width of {width:g} pt leaves no room", f"give at least {least:g} pt")
        loose = 1.25 if self.axis == "time" else 1.0
        fit = int((room / loose + 8) // ((narrowest if columns else self.column) + 8))
        return self._rows(min(limit, max(1, fit)), room=room)

    def _wide(self) -> tuple[list[Columns], Scene]:
        """Return as few rows as keep the picture from being too long, with columns wide enough for it to be wide, and
        the first page as it is if there is no other.
        """
        count = PAGE if self._is_divided else len(self.view.journey.places)
        most = ceil(count / 2)  # a row of one touchpoint is mostly empty
        frame = 2 * MARGIN + GUTTER
        number, least = 1, max(self.likely - frame, LEAST)
        for _ in range(TRIES):
            grid = self._rows(ceil(count / number), least)
            scene = self._scene(grid, 0, len(self._pages(grid)[0]), "")
            narrow = WIDEST * scene.height - frame
            too_long = narrow < scene.width - frame
            if too_long and number == 1 and scene.width - frame <= least and narrow >= LOWEST:
                least = narrow
            elif too_long and number < most:
                number, least = _more_rows(scene, number, count, most), LEAST
            elif scene.width < scene.height:
                least = scene.height - frame
            else:
                break
        return grid, scene

    def _scene(self, grid: Sequence[Columns], first: int, count: int, where: str) -> Scene:
        """Lay out rows of one page. `where` is its number and the number of pages if there are several."""
        view, right = self.view, grid[first].right
        marks: list[Mark] = []
        y = MARGIN
        if self.logo:
            marks.append(logo_at(self.logo, MARGIN, y, right - MARGIN))
            y += marks[0].box().height + 4 * view.unit
        if first > 0:
            head = Stack(view.text, MARGIN, y, right - MARGIN)
            head.add(view.journey.title, view.type.heading, bold=True, kind="title")
            marks.append(Group(marks=tuple(head.marks), id="running-head"))
            y = head.bottom + 6 * view.unit
        lanes = LaneRows(view, grid, self.plan.short)
        any_row = False
        for at in range(first, first + count):
            row_marks, y = lanes.row([name for name in self.plan.lanes if at == 0 or name != "header"], at, y)
            marks += row_marks
            y += BETWEEN_ROWS * bool(row_marks)
            any_row = any_row or bool(row_marks)
        if not any_row:
            if not where:
                raise nothing_to_show(view, self.plan)
            y += BETWEEN_ROWS  # a page may be empty if there are several
        if where:
            foot = Stack(view.text, MARGIN, y - BETWEEN_ROWS + 3 * view.unit, right - MARGIN)
            foot.add(where, view.type.caption, color="muted", kind="page")
            marks.append(Group(marks=tuple(foot.marks), id="page"))
            y = foot.bottom + BETWEEN_ROWS
        return scene_with(view, right + MARGIN, y - BETWEEN_ROWS + MARGIN, marks, where)


def _more_rows(scene: Scene, number: int, count: int, most: int) -> int:
    """Return the least number of rows, more than there are, that seems to make a picture no longer too long."""
    frame = 2 * MARGIN + GUTTER
    columns = (scene.width - frame) / ceil(count / number)
    for more in range(number + 1, most):
        if frame + columns * ceil(count / more) <= WIDEST * scene.height * more / number:
            return more
    return most
