"""What every part of a difference sees."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from journeykit.charts.columns import MARK, STAGE_GAP, gaps
from journeykit.charts.curve.plot import Plot
from journeykit.charts.curve.spline import Piece, interpolate
from journeykit.charts.difference.columns import Column
from journeykit.charts.locales import Labels
from journeykit.comparing import Comparison
from journeykit.drawing.text import Typesetter
from journeykit.drawing.themes import TypeScale
from journeykit.scoring import Rated


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceLayout:
    """The same for all parts of a picture; lengths are in points."""

    comparison: Comparison
    names: tuple[str, str]
    """What the two versions are called."""
    rows: tuple[Row, ...]
    labels: Labels
    text: Typesetter
    type: TypeScale
    unit: float
    """The spacing grid."""
    page: float
    """The left edge of everything."""
    left: float
    """The left edge of all columns."""
    right: float
    """The right edge of everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Columns beside each other. Rows are cut out of one long strip, in whose coordinates their columns stand."""

    columns: Sequence[Column]
    lefts: Sequence[float]
    right: float
    number: int

    @property
    def left(self) -> float:
        return self.lefts[0]

    @property
    def rights(self) -> Sequence[float]:
        """Where the columns end."""
        return [*self.lefts[1:], self.right]

    def x(self, n: int) -> float:
        """Where the points of its column n lie."""
        return self.lefts[n] + MARK


def strip(rows: Sequence[Sequence[Column]], width: float) -> tuple[Row, ...]:
    """Rows of columns one behind the other, each row `width` wide, with gaps between stages."""
    made = []
    start = 0.0
    for number, columns in enumerate(rows, 1):
        each = (width - gaps(columns)[-1]) / len(columns)
        lefts = [start]
        for before, column in itertools.pairwise(columns):
            lefts.append(lefts[-1] + each + STAGE_GAP * (before.stage is not column.stage))
        made.append(Row(columns=columns, lefts=lefts, right=start + width, number=number))
        start = made[-1].right
    return tuple(made)


def curve(rows: Sequence[Row], plot: Plot, new: bool) -> list[list[Piece]]:
    """The old or the new curve along the strip: unbroken runs of rated touchpoints."""
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
    """A point's y; one that is not rated lies on the neutral line."""
    return plot.y(50.0 if rated.score is None else rated.score)
