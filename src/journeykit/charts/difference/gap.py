"""What lies between the old and the new curve, cut wherever the better one changes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from journeykit.charts.curve.spline import Piece, between
from journeykit.drawing.scene import Path

STEPS = 12
LEAST = 0.25
"""Points; what is nearer lies on each other."""


def gaps(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[tuple[Piece, Piece]]:
    """Pieces of the old and the new curve between the same two x, one of them above the other all along."""
    for one in old:
        for other in new:
            left, right = max(one.x0, other.x0), min(one.x1, other.x1)
            if right - left > LEAST:
                before, after = one.clipped(left, right), other.clipped(left, right)
                if before and after:
                    yield from _uncrossed(before, after)


def _uncrossed(old: Piece, new: Piece) -> Iterator[tuple[Piece, Piece]]:
    """Both cut where they cross; a cubic less a cubic is one, so few steps find each crossing that can be seen."""
    wide = old.x1 - old.x0
    xs = [old.x0 + wide * n / STEPS for n in range(STEPS + 1)]
    for left, right in itertools.pairwise(xs):
        a, b = old.y(left) - new.y(left), old.y(right) - new.y(right)
        if (a > 0) != (b > 0):
            x = _crossing(old, new, left, right)
            if old.x0 + LEAST < x < old.x1 - LEAST:
                (first, old), (other, new) = old.cut(x), new.cut(x)
                yield first, other
    yield old, new


def _crossing(old: Piece, new: Piece, left: float, right: float) -> float:
    falling = old.y(left) > new.y(left)
    for _ in range(32):
        middle = (left + right) / 2
        if (old.y(middle) > new.y(middle)) == falling:
            left = middle
        else:
            right = middle
    return (left + right) / 2


def tint(old: Piece, new: Piece) -> Path | None:
    """The area between two pieces, good where the new one is higher; None where nothing is to be seen."""
    middle = (old.x0 + old.x1) / 2
    gap = old.y(middle) - new.y(middle)  # y grows downwards
    if abs(gap) < LEAST:
        return None
    return Path(
        commands=between([old], [new]), fill="good-area" if gap > 0 else "bad-area", opacity=0.8,
        kind="better" if gap > 0 else "worse",
    )  # fmt: skip
