"""Areas between the old and the new curve, divided where they cross."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from journeykit.charts.curve.spline import Piece, between
from journeykit.drawing.scene import Path

STEPS = 12
LEAST = 0.25
"""The least visible distance in points."""


def gaps(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[tuple[Piece, Piece]]:
    """Yield pieces of both curves between the same x, of which one is above the other throughout."""
    for one in old:
        for other in new:
            left, right = max(one.x0, other.x0), min(one.x1, other.x1)
            if right - left > LEAST:
                before, after = one.clipped(left, right), other.clipped(left, right)
                if before and after:
                    yield from _uncrossed(before, after)


def _uncrossed(old: Piece, new: Piece) -> Iterator[tuple[Piece, Piece]]:
    """Yield both cut where they cross. Their difference is cubic, so that few steps find all visible crossings."""
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
    """Return the area between two pieces, or None if it is not visible."""
    middle = (old.x0 + old.x1) / 2
    gap = old.y(middle) - new.y(middle)  # y grows downwards
    if abs(gap) < LEAST:
        return None
    return Path(
        commands=between([old], [new]), fill="good-area" if gap > 0 else "bad-area", opacity=0.8,
        kind="better" if gap > 0 else "worse",
    )  # fmt: skip
