"""The dashed line of visibility: the customer never sees what is below it."""

from __future__ import annotations

from journeykit.charts.dividing_line import dividing_line
from journeykit.charts.lane import Band, View


def lay_out(view: View, top: float) -> Band | None:
    if not any(touchpoint.backstage for touchpoint in view.journey.touchpoints):
        return None
    return dividing_line(view, top, "visibility", strong=True)
