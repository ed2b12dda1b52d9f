"""Search for free space for small marks between curves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from journeykit.charts.curve.spline import Piece
from journeykit.drawing.geometry import Box

CELL = 24.0
STEP = 3.0
"""Width of the boxes that approximate curves."""
THICK = 1.6


class FreeSpace:
    """Occupied boxes, indexed by the columns of cells that they touch."""

    def __init__(self) -> None:
        self._cells: dict[int, list[Box]] = defaultdict(list)

    def take(self, box: Box) -> None:
        """Occupy a box."""
        for cell in self._touched(box):
            self._cells[cell].append(box)

    def take_curve(self, piece: Piece) -> None:
        """Occupy the space along a piece of a curve."""
        steps = max(1, round((piece.x1 - piece.x0) / STEP))
        xs = [piece.x0 + (piece.x1 - piece.x0) * n / steps for n in range(steps + 1)]
        ys = [piece.y(x) for x in xs]
        for n in range(steps):
            low, high = sorted((ys[n], ys[n + 1]))
            self.take(Box(xs[n], low - THICK, xs[n + 1], high + THICK))

    def is_free(self, box: Box) -> bool:
        """Return whether a box overlaps no occupied one."""
        return not any(other.overlaps(box) for cell in self._touched(box) for other in self._cells[cell])

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
