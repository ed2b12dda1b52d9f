"""How intense the experience is, as a second line: 1 at the bottom of the plot, 5 at its top."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from journeykit.charts.columns import Slot
from journeykit.charts.curve.plot import Plot
from journeykit.charts.lane import View
from journeykit.drawing.geometry import Box
from journeykit.drawing.scene import Circle, Line, Mark

DASH = (2.0, 2.5)
DOT = 2.2
CLEAR = 1.5
"""Distance of the line from words."""
_Point: TypeAlias = tuple[float, float]


def is_used(view: View) -> bool:
    """Return whether the journey says how intense anything is."""
    return any(one.engagement is not None for one in view.journey.touchpoints)


def engagement(view: View, plot: Plot, words: Sequence[Box] = ()) -> list[Mark]:
    """Return the line of a row; it is interrupted where nothing is said, and by the words of the curve."""
    columns = view.columns
    slots = (*columns.before[-1:], *columns.slots, *columns.after[:1])
    marks: list[Mark] = []
    for one, other in pairwise(slots):
        start, end = _point(one, plot), _point(other, plot)
        if start and end:
            for (x1, y1), (x2, y2) in _between(*_clipped(start, end, columns.left, columns.right), words):
                line = Line(x1=x1, y1=y1, x2=x2, y2=y2, stroke="accent", dash=DASH, caps="round", kind="engagement")
                marks.append(line)
    for slot in columns.slots:
        if point := _point(slot, plot):
            marks.append(Circle(x=point[0], y=point[1], radius=DOT, fill="accent", kind="engagement"))
    return marks


def _point(slot: Slot, plot: Plot) -> _Point | None:
    level = slot.place.touchpoint.engagement
    return None if level is None else (slot.x, plot.y(25 * (level - 1)))


def _clipped(one: _Point, other: _Point, left: float, right: float) -> tuple[_Point, _Point]:
    """Return the part of a line from left to right that lies within the plot."""

    def at(x: float) -> _Point:
        inside = min(max(x, left), right)
        if other[0] == one[0]:
            return inside, one[1]
        return inside, one[1] + (other[1] - one[1]) * (inside - one[0]) / (other[0] - one[0])

    return at(one[0]), at(other[0])


def _between(one: _Point, other: _Point, boxes: Sequence[Box]) -> list[tuple[_Point, _Point]]:
    """Return the parts of a line that lie outside of all boxes."""
    kept = [(0.0, 1.0)]
    for box in boxes:
        span = _inside(one, other, box.grown(CLEAR))
        if span is not None:
            start, end = span
            kept = [part for a, b in kept for part in ((a, min(b, start)), (max(a, end), b)) if part[1] > part[0]]

    def at(share: float) -> _Point:
        return one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])

    return [(at(start), at(end)) for start, end in kept]


def _inside(one: _Point, other: _Point, box: Box) -> tuple[float, float] | None:
    """Return from where to where, as shares of its length, a line is in a box; None if it is nowhere."""
    low, high = 0.0, 1.0
    for start, end, least, most in ((one[0], other[0], box.left, box.right), (one[1], other[1], box.top, box.bottom)):
        if start == end:
            if not least <= start <= most:
                return None
            continue
        ends = sorted(((least - start) / (end - start), (most - start) / (end - start)))
        low, high = max(low, ends[0]), min(high, ends[1])
    return (low, high) if low < high else None
