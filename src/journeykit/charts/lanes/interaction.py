"""The dotted line of interaction: above it is what the customer does and meets, below it who serves the customer."""

from __future__ import annotations

from journeykit.charts.dividing_line import dividing_line
from journeykit.charts.lane import Band, View
from journeykit.charts.lanes import frontstage


def lay_out(view: View, top: float) -> Band | None:
    return dividing_line(view, top, "interaction") if frontstage.is_shown(view.journey) else None
