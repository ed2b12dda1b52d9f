"""Monotone cubic interpolation, which never overshoots, as Bézier pieces that can be cut.

PCHIP: F. N. Fritsch and R. E. Carlson, Monotone piecewise cubic interpolation, SIAM J. Numer. Anal. 17 (1980),
with the weighted harmonic mean of F. N. Fritsch and J. Butland, SIAM J. Sci. Stat. Comput. 5 (1984).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import copysign
from typing import NamedTuple

from journeykit.drawing.geometry import Command


class Piece(NamedTuple):
    """A cubic Bézier curve whose x is linear in its parameter and whose y is monotone."""

    x0: float
    y0: float
    c1: float
    c2: float
    x1: float
    y1: float

    def y(self, x: float) -> float:
        """Return y at an x between the ends."""
        t = (x - self.x0) / (self.x1 - self.x0)
        s = 1 - t
        return s**3 * self.y0 + 3 * s * s * t * self.c1 + 3 * s * t * t * self.c2 + t**3 * self.y1

    def cut(self, x: float) -> tuple[Piece, Piece]:
        """Return the parts to the left and right of x (de Casteljau)."""
        t = (x - self.x0) / (self.x1 - self.x0)
        a, b, c = _mix(self.y0, self.c1, t), _mix(self.c1, self.c2, t), _mix(self.c2, self.y1, t)
        d, e = _mix(a, b, t), _mix(b, c, t)
        y = _mix(d, e, t)
        return Piece(self.x0, self.y0, a, d, x, y), Piece(x, y, e, c, self.x1, self.y1)

    def clipped(self, left: float, right: float) -> Piece | None:
        """Return the part between two x, or None if there is none."""
        if self.x1 <= left or self.x0 >= right:
            return None
        piece = self.cut(left)[1] if self.x0 < left else self
        return piece.cut(right)[0] if piece.x1 > right else piece

    def split(self, level: float) -> list[Piece]:
        """Cut the piece where it crosses a level, so that each part is on one side of it."""
        if (self.y0 - level) * (self.y1 - level) >= 0:
            return [self]
        low, high = self.x0, self.x1
        rising = self.y1 > self.y0
        for _ in range(48):
            middle = (low + high) / 2
            if (self.y(middle) < level) == rising:
                low = middle
            else:
                high = middle
        before, after = self.cut((low + high) / 2)
        return [before._replace(y1=level), after._replace(y0=level)]

    def command(self) -> Command:
        third = (self.x1 - self.x0) / 3
        return ("C", self.x0 + third, self.c1, self.x1 - third, self.c2, self.x1, self.y1)


def _mix(a: float, b: float, t: float) -> float:
    return a + (b - a) * t


def interpolate(xs: Sequence[float], ys: Sequence[float]) -> list[Piece]:
    """Return a curve through points with ascending x; between neighbours y stays between theirs."""
    if len(xs) < 2:
        return []
    widths = [b - a for a, b in pairwise(xs)]
    slopes = _slopes(widths, [(b - a) / width for (a, b), width in zip(pairwise(ys), widths, strict=True)])
    return [
        Piece(x0, y0, y0 + m0 * width / 3, y1 - m1 * width / 3, x1, y1)
        for (x0, x1), (y0, y1), (m0, m1), width in zip(
            pairwise(xs), pairwise(ys), pairwise(slopes), widths, strict=True
        )
    ]


def _slopes(widths: Sequence[float], secants: Sequence[float]) -> list[float]:
    if len(widths) == 1:
        return [secants[0], secants[0]]
    inner = []
    for (h0, h1), (d0, d1) in zip(pairwise(widths), pairwise(secants), strict=True):
        if d0 * d1 <= 0:
            inner.append(0.0)
        else:
            w0, w1 = 2 * h1 + h0, h1 + 2 * h0
            inner.append((w0 + w1) / (w0 / d0 + w1 / d1))
    first = _end(widths[0], widths[1], secants[0], secants[1])
    return [first, *inner, _end(widths[-1], widths[-2], secants[-1], secants[-2])]


def _end(h0: float, h1: float, d0: float, d1: float) -> float:
    """Return the slope at an end: of the parabola through three points, limited so that it does not overshoot."""
    slope = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1)
    if slope * d0 <= 0:
        return 0.0
    if d0 * d1 <= 0 and abs(slope) > 3 * abs(d0):
        return copysign(3 * abs(d0), d0)
    return slope


def path(pieces: Iterable[Piece]) -> tuple[Command, ...]:
    """Return a path along connected pieces."""
    commands: list[Command] = []
    for piece in pieces:
        if not commands:
            commands.append(("M", piece.x0, piece.y0))
        commands.append(piece.command())
    return tuple(commands)


def area(pieces: Sequence[Piece], level: float) -> tuple[Command, ...]:
    """Return the closed area between connected pieces and a level."""
    return (
        ("M", pieces[0].x0, level),
        ("L", pieces[0].x0, pieces[0].y0),
        *(piece.command() for piece in pieces),
        ("L", pieces[-1].x1, level),
        ("Z",),
    )


def between(uppers: Sequence[Piece], lowers: Sequence[Piece]) -> tuple[Command, ...]:
    """Return the closed area between two lines of connected pieces with the same ends in x."""
    back = [Piece(p.x1, p.y1, p.c2, p.c1, p.x0, p.y0).command() for p in reversed(lowers)]
    return (*path(uppers), ("L", lowers[-1].x1, lowers[-1].y1), *back, ("Z",))
