"""Placement of the text at a point, above or below it, so that no line crosses the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from journeykit.charts.curve.spline import Piece
from journeykit.drawing.scene import Text
from journeykit.drawing.stack import Stack

CLEAR = 3.0
"""Vertical distance of a text from its point, between which the curve passes."""
AIR = 2.0
"""Distance of letters from a line."""
RISE, SINK = 0.8, 0.24
"""Height and depth of lower case letters with accents, in ems."""
FLIP = 10.0
"""How much further from its point a text may be to stay on the side that is usually free."""


class Placement(NamedTuple):
    """Whether a text is above its point, and its vertical distance from it."""

    above: bool
    clear: float


class Letters(NamedTuple):
    """Bounds of the letters of a line, from the top of its stack downwards."""

    left: float
    right: float
    top: float
    bottom: float


def place(words: Stack, above: bool, point: float, curve: Sequence[Piece], neutral: float) -> Placement:
    """Return the best placement of a text, laid out from 0, at a point.

    `above` is the side that is usually free. `point` and `neutral` are y on the scale of `curve`.
    """
    lines = [
        Letters(mark.left, mark.box().right, mark.y - RISE * mark.size, mark.y + SINK * mark.size)
        for mark in words.marks
        if isinstance(mark, Text)
    ]
    if not lines:
        return Placement(above, CLEAR)
    usual, other = (_clear(lines, side, words.height, point, curve, neutral) for side in (above, not above))
    return Placement(above, usual) if usual <= other + FLIP else Placement(not above, other)


def _clear(
    lines: Sequence[Letters], above: bool, height: float, point: float, curve: Sequence[Piece], neutral: float
) -> float:
    """Return the least distance from the point at which no line crosses the letters."""
    clear = CLEAR
    for line in lines:  # all letters are on one side of the curve
        for low, high in _heights(curve, line.left - AIR, line.right + AIR):
            reach = point - low + AIR - (height - line.bottom) if above else high - point + AIR - line.top
            clear = max(clear, reach)
    # all lines of text are on one side of the neutral line
    start = point - clear - height if above else point + clear
    if start + lines[0].top - AIR < neutral < start + lines[-1].bottom + AIR:
        clear = point - neutral + AIR - (height - lines[-1].bottom) if above else neutral - point + AIR - lines[0].top
    return clear


def _heights(curve: Iterable[Piece], left: float, right: float) -> Iterable[tuple[float, float]]:
    """Yield the least and largest y of each piece between two x. Pieces are monotone."""
    for piece in curve:
        if piece.x1 > left and piece.x0 < right:
            one, other = piece.y(max(left, piece.x0)), piece.y(min(right, piece.x1))
            yield min(one, other), max(one, other)
