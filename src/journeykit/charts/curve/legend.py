"""The key to a curve: only the signs that this curve uses."""

from __future__ import annotations

from collections.abc import Callable

from journeykit.charts.curve.plot import assumed
from journeykit.charts.lane import View
from journeykit.drawing.scene import Circle, Line, Mark, Rect
from journeykit.drawing.stack import Stack

SAMPLE = 14.0


def legend(view: View, stack: Stack) -> None:
    """Add a line with a sample for each sign to a stack."""
    rated = view.scores.rated
    entries: list[tuple[bool, str, Callable[[float, float], list[Mark]]]] = [
        (any(one.half_width for one in rated), "band", _band),
        (any(one.expected is not None for one in rated), "expected", _expected),
        (any(assumed(one, view.journey) for one in rated), "assumed", _assumed),
        (any(one.source == "measured" for one in rated), "measured", _measured),
    ]
    size = view.type.caption
    for used, name, sample in entries:
        if used:
            stack.space(view.unit)
            stack.marks += sample(stack.x, stack.bottom + 0.62 * size)
            stack.add(view.labels(f"curve.{name}"), size, colour="muted", indent=SAMPLE + 5, kind="legend")


def _band(x: float, y: float) -> list[Mark]:
    return [Rect(x=x, y=y - 4, width=SAMPLE, height=8, fill="neutral", opacity=0.22, kind="legend")]


def _expected(x: float, y: float) -> list[Mark]:
    middle = x + SAMPLE / 2
    return [
        Line(x1=middle - 4.5, y1=y - 4, x2=middle + 4.5, y2=y - 4, stroke="ink", stroke_width=2, kind="legend"),
        Line(x1=middle, y1=y - 3, x2=middle, y2=y + 5, stroke="ink", dash=(1, 2.5), caps="round", kind="legend"),
    ]


def _assumed(x: float, y: float) -> list[Mark]:
    return [Line(x1=x, y1=y, x2=x + SAMPLE, y2=y, stroke="ink", stroke_width=2, dash=(5, 3), kind="legend")]


def _measured(x: float, y: float) -> list[Mark]:
    return [Circle(x=x + SAMPLE / 2, y=y, radius=4.5, stroke="ink", stroke_width=1.2, kind="legend")]
