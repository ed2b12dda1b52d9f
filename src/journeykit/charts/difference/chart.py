"""Layout of a difference: header, and for each row stages, curves and touchpoints."""

from __future__ import annotations

from typing import Literal, cast

from journeykit.charts.columns import STAGE_GAP, cut
from journeykit.charts.columns import gaps as stage_gaps
from journeykit.charts.curve.plot import HEIGHT, Plot
from journeykit.charts.difference import signs
from journeykit.charts.difference.alt_text import difference_alt_text, names_of
from journeykit.charts.difference.columns import Column, columns_of
from journeykit.charts.difference.header import header
from journeykit.charts.difference.layout import DifferenceLayout, Row, curve, strip
from journeykit.charts.difference.lines import Curves, lines
from journeykit.charts.difference.stages import bars
from journeykit.charts.difference.touchpoints import cells
from journeykit.charts.lane import Band
from journeykit.charts.lane_rows import hairline
from journeykit.charts.locales import Labels
from journeykit.charts.logo import logo_at
from journeykit.comparing import Comparison
from journeykit.drawing.geometry import union
from journeykit.drawing.rtl import mirrored
from journeykit.drawing.scene import Group, Mark, Scene
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import Typesetter
from journeykit.drawing.themes import Theme, load
from journeykit.errors import UsageError

MARGIN = 40.0
GUTTER = 112.0
"""Width of the labels at the left."""
LEAST = 600.0
"""The least width of the axis."""
NARROWEST = 88.0
TIGHT = 44.0
"""The least width of a column if the width of the picture is given."""
COLUMNS = 16
"""Default of the most columns in a row."""
TITLE_LINES = 4
CLEAR = 8.0
BETWEEN = 36.0
"""Gap between two rows."""


def difference_of(
    comparison: Comparison,
    *,
    names: tuple[str, str] | None = None,
    columns: int | Literal["all"] | None = None,
    width: float | None = None,
    theme: Theme | None = None,
) -> Scene:
    """Lay out a comparison; labels are in the language of the new version.

    `names` are the names of the versions, such as revisions; `columns` is the most columns in a row, `width` that of
    the picture in points. Raises UsageError for a number of columns below 1, and a width without space for one.
    """
    theme = theme or load()
    labels = Labels(comparison.new.journey.lang)
    names = names or names_of(comparison, labels)
    rows = _rows(columns_of(comparison), theme, columns, width)
    right = MARGIN + GUTTER + rows[0].right - rows[0].left
    layout = DifferenceLayout(
        comparison=comparison, names=names, rows=rows, labels=labels,
        text=Typesetter(theme.font), type=theme.type, unit=theme.unit, page=MARGIN,
        left=MARGIN + GUTTER, right=right,
    )  # fmt: skip
    logo = [logo_at(theme.logo, MARGIN, MARGIN, right - MARGIN)] if theme.logo else []
    marks, bottom = _stacked(layout, logo[0].box().bottom + 4 * theme.unit if logo else MARGIN)
    scene = Scene(
        width=width or right + MARGIN,
        height=bottom + MARGIN,
        marks=(*logo, *marks),
        title=comparison.new.journey.title,
        description=difference_alt_text(comparison, names, labels),
        lang=comparison.new.journey.lang,
        direction=cast(Literal["ltr", "rtl"], labels.direction),
    )
    return mirrored(scene) if scene.direction == "rtl" else scene


def _rows(
    columns: list[Column], theme: Theme, limit: int | Literal["all"] | None, width: float | None
) -> tuple[Row, ...]:
    """Divide the columns into rows of equal width."""
    if isinstance(limit, int) and limit < 1:
        raise UsageError(f"a row of {limit} touchpoints cannot be drawn", "give at least 1")
    room = LEAST if width is None else width - 2 * MARGIN - GUTTER
    if room < TIGHT:
        raise UsageError(
            "the width leaves no room for a touchpoint", f"give at least {2 * MARGIN + GUTTER + TIGHT:.0f} pt"
        )
    wanted = min(_wanted(columns, theme), room)
    most = len(columns) if limit == "all" else limit or COLUMNS
    if width is not None:
        most = min(most, max(1, int((room + STAGE_GAP) // (wanted + STAGE_GAP))))
    rowed = cut(columns, most)
    needed = max(len(row) * wanted + stage_gaps(row)[-1] for row in rowed)
    return strip(rowed, room if width is not None else max(room, needed))


def _wanted(columns: list[Column], theme: Theme) -> float:
    """Return the width of a column: enough for long words and titles, but at most 1.4 times the least width."""
    size, text = theme.type.body, Typesetter(theme.font)
    titles = [column.shown.touchpoint.title for column in columns if column.shown]
    widths = [text.measure(word, size) + 20 for title in titles for word in title.split()]
    widths += [text.measure(title, size) / TITLE_LINES + 20 for title in titles]
    return min(max([NARROWEST, *widths]), NARROWEST * 1.4)


def _stacked(layout: DifferenceLayout, top: float) -> tuple[list[Mark], float]:
    """Lay out the header and the rows below each other."""
    head = header(layout, top)
    marks: list[Mark] = [Group(marks=head.marks, id="header", kind="lane")]
    y = top + head.height + layout.unit * 6
    plot = Plot(0.0, HEIGHT * layout.unit)
    old, new = curve(layout.rows, plot, new=False), curve(layout.rows, plot, new=True)
    for row in layout.rows:
        row_marks, y = _row(layout, row, y, plot, old, new)
        marks += row_marks
        y += BETWEEN if row is not layout.rows[-1] else 0
    return marks, y


def _row(
    layout: DifferenceLayout, row: Row, top: float, plot: Plot, old: Curves, new: Curves
) -> tuple[list[Mark], float]:
    unit = layout.unit
    marks: list[Mark] = []
    y = top
    if stages := bars(layout, row, y):
        marks.append(_lane(layout, row, "stages", stages, y))
        y += stages.height + unit * 2
    marks.append(hairline(layout.page, layout.right, y))
    y += unit * 2
    experience = _experience(layout, row, y, plot, old, new)
    marks.append(_lane(layout, row, "curve", experience, y))
    y += experience.height + unit * 2
    marks.append(hairline(layout.page, layout.right, y))
    y += unit * 3
    below = cells(layout, row, y)
    marks.append(_lane(layout, row, "touchpoints", below, y))
    return marks, y + below.height


def _lane(layout: DifferenceLayout, row: Row, name: str, band: Band, top: float) -> Group:
    """Return a part of a row, moved from the strip to its position on the page."""
    label = Stack(layout.text, layout.page, top, layout.left - layout.page - 6 * layout.unit)
    label.add(band.label, layout.type.body, bold=True, kind="lane-label")
    if name == "curve" and row.number == 1:
        _legend(layout, label)
    shift = layout.left - row.left
    moved = (mark.moved(shift, 0) for mark in band.marks)
    return Group(marks=(*label.marks, *moved), id=f"lane-{name}-{row.number}", kind="lane")


def _experience(layout: DifferenceLayout, row: Row, top: float, plot: Plot, old: Curves, new: Curves) -> Band:
    """Lay out the plot, at least as high as the key beside the first row."""
    drawn = lines(layout, row, plot, old, new)
    box = union(mark.box() for mark in drawn)
    shift = top + CLEAR - min(box.top, 0.0)
    key = Stack(layout.text, layout.page, top, layout.left - layout.page - 6 * layout.unit)
    key.add(layout.labels("lanes.curve"), layout.type.body, bold=True)
    if row.number == 1:
        _legend(layout, key)
    bottom = max(max(box.bottom, plot.bottom) + shift + CLEAR, key.bottom)
    return Band(bottom - top, tuple(mark.moved(0, shift) for mark in drawn), layout.labels("lanes.curve"))


def _legend(layout: DifferenceLayout, stack: Stack) -> None:
    """Add a sample for each sign that is used."""
    comparison, shown = layout.comparison, [column for row in layout.rows for column in row.columns]
    statuses = {column.status for column in shown}
    fates = {change.fate for change in comparison.low_points}
    deltas = [change.delta for change in comparison.touchpoints if change.delta is not None]
    there = {
        "better": any(delta >= 0.5 for delta in deltas),
        "worse": any(delta <= -0.5 for delta in deltas),
        "added": "added" in statuses,
        "removed": "removed" in statuses,
        "moved": "moved-here" in statuses or "moved-away" in statuses,
        "unrated": any(one.score is None for column in shown for one in (column.old, column.new) if one),
    }
    there |= {f"low_{fate}": fate in fates for fate in ("new", "unmasked", "persisting", "resolved")}
    size = layout.type.caption
    for name, used in there.items():
        if used:
            words = layout.labels("curve.unrated" if name == "unrated" else f"difference.{name}")
            stack.space(layout.unit)
            stack.marks += signs.LEGEND[name](layout.text, stack.x, stack.bottom + 0.62 * size)
            stack.add(words, size, color="muted", indent=19, kind="legend")
