"""The parts of an overlay below each other: header, and for each row stages, lines with labels, and touchpoints."""

from __future__ import annotations

from journeykit.charts import time_text
from journeykit.charts.curve.plot import Plot
from journeykit.charts.curve.time_axis import time_axis
from journeykit.charts.lane import Band
from journeykit.charts.lane_rows import hairline
from journeykit.charts.overlay import line_labels
from journeykit.charts.overlay.header import header
from journeykit.charts.overlay.layout import OverlayLayout
from journeykit.charts.overlay.lines import extent, lines
from journeykit.charts.overlay.stages import bars, strips
from journeykit.charts.overlay.touchpoints import titles
from journeykit.drawing.scene import Group, Mark
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import line_step

CLEAR = 12.0
"""Margin around the marks in the plot."""


def head(layout: OverlayLayout, y: float) -> tuple[list[Mark], float]:
    """Return the header and where the first row begins."""
    band = header(layout, y)
    return [Group(marks=band.marks, id="header", kind="lane")], y + band.height + layout.unit * 6


def curves(layout: OverlayLayout, y: float) -> tuple[list[Mark], float]:
    """Return stages and lines of a row, and where its touchpoints begin."""
    marks, y = stages(layout, y)
    more, y = plot(layout, y)
    return [*marks, *more], y


def stages(layout: OverlayLayout, y: float) -> tuple[list[Mark], float]:
    """Return the stages of a row, and where its lines begin."""
    band = strips(layout, y) if layout.grid.time_scale else bars(layout, y)
    return ([_lane(layout, "stages", band, y)], y + band.height + layout.unit * 2) if band else ([], y)


def plot(layout: OverlayLayout, y: float) -> tuple[list[Mark], float]:
    """Return the lines of a row, and where its touchpoints begin."""
    unit = layout.unit
    band = _experience(layout, y + unit * 3)
    marks: list[Mark] = [hairline(layout.page, layout.right, y), _lane(layout, "curve", band, y + unit * 3)]
    return marks, y + band.height + unit * 6


def touchpoints(layout: OverlayLayout, y: float) -> tuple[list[Mark], float]:
    """Return the touchpoints of a row, and where it ends."""
    top = y + layout.unit * (3 if not layout.grid.time_scale else 1)
    band = titles(layout, top)
    # on a time axis leaders come down from it
    rule: list[Mark] = [] if layout.grid.time_scale else [hairline(layout.page, layout.right, y)]
    return [*rule, _lane(layout, "touchpoints", band, top)], top + band.height


def stages_again(layout: OverlayLayout, y: float) -> tuple[list[Mark], float]:
    """Return what is repeated above the touchpoints of a row if they begin a page, and where they begin."""
    band = strips(layout, y) if layout.grid.time_scale else bars(layout, y)
    return (list(band.marks), y + band.height + 2 * layout.unit) if band else ([], y + layout.unit)


def label(layout: OverlayLayout, name: str, y: float) -> Stack:
    """Return the label of a lane, as it stands beside it and again on each page on which it goes on."""
    stack = Stack(layout.text, layout.page, y, layout.grid.left - layout.page - 3 * layout.unit)
    if name:
        stack.add(name, layout.type.body, bold=True, kind="lane-label")
    return stack


def _lane(layout: OverlayLayout, name: str, band: Band, top: float) -> Group:
    marks = (*label(layout, band.label, top).marks, *band.marks)
    return Group(marks=marks, id=layout.grid.named(f"lane-{name}"), kind="lane")


def _experience(layout: OverlayLayout, top: float) -> Band:
    """Lay out the plot, at least as high as the labels at the right."""
    high = max(layout.plot, line_labels.height(layout))
    drawn = lines(layout, Plot(0.0, high))
    names = line_labels.line_labels(layout, Plot(0.0, high))
    box = extent([*drawn, *names])
    shift = top + CLEAR - min(box.top, 0.0)
    bottom = max(box.bottom, high) + shift
    marks = [mark.moved(0, shift) for mark in (*drawn, *names)]
    if scale := layout.grid.time_scale:

        def shown(seconds: float) -> str:
            return time_text.tick(seconds, False, layout.grid.by_clock, layout.labels)

        def begun(seconds: float) -> list[str]:
            return time_text.starts(seconds, False, layout.grid.by_clock, layout.labels)

        size, sides = layout.type.caption, (layout.grid.left, layout.grid.right)
        marks += time_axis(layout.text, scale, high + shift, bottom + 6, sides, size, shown, layout.labels, begun)
        bottom += 6 + line_step(size)
    return Band(bottom + CLEAR - top, tuple(marks), layout.labels("lanes.curve"))
