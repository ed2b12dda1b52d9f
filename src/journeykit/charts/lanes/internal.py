"""The dotted line of internal interaction: above it are the people of the company, below it the systems they use."""

from __future__ import annotations

from journeykit.charts.dividing_line import dividing_line
from journeykit.charts.lane import Band, View
from journeykit.charts.lanes.systems import systems_of


def lay_out(view: View, top: float) -> Band | None:
    if not any(systems_of(touchpoint) for touchpoint in view.journey.touchpoints):
        return None
    return dividing_line(view, top, "internal")
