"""The curve of the experience: how each touchpoint felt, where it hurts and where it shines."""

from __future__ import annotations

from journeykit.charts.curve import callouts, rails
from journeykit.charts.curve.by_time import by_time
from journeykit.charts.curve.field import field
from journeykit.charts.curve.legend import legend
from journeykit.charts.curve.plot import Plot
from journeykit.charts.lane import Band, View
from journeykit.drawing.scene import Group
from journeykit.drawing.stack import Stack

HEIGHT = 52
"""Of the plot, in units of the grid."""
RAIL = 22.0
"""Height of the rail of peaks."""


def lay(view: View, top: float) -> Band:
    key = Stack(view.text, view.columns.page, top, view.columns.left - view.columns.page - 24)
    key.add(view.labels("lanes.curve"), view.type.body, bold=True, kind="lane-label")
    if not view.columns.before:
        legend(view, key)
    made = by_time(view, top, HEIGHT * view.unit) if view.columns.clock else _in_order(view, top)
    return Band(max(made.height, key.height), (*key.marks, *made.marks))


def _in_order(view: View, top: float) -> Band:
    height = HEIGHT * view.unit
    flags = callouts.flags(view, height)
    rail = RAIL if any(slot.place.touchpoint.id in view.peaks for slot in view.columns.slots) else 0.0

    def inside(score: float) -> float:
        return height * score / 100

    above = max([0.0, *(flag.rise() - inside(100 - flag.score) for flag in flags)])
    below = max([0.0, *(flag.fall() - inside(flag.score) for flag in flags)])
    plot = Plot(top + rail + above, height)
    low_marks, low_height = rails.low_points(view, plot, plot.bottom + below + view.unit * 2)
    points = [
        Group(
            marks=tuple(flag.marks(plot.y(flag.score))),
            id=f"point-{flag.rated.id}",
            title=callouts.title(view, flag.rated),
            kind="point",
        )
        for flag in flags
    ]
    marks = [
        *field(view, plot),
        *(rails.peaks(view, plot, top + rail / 2) if rail else ()),
        *low_marks,
        *callouts.expectations(view, plot, callouts.FACE / 2),
        *points,
    ]
    foot = view.unit * 2 + low_height if low_height else 0.0
    return Band(plot.bottom + below + foot - top, tuple(marks))
