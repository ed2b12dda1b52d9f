"""A page of a chart, and what all pages share."""

from __future__ import annotations

from typing import Literal, NamedTuple, cast

from journeykit.charts.chart_types import Chart
from journeykit.charts.lane import View
from journeykit.drawing.paper import Paper
from journeykit.drawing.scene import Mark, Scene
from journeykit.errors import UsageError


class Sheet(NamedTuple):
    """A page of a chart."""

    scene: Scene
    """Without its description."""
    where: str
    """Its number and the number of pages, if there are several."""
    numbers: frozenset[int]
    """Numbers of the touchpoints on it."""


def scene_with(
    view: View, width: float, height: float, marks: list[Mark], where: str, paper: Paper | None = None
) -> Scene:
    """Return a page with the journey's title and language."""
    return Scene(
        width=width,
        height=height,
        marks=tuple(marks),
        title=f"{view.journey.title} – {where}" if where else view.journey.title,
        lang=view.journey.lang,
        direction=cast(Literal["ltr", "rtl"], view.labels.direction),
        paper=paper,
    )


def nothing_to_show(view: View, plan: Chart) -> UsageError:
    """Return the error for lanes without content."""
    return UsageError(f"{view.journey.title} has nothing to show in {', '.join(plan.lanes)}", "name further lanes")
