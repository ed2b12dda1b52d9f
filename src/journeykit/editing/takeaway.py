"""What one takes along of a map as it is now: a picture, and a workbook."""

from __future__ import annotations

from typing import Literal

from journeykit.charts.picture import Picture, check_installed, draw
from journeykit.editing.analysis import Analysis
from journeykit.editing.places import journey_of
from journeykit.editing.refusal import MalformedError
from journeykit.project.interchange import export_journey
from journeykit.project.outside import images_of

CHARTS = ("map", "curve", "blueprint")


def picture_of(analysis: Analysis, format: Literal["svg", "png"], chart: str) -> bytes:
    """Return the picture of a text. Raises ActRefusedError if it is no journey, UsageError if it cannot be drawn."""
    if chart not in CHARTS:
        raise MalformedError(f'"{chart}" is no chart', f"one of {', '.join(CHARTS)}")
    journey = journey_of(analysis)
    assert analysis.scores is not None
    check_installed([format])
    images = images_of(journey, analysis.file, analysis.project)[0]
    theme = analysis.project.settings.theme
    return draw(journey, analysis.scores, Picture(format, chart, theme=theme, images=images))[0]


def workbook_of(analysis: Analysis) -> bytes:
    """Return the workbook of a text. Raises ActRefusedError if it is no journey, UsageError without its package."""
    journey_of(analysis)
    return export_journey(analysis.project, analysis.document, "xlsx").data
