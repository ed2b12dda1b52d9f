"""Lanes below each other in rows of touchpoints."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from journeykit.charts.columns import STAGE_GAP, Columns
from journeykit.charts.dividing_line import DIVIDING
from journeykit.charts.lane import Band, View
from journeykit.charts.lanes import find
from journeykit.drawing.scene import Group, Line, Mark
from journeykit.drawing.stack import Stack

UNRULED = DIVIDING | {"header", "stages"}
"""Lanes without a line above them."""


class Strip(NamedTuple):
    """A lane of a row with its label, as it is drawn."""

    name: str
    group: Group
    bottom: float
    """Where the next lane begins."""


class LaneRows:
    """The lanes of all rows of a chart.

    A lane that one row has, each row has, if only to say that nothing is there; or none is empty (`filled`).
    """

    def __init__(self, view: View, rows: Sequence[Columns], short: Sequence[str] = (), filled: bool = False) -> None:
        self.view = view
        self.rows = rows
        self.short = short
        """Lanes that are kept short."""
        self.filled = filled
        self._shown: dict[str, bool] = {}

    def row(self, names: Sequence[str], at: int, y: float) -> tuple[list[Mark], float]:
        """Lay out lanes of the row at an index from y downwards; return their marks and where the next row begins."""
        strips: list[Strip] = []
        below, above = y, ""
        names = self.shown(names, at)
        for name in names:
            strip = self.strip(name, at, strips[-1].bottom if strips else y, above)
            if strip is None:
                continue
            strips.append(strip)
            below, above = strip.bottom if name in ("header", "stages") else below, name
        if not strips:
            return [], y
        bottom = strips[-1].bottom
        ends = [strip.bottom for strip in strips if strip.name != "footer"]
        guides = guides_of(
            self.rows[at], below, guide_end(ends[-1] if ends else y, strips[-1].name, self.view), f"guides-{at + 1}"
        )
        return [*guides, *(strip.group for strip in strips)], bottom

    def shown(self, names: Sequence[str], at: int) -> list[str]:
        """Return the lanes that a row may have: where none is empty, without a line that divides nothing."""
        if not self.filled:
            return list(names)
        below = dict(pairwise(names))
        return [name for name in names if name not in DIVIDING or self._is_filled(below.get(name, name), at)]

    def _is_filled(self, name: str, at: int) -> bool:
        return name in DIVIDING or self._band(name, at, 0.0) is not None

    def strip(self, name: str, at: int, y: float, above: str = "") -> Strip | None:
        """Lay out a lane with its label below the lane `above`; return None if no row has it."""
        columns, unit = self.rows[at], self.view.unit
        headed = name in ("header", "stages")
        top = y + 3 * unit * (not headed)
        band = self._band(name, at, top)
        if band is None:
            if self.filled or not self._in_another(name, at):
                return None
            band = Band(0.0, (), self.view.labels(f"lanes.{name}"))
        label = self._label(band.label, at, top)
        rule = hairline(columns.page, columns.right, y)
        # a dividing line is a border itself
        here: list[Mark] = [rule] if name not in UNRULED and above not in DIVIDING else []
        group = Group(marks=(*here, *label.marks, *band.marks), id=f"lane-{name}-{at + 1}", kind="lane")
        bottom = top + max(band.height, label.height) + unit * (6 if name == "header" else 2 if headed else 3)
        return Strip(name, group, bottom)

    def label(self, name: str, at: int, y: float) -> list[Mark]:
        """Return the label of a lane, for a page on which it goes on."""
        return self._label(self.view.labels(f"lanes.{name}"), at, y).marks

    def _label(self, words: str, at: int, top: float) -> Stack:
        columns = self.rows[at]
        label = Stack(self.view.text, columns.page, top, columns.left - columns.page - 3 * self.view.unit)
        label.add(words, self.view.type.body, bold=True, kind="lane-label")
        return label

    def _band(self, name: str, at: int, top: float) -> Band | None:
        view = self.view
        slim = view.slim or name in self.short
        band = find(name)(view._replace(columns=self.rows[at], slim=slim, filled=self.filled), top)
        return None if band and band.is_empty and self.filled else band

    def _in_another(self, name: str, at: int) -> bool:
        """Return whether another row has something to show in the lane."""
        if name not in self._shown:
            others = (self._band(name, other, 0.0) for other in range(len(self.rows)) if other != at)
            self._shown[name] = any(band is not None and band.of_row for band in others)
        return self._shown[name]


def guide_end(bottom: float, last: str, view: View) -> float:
    """Return where lines between stages end: at the end of the last lane, or at the upper edge of the footer."""
    return bottom if last == "footer" else bottom - 3 * view.unit


def hairline(left: float, right: float, y: float) -> Line:
    """Return a line between two lanes."""
    return Line(x1=left, y1=y, x2=right, y2=y, stroke="rule", stroke_width=0.75, kind="rule")


def guides_of(columns: Columns, top: float, bottom: float, id: str) -> list[Mark]:
    """Return thin lines between the stages, which connect the lanes of a tall map.

    There are none on a time axis: they would cross the plot at times where no stage begins.
    """
    edges = [stage[0].left - STAGE_GAP / 2 for stage in columns.stages[1:]]
    if columns.time_scale or bottom <= top or not edges:
        return []
    lines = tuple(
        Line(x1=x, y1=top, x2=x, y2=bottom, stroke="rule", stroke_width=0.5, dash=(1, 3), caps="round", kind="guide")
        for x in edges
    )
    return [Group(marks=lines, id=id, kind="guides")]
