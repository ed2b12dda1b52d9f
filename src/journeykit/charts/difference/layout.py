"""Layout of a difference, which all of its parts use."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from journeykit.charts.columns import MARK, STAGE_GAP, gaps
from journeykit.charts.curve.plot import Plot
from journeykit.charts.curve.spline import Piece, interpolate
from journeykit.charts.difference.columns import Column
from journeykit.charts.locales import Labels
from journeykit.comparing import Comparison
from journeykit.drawing.text import Typesetter
from journeykit.drawing.themes import TypeScale
from journeykit.scoring import Rated


class DifferenceLayout(NamedTuple):
    """Data and positions of a difference. Lengths are in points."""

    comparison: Comparison
    names: tuple[str, str]
    """Names of the old and the new version."""
    rows: tuple[Row, ...]
    labels: Labels
    text: Typesetter
    type: TypeScale
    unit: float
    """Unit of spacing."""
    page: float
    """Left edge of the page."""
    left: float
    """Left edge of the columns."""
    right: float
    """Right edge of the page."""


class Row(NamedTuple):
    """Columns beside each other. Rows are parts of one long strip, whose coordinates they use."""

    columns: Sequence[Column]
    lefts: Sequence[float]
    right: float
    number: int

    @property
    def left(self) -> float:
        return self.lefts[0]

    @property
    def rights(self) -> Sequence[float]:
        """Right edges of the columns."""
        return [*self.lefts[1:], self.right]

    def x(self, n: int) -> float:
        """Return the x of the points of column n."""
        return self.lefts[n] + MARK


def strip(rows: Sequence[Sequence[Column]], width: float) -> tuple[Row, ...]:
    """Return rows after each other on the strip, each `width` wide, with gaps between stages."""
    found = []
    start = 0.0
    for number, columns in enumerate(rows, 1):
        each = (width - gaps(columns)[-1]) / len(columns)
        lefts = [start]
        for before, column in itertools.pairwise(columns):
            lefts.append(lefts[-1] + each + STAGE_GAP * (before.stage is not column.stage))
        found.append(Row(columns=columns, lefts=lefts, right=start + width, number=number))
        start = found[-1].right
    return tuple(found)


def curve(rows: Sequence[Row], plot: Plot, new: bool) -> list[list[Piece]]:
    """Return the old or the new curve along the strip: runs of consecutive rated touchpoints."""
    runs: list[list[tuple[float, float]]] = [[]]
    for row in rows:
        for n, column in enumerate(row.columns):
            rated = column.new if new else column.old
            if column.status == "folded" or (rated and rated.score is None):
                runs.append([])
            elif rated and rated.score is not None:
                runs[-1].append((row.x(n), plot.y(rated.score)))
    return [interpolate(*zip(*run, strict=True)) for run in runs if len(run) > 1]


def height_of(rated: Rated, plot: Plot) -> float:
    """Return the y of a point; it is on the neutral line if not rated."""
    return plot.y(50.0 if rated.score is None else rated.score)
