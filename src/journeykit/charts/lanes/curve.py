"""The experience as a curve of scores from 0 to 100. The line is smooth and never goes beyond a point (PCHIP,
Fritsch and Carlson 1980), so that it has no peaks or valleys
between the points. It is red below neutral (50) and
green above.

| sign | meaning |
| --- | --- |
| face | very unhappy up to 25, unhappy below 40, neutral below 60, happy below 80, else very happy |
| bold word | what the customer feels |
| shield with a number, below | a low point and its rank: 1 is the most severe |
| word and number beside it | kind (critical, pain, dip) and severity (0 to 100), of the worst five |
| small shield with a number | another low point |
| small star, above | a peak |
| large star and *Wow* | a peak from 90 and at least 25 above what was expected |
| tick, and a dotted line to it | what was expected there; the gap is given in words |
| ring around the face | measured, not just stated; with the number of answers, and a word if they are fewer than 30 |
| dashed line | assumed: there is no evidence for the touchpoint at one of its ends |
| grey band | how uncertain the scores are |
| thin dashed line with dots | engagement: how intense it is, from 1 at the bottom to 5 at the top |
| dashed face on the neutral line, the curve interrupted | not rated |

The key at the left explains only the signs that are present.
"""

from __future__ import annotations

from collections.abc import Callable

from journeykit.charts.curve import points, rails
from journeykit.charts.curve.by_time import by_time
from journeykit.charts.curve.engagement import DASH, DOT, engagement, is_used
from journeykit.charts.curve.plot import Plot, assumed
from journeykit.charts.curve.plot_area import plot_area
from journeykit.charts.curve.ruler import ruler_key
from journeykit.charts.lane import Band, View
from journeykit.drawing.scene import Circle, Group, Line, Mark, Rect, Text
from journeykit.drawing.stack import Stack

RAIL = 22.0
"""Height of the rail with peaks."""


def lay_out(view: View, top: float) -> Band:
    key = Stack(view.text, view.columns.page, top, view.columns.left - view.columns.page - 24)
    key.add(view.labels("lanes.curve"), view.type.body, bold=True, kind="lane-label")
    if not view.columns.before:
        _legend(view, key)
        if view.columns.time_scale:
            ruler_key(view, key)
    band = by_time(view, top, view.plot) if view.columns.time_scale else _in_order(view, top)
    return Band(max(band.height, key.height), (*key.marks, *band.marks))


def _in_order(view: View, top: float) -> Band:
    height = view.plot
    found = points.point_labels(view, height)
    rail = RAIL if any(slot.place.touchpoint.id in view.peaks for slot in view.columns.slots) else 0.0

    def inside(score: float) -> float:
        return height * score / 100

    above = max([0.0, *(label.rise() - inside(100 - label.score) for label in found)])
    below = max([0.0, *(label.fall() - inside(label.score) for label in found)])
    plot = Plot(top + rail + above, height)
    low_marks, low_height = rails.low_points(view, plot, plot.bottom + below + view.unit * 2)
    point_marks = [
        Group(
            marks=tuple(label.marks(plot.y(label.score))),
            id=f"point-{label.rated.id}",
            title=points.title(view, label.rated),
            kind="point",
        )
        for label in found
    ]
    words = [mark.box() for label in found for mark in label.marks(plot.y(label.score)) if isinstance(mark, Text)]
    marks = [
        *plot_area(view, plot),
        *(rails.peaks(view, plot, top + rail / 2) if rail else ()),
        *low_marks,
        *points.expectations(view, plot, points.FACE / 2),
        *engagement(view, plot, words),
        *point_marks,
    ]
    foot = view.unit * 2 + low_height if low_height else 0.0
    return Band(plot.bottom + below + foot - top, tuple(marks))


SAMPLE = 14.0


def _legend(view: View, stack: Stack) -> None:
    """Add a line with a sample for each sign that is used."""
    rated = view.scores.rated
    entries: list[tuple[bool, str, Callable[[float, float], list[Mark]]]] = [
        (any(one.half_width for one in rated), "band", _band),
        (any(one.expected is not None for one in rated), "expected", _expected),
        (any(assumed(one, view.journey) for one in rated), "assumed", _assumed),
        (any(one.source == "measured" for one in rated), "measured", _measured),
        (is_used(view), "engagement", _engagement),
    ]
    size = view.type.caption
    for used, name, sample in entries:
        if used:
            stack.space(view.unit)
            stack.marks += sample(stack.x, stack.bottom + 0.62 * size)
            stack.add(view.labels(f"curve.{name}"), size, color="muted", indent=SAMPLE + 5, kind="legend")


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


def _engagement(x: float, y: float) -> list[Mark]:
    return [
        Line(x1=x, y1=y, x2=x + SAMPLE, y2=y, stroke="accent", dash=DASH, caps="round", kind="legend"),
        Circle(x=x + SAMPLE / 2, y=y, radius=DOT, fill="accent", kind="legend"),
    ]


def _measured(x: float, y: float) -> list[Mark]:
    return [Circle(x=x + SAMPLE / 2, y=y, radius=4.5, stroke="ink", stroke_width=1.2, kind="legend")]
