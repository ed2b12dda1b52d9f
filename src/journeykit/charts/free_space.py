"""Search for free space for small marks between curves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import ceil, floor

from journeykit.charts.curve.spline import Piece
from journeykit.drawing.geometry import Box

CELL = 24.0
STEP = 3.0
"""Width of the boxes that approximate curves."""
THICK = 1.6


class FreeSpace:
    """Occupied boxes and curves, indexed by the columns of cells that they touch."""

    def __init__(self) -> None:
        self._cells: dict[int, list[Box]] = defaultdict(list)
        self._curves: list[Piece] = []

    def take(self, box: Box) -> None:
        """Occupy a box."""
        for cell in self._touched(box):
            self._cells[cell].append(box)

    def take_curve(self, piece: Piece) -> None:
        """Occupy the space along a piece of a curve."""
        self._curves.append(piece)

    def is_free(self, box: Box) -> bool:
        """Return whether a box overlaps nothing that is occupied."""
        if any(other.overlaps(box) for cell in self._touched(box) for other in self._cells[cell]):
            return False
        near = (piece for piece in self._curves if piece.x0 < box.right and box.left < piece.x1)
        return not any(other.overlaps(box) for piece in near for other in _boxes(piece, box.left, box.right))

    def first(self, width: float, height: float, centres: Iterable[tuple[float, float]]) -> tuple[float, float]:
        """Return the first centre of a free box of this size, and occupy it. `centres` may be infinite."""
        for x, y in centres:
            box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            if self.is_free(box):
                self.take(box)
                return x, y
        raise ValueError("no centre is free")

    @staticmethod
    def _touched(box: Box) -> range:
        return range(int(box.left // CELL), int(box.right // CELL) + 1)


def _boxes(piece: Piece, left: float, right: float) -> Iterator[Box]:
    """Yield the boxes that approximate a piece of a curve, those between two x."""
    width = piece.x1 - piece.x0
    steps = max(1, round(width / STEP))
    first = max(0, floor((left - piece.x0) / width * steps) - 1)
    last = min(steps, ceil((right - piece.x0) / width * steps) + 1)
    xs = [piece.x0 + width * n / steps for n in range(first, last + 1)]
    for (x0, y0), (x1, y1) in pairwise((x, piece.y(x)) for x in xs):
        yield Box(x0, min(y0, y1) - THICK, x1, max(y0, y1) + THICK)
