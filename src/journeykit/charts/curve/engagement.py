"""How intense the experience is, as a second line: 1 at the bottom of the plot, 5 at its top."""

from __future__ import annotations

from itertools import pairwise

from journeykit.charts.columns import Slot
from journeykit.charts.curve.plot import Plot
from journeykit.charts.lane import View
from journeykit.drawing.scene import Circle, Line, Mark

DASH = (2.0, 2.5)
DOT = 2.2


def is_used(view: View) -> bool:
    """Return whether the journey says how intense anything is."""
    return any(one.engagement is not None for one in view.journey.touchpoints)


def engagement(view: View, plot: Plot) -> list[Mark]:
    """Return the line of a row; it is interrupted where nothing is said."""
    columns = view.columns
    slots = (*columns.before[-1:], *columns.slots, *columns.after[:1])
    marks: list[Mark] = []
    for one, other in pairwise(slots):
        start, end = _point(one, plot), _point(other, plot)
        if start and end:
            (x1, y1), (x2, y2) = _clipped(start, end, columns.left, columns.right)
            marks.append(Line(x1=x1, y1=y1, x2=x2, y2=y2, stroke="accent", dash=DASH, caps="round", kind="engagement"))
    for slot in columns.slots:
        if point := _point(slot, plot):
            marks.append(Circle(x=point[0], y=point[1], radius=DOT, fill="accent", kind="engagement"))
    return marks


def _point(slot: Slot, plot: Plot) -> tuple[float, float] | None:
    level = slot.place.touchpoint.engagement
    return None if level is None else (slot.x, plot.y(25 * (level - 1)))


def _clipped(
    one: tuple[float, float], other: tuple[float, float], left: float, right: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the part of a line from left to right that lies within the plot."""

    def at(x: float) -> tuple[float, float]:
        inside = min(max(x, left), right)
        if other[0] == one[0]:
            return inside, one[1]
        return inside, one[1] + (other[1] - one[1]) * (inside - one[0]) / (other[0] - one[0])

    return at(one[0]), at(other[0])
