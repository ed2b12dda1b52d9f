"""Layout of an overlay: header, stages, lines with labels, and touchpoints below the axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, cast

from journeykit.charts import time_text
from journeykit.charts.columns import Axis
from journeykit.charts.curve.plot import HEIGHT, Plot
from journeykit.charts.curve.time_axis import time_axis
from journeykit.charts.lane import Band
from journeykit.charts.lane_rows import hairline
from journeykit.charts.locales import Labels
from journeykit.charts.logo import logo_at
from journeykit.charts.overlay import line_labels
from journeykit.charts.overlay.alt_text import overlay_alt_text
from journeykit.charts.overlay.axis import END, Grid, by_stage, by_time
from journeykit.charts.overlay.header import header, title_of
from journeykit.charts.overlay.layout import OverlayLayout
from journeykit.charts.overlay.lines import extent, lines
from journeykit.charts.overlay.matching import MatchedStages, match_stages
from journeykit.charts.overlay.members import members_of
from journeykit.charts.overlay.score_changes import changes
from journeykit.charts.overlay.stages import bars, strips
from journeykit.charts.overlay.touchpoints import LEADER, leaders, titles
from journeykit.drawing import icons
from journeykit.drawing.rtl import mirrored
from journeykit.drawing.scene import Group, Mark, Scene
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import Typesetter, line_step
from journeykit.drawing.themes import Theme, load
from journeykit.model import Journey
from journeykit.scoring import Scores

MARGIN = 40.0
GUTTER = 112.0
"""Width of the labels at the left."""
LEAST = 560.0
"""The least width of the axis."""
NARROWEST, DENSE, MANY = 88.0, 72.0, 18
"""The least width of a column, the same for many columns, and how many columns are many."""
TITLE_LINES = 4
CLEAR = 12.0
"""Margin around the marks in the plot."""


def overlay_of(
    pairs: Sequence[tuple[Journey, Scores]],
    *,
    axis: Axis = "order",
    width: float | None = None,
    theme: Theme | None = None,
) -> Scene:
    """Lay out an overlay of two to six journeys; labels are in the language of the first.

    `width` is that of the picture in points. Raises UsageError for another number of journeys, a width without
    space for the touchpoints, and a time axis for a journey without times.
    """
    theme = theme or load()
    labels = Labels(pairs[0][0].lang if pairs else "en")
    members = members_of(pairs, labels)
    together = match_stages([member.journey for member in members])
    grid = _grid([member.journey for member in members], together, theme, axis, width)
    right = max(grid.right, grid.ends + END)
    layout = OverlayLayout(
        members=tuple(members), grid=grid, changes=tuple(changes(members)), labels=labels,
        text=Typesetter(theme.font), type=theme.type,
        unit=theme.unit, page=MARGIN, right=right,
    )  # fmt: skip
    logo = [logo_at(theme.logo, MARGIN, MARGIN, right - MARGIN)] if theme.logo else []
    marks, bottom = _stacked(layout, logo[0].box().bottom + 4 * theme.unit if logo else MARGIN)
    scene = Scene(
        width=width or right + MARGIN,
        height=bottom + MARGIN,
        marks=(*logo, *marks),
        title=title_of(members),
        description=overlay_alt_text(members, together, layout.changes, labels),
        lang=members[0].journey.lang,
        direction=cast(Literal["ltr", "rtl"], labels.direction),
    )
    return mirrored(scene) if scene.direction == "rtl" else scene


def _grid(journeys: Sequence[Journey], together: MatchedStages, theme: Theme, axis: Axis, width: float | None) -> Grid:
    room = None if width is None else width - 2 * MARGIN - GUTTER
    count = together.columns if axis == "order" else max(len(journey.touchpoints) for journey in journeys)
    narrowest = NARROWEST if count < MANY else DENSE
    size, text = theme.type.body, Typesetter(theme.font)
    shown = [t.title for journey in journeys for t in journey.touchpoints]
    widths = [text.measure(word, size) + 14 for title in shown for word in title.split()]
    widths += [text.measure(title, size) / TITLE_LINES + 14 for title in shown]
    column = min(max([narrowest, *widths]), narrowest * 1.4)
    if axis == "time":
        return by_time(journeys, MARGIN + GUTTER, column, room, LEAST)
    return by_stage(together, MARGIN + GUTTER, column, room, LEAST)


def _stacked(layout: OverlayLayout, top: float) -> tuple[list[Mark], float]:
    """Lay out the parts below each other, each as a group with its label at the left."""
    unit = layout.unit
    head = header(layout, top)
    marks: list[Mark] = [Group(marks=head.marks, id="header", kind="lane")]
    y = top + head.height + unit * 6
    stages = strips(layout, y) if layout.grid.time_scale else bars(layout, y)
    if stages:
        marks.append(_lane(layout, "stages", stages, y))
        y += stages.height + unit * 2
    band = _experience(layout, y + unit * 3)
    marks += [hairline(layout.page, layout.right, y), _lane(layout, "curve", band, y + unit * 3)]
    y += band.height + unit * 6
    if layout.grid.time_scale:
        marks.append(Group(marks=tuple(leaders(layout, y - unit * 3)), kind="leaders"))
        y += LEADER - unit * 3
    else:
        marks.append(hairline(layout.page, layout.right, y))
    below = titles(layout, y + unit * 3)
    marks.append(_lane(layout, "touchpoints", below, y + unit * 3))
    return marks, y + unit * 3 + below.height


def _lane(layout: OverlayLayout, name: str, band: Band, top: float) -> Group:
    label = Stack(layout.text, layout.page, top, layout.grid.left - layout.page - 3 * layout.unit)
    label.add(band.label, layout.type.body, bold=True, kind="lane-label")
    return Group(marks=(*label.marks, *band.marks), id=f"lane-{name}", kind="lane")


def _experience(layout: OverlayLayout, top: float) -> Band:
    """Lay out the plot, at least as high as the labels at the right."""
    key = _key(layout, top)
    high = max(HEIGHT * layout.unit, line_labels.height(layout))
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
    return Band(max(bottom + CLEAR - top, key.height), (*key.marks, *marks), layout.labels("lanes.curve"))


def _key(layout: OverlayLayout, top: float) -> Stack:
    """Return the key to signs in the plot that have no text."""
    size = layout.type.caption
    stack = Stack(layout.text, layout.page, top + line_step(layout.type.body), layout.grid.left - layout.page - 24)
    if any(member.scores.low_points for member in layout.members):
        stack.bottom += layout.unit
        stack.marks.append(
            icons.low_point(layout.text, 1, stack.x + 7, stack.bottom + 0.62 * size, 12, fill="muted", ink="page")
        )
        stack.add(layout.labels("overlay.worst_first"), size, color="muted", indent=19, kind="legend")
    if layout.changes:
        stack.bottom += layout.unit
        stack.add(layout.labels("overlay.largest"), size, color="muted", indent=19, kind="legend")
        stack.marks.append(
            layout.text.label("±", stack.x + 3, stack.bottom - 0.42 * size, size * 1.3, bold=True, kind="legend")
        )
    unrated = next((member for member in layout.members if member.scores.n < len(member.scores.touchpoints)), None)
    if unrated:
        stack.bottom += layout.unit
        stack.marks.append(unrated.point(stack.x + 7, stack.bottom + 0.62 * size, 4, rated=False))
        stack.add(layout.labels("curve.unrated"), size, color="muted", indent=19, kind="legend")
    stack.top = top
    return stack
