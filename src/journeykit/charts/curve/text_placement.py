"""Where the words at a point stand: above or below it, and so far off that no line goes through them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from journeykit.charts.curve.spline import Piece
from journeykit.drawing.scene import Text
from journeykit.drawing.stack import Stack

CLEAR = 3.0
"""Between the height of a point and its text: the curve leaves the point between the two."""
AIR = 2.0
"""Between a line and the letters nearest to it."""
RISE, SINK = 0.8, 0.24
"""How far letters reach above and below their baseline, in ems: enough for small ones with accents."""
FLIP = 10.0
"""So many points further off do words stand, rather than on the side of their point that the curve goes to."""


class Place(NamedTuple):
    """Whether words stand above their point, and how far from its height they begin."""

    above: bool
    clear: float


class Letters(NamedTuple):
    """A line of text: its ends, and how far its letters reach, from the top of its stack downwards."""

    left: float
    right: float
    top: float
    bottom: float


def place(words: Stack, above: bool, point: float, curve: Sequence[Piece], neutral: float) -> Place:
    """Where a stack laid out from 0 stands best at a point.

    `above` is the side that is usually free; `point`, `curve` and `neutral` are heights on one scale, in points
    downwards.
    """
    lines = [
        Letters(mark.left, mark.box().right, mark.y - RISE * mark.size, mark.y + SINK * mark.size)
        for mark in words.marks
        if isinstance(mark, Text)
    ]
    if not lines:
        return Place(above, CLEAR)
    usual, other = (_clear(lines, side, words.height, point, curve, neutral) for side in (above, not above))
    return Place(above, usual) if usual <= other + FLIP else Place(not above, other)


def _clear(
    lines: Sequence[Letters], above: bool, height: float, point: float, curve: Sequence[Piece], neutral: float
) -> float:
    """The least distance from the point at which no line strikes through the letters."""
    clear = CLEAR
    for line in lines:  # the curve: words stand on this side of all of it that they stand above or below
        for low, high in _heights(curve, line.left - AIR, line.right + AIR):
            reach = point - low + AIR - (height - line.bottom) if above else high - point + AIR - line.top
            clear = max(clear, reach)
    # the neutral line: words are on one side of it, all of them
    start = point - clear - height if above else point + clear
    if start + lines[0].top - AIR < neutral < start + lines[-1].bottom + AIR:
        clear = point - neutral + AIR - (height - lines[-1].bottom) if above else neutral - point + AIR - lines[0].top
    return clear


def _heights(curve: Iterable[Piece], left: float, right: float) -> Iterable[tuple[float, float]]:
    """The highest and the lowest y of each piece between two x; pieces are monotone."""
    for piece in curve:
        if piece.x1 > left and piece.x0 < right:
            one, other = piece.y(max(left, piece.x0)), piece.y(min(right, piece.x1))
            yield min(one, other), max(one, other)
