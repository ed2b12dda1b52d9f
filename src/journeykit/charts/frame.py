"""Layout of the charts of one journey: lanes below each other in rows and pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, cast

from journeykit.charts.alt_text import journey_alt_text
from journeykit.charts.chart_types import CHARTS, Chart
from journeykit.charts.columns import STAGE_GAP, Axis, Columns, ColumnSizes, paged, rows
from journeykit.charts.lane import View
from journeykit.charts.lanes import find
from journeykit.charts.locales import Labels
from journeykit.drawing.rtl import mirrored
from journeykit.drawing.scene import Group, Image, Line, Mark, Scene
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import Typesetter
from journeykit.drawing.themes import Theme, load
from journeykit.drawing.themes.assets import Logo
from journeykit.errors import UsageError
from journeykit.model import Journey
from journeykit.scoring import Scores, opportunities, score

UNRULED = ("header", "stages", "visibility")
"""Lanes without a line above them."""
MARGIN = 40.0
GUTTER = 112.0
"""Width of the labels at the left."""
LEAST = 520.0
"""The least width of all columns."""
TITLE_LINES, TEXT_LINES = 4, 7
"""The most lines of a title and of other text in a column; longer texts make columns wider."""
BETWEEN_ROWS = 52.0
LOGO = 32.0
"""Height of the logo."""
UNDIVIDED, PAGE = 200, 100
"""Journeys of more than 200 touchpoints are divided into pages of at most 100, unless one row has more."""


def scene_of(
    journey: Journey,
    scores: Scores | None = None,
    *,
    chart: str = "map",
    lanes: Sequence[str] = (),
    axis: Axis = "order",
    columns: int | Literal["all"] | None = None,
    width: float | None = None,
    theme: Theme | None = None,
) -> Scene:
    """Lay out a journey as one chart, with the lanes of the chart or those of `lanes`.

    `columns` is the most touchpoints in a row ("all": one row); `width` is that of the picture in points, which
    has fewer columns in a row if it is narrow. Raises UsageError for an unknown chart or lane, lanes with nothing to
    show, a number of columns below 1, a width without room for a column, and a time axis without times.
    """
    (page,) = pages_of(
        journey, scores, chart=chart, lanes=lanes, axis=axis, columns=columns, width=width, theme=theme, divided=False
    )
    return page


def pages_of(
    journey: Journey,
    scores: Scores | None = None,
    *,
    chart: str = "map",
    lanes: Sequence[str] = (),
    axis: Axis = "order",
    columns: int | Literal["all"] | None = None,
    width: float | None = None,
    theme: Theme | None = None,
    divided: bool = True,
) -> Iterator[Scene]:
    """Yield the pages of a chart, as `scene_of`; more than one for journeys of more than 200 touchpoints."""
    if chart not in CHARTS:
        raise UsageError(f"there is no chart {chart!r}", f"Charts: {', '.join(CHARTS)}.")
    plan, theme, scores = CHARTS[chart], theme or load(), scores or score(journey)
    if lanes:
        plan = plan._replace(lanes=tuple(dict.fromkeys(lanes)))
        for name in plan.lanes:
            find(name)
    labels = Labels(journey.lang)
    grid = _grid(journey, plan, theme, axis, columns, width)
    rated = opportunities(journey, scores)
    view = View(
        journey=journey,
        scores=scores,
        rated=dict(scores.by_id),
        low_points={id: low for low in scores.low_points for id in low.span},
        peaks={peak.id: peak for peak in scores.peaks},
        opportunities=rated,
        columns=grid[0],
        labels=labels,
        text=Typesetter(theme.font),
        type=theme.type,
        unit=theme.unit,
        slim=plan.slim,
    )
    pages = paged(grid, PAGE) if divided and len(journey.places) > UNDIVIDED else [grid]
    for number, page in enumerate(pages, 1):
        where = labels("header.page", n=number, count=len(pages)) if len(pages) > 1 else ""
        only = {slot.place.number for row in page for slot in row.slots} if where else None
        scene = _scene(view._replace(columns=page[0]), plan, page, number, where, theme.logo)
        scene = scene._replace(description=journey_alt_text(journey, scores, rated, labels, only=only, where=where))
        yield mirrored(scene) if scene.direction == "rtl" else scene


def _scene(view: View, plan: Chart, rows: Sequence[Columns], page: int, where: str, logo: Logo | None) -> Scene:
    """Lay out the rows of one page. `where` is its number and the number of pages if there are several."""
    marks: list[Mark] = []
    y = MARGIN
    if logo:
        marks.append(logo_at(logo, rows[0].page, y, rows[0].right - rows[0].page))
        y += marks[0].box().height + 4 * view.unit
    if page > 1:
        head = Stack(view.text, rows[0].page, y, rows[0].right - rows[0].page)
        head.add(view.journey.title, view.type.heading, bold=True, kind="title")
        marks.append(Group(marks=tuple(head.marks), id="running-head"))
        y = head.bottom + 6 * view.unit
    any_row = False
    for number, row in enumerate(rows, 1):
        names = [name for name in plan.lanes if page == number == 1 or name != "header"]
        row_marks, y = _row(view._replace(columns=row), plan.short, names, number, y)
        marks += row_marks
        y += BETWEEN_ROWS * bool(row_marks)
        any_row = any_row or bool(row_marks)
    if not any_row:
        if not where:
            chosen = ", ".join(plan.lanes)
            raise UsageError(f"{view.journey.title} has nothing to show in {chosen}", "Name further lanes.")
        y += BETWEEN_ROWS  # a page may be empty if there are several
    if where:
        foot = Stack(view.text, rows[0].page, y - BETWEEN_ROWS + 3 * view.unit, rows[0].right - rows[0].page)
        foot.add(where, view.type.caption, color="muted", kind="page")
        marks.append(Group(marks=tuple(foot.marks), id="page"))
        y = foot.bottom + BETWEEN_ROWS
    return Scene(
        width=rows[0].right + MARGIN,
        height=y - BETWEEN_ROWS + MARGIN,
        marks=tuple(marks),
        title=f"{view.journey.title} – {where}" if where else view.journey.title,
        lang=view.journey.lang,
        direction=cast(Literal["ltr", "rtl"], view.labels.direction),
    )


def hairline(left: float, right: float, y: float) -> Line:
    """Return a line between two lanes."""
    return Line(x1=left, y1=y, x2=right, y2=y, stroke="rule", stroke_width=0.75, kind="rule")


def logo_at(logo: Logo, x: float, y: float, room: float) -> Mark:
    """Return the logo above the title, at most a third of the width."""
    height = min(LOGO, room / 3 / logo.ratio)
    image = Image(
        x=x, y=y, width=height * logo.ratio, height=height, data=logo.data, form=logo.form, png=logo.png, kind="logo"
    )
    return Group(marks=(image,), id="logo", title=logo.title, role="img" if logo.title else "", kind="icon")


def _grid(
    journey: Journey, plan: Chart, theme: Theme, axis: Axis, columns: int | str | None, width: float | None
) -> list[Columns]:
    if isinstance(columns, int) and columns < 1:
        raise UsageError(f"a row cannot have {columns} columns", "Give a number from 1 up, or all.")
    limit = len(journey.places) if columns == "all" else columns if isinstance(columns, int) else plan.columns
    column = _column(journey, plan, theme)
    room = None
    if width is not None:
        room = width - 2 * MARGIN - GUTTER
        if room < plan.narrowest + 8:
            least = 2 * MARGIN + GUTTER + plan.narrowest + 8
            raise UsageError(f"a width of {width:g} pt leaves no room", f"Give at least {least:g} pt.")
        loose = 1.25 if axis == "time" else 1.0
        limit = min(limit, max(1, int((room / loose + 8) // (plan.narrowest + 8))))
    return rows(journey, axis, int(limit), ColumnSizes(MARGIN, GUTTER, column, LEAST), room)


def _column(journey: Journey, plan: Chart, theme: Theme) -> float:
    """Return the width of a column: enough for long words and texts, but at most 1.5 times the least width."""
    size, slim, text = theme.type, plan.slim, Typesetter(theme.font)
    title = size.body if slim else size.lead
    widths = [plan.narrowest]
    for touchpoint in journey.touchpoints:
        widths += [text.measure(word, title) + 14 for word in touchpoint.title.split()]
        feelings = ", ".join(touchpoint.feeling).split()
        widths += [text.measure(word, size.body, bold=True) + 34 for word in feelings]
        widths.append(text.measure(touchpoint.title, title) / TITLE_LINES + 14)
        if not slim:
            if "backstage" in plan.short:
                teams = [word for step in touchpoint.backstage for word in (step.to or step.team or "").split()]
                widths += [text.measure(word, size.caption, bold=True) + 34 for word in teams]
            texts = [touchpoint.does]
            texts += (touchpoint.thinks, touchpoint.quote) if "thoughts" in plan.lanes else ()
            texts += (touchpoint.why,) if "outcomes" in plan.lanes else ()
            widths += [text.measure(words, size.body) / TEXT_LINES + 14 for words in texts if words]
    return min(max(widths), plan.narrowest * 1.5)


def _row(view: View, short: Sequence[str], names: Sequence[str], number: int, y: float) -> tuple[list[Mark], float]:
    """Lay out the lanes of one row from y downwards; return their marks and where the next row begins."""
    columns, unit = view.columns, view.unit
    marks: list[Mark] = []
    below, above = y, ""
    for name in names:
        headed = name in ("header", "stages")
        top = y + 3 * unit * (not headed)
        band = find(name)(view._replace(slim=view.slim or name in short), top)
        if band is None:
            continue
        label = Stack(view.text, columns.page, top, columns.left - columns.page - 3 * unit)
        label.add(band.label, view.type.body, bold=True, kind="lane-label")
        rule = hairline(columns.page, columns.right, y)
        # the line of visibility is a border itself
        here: list[Mark] = [rule] if name not in UNRULED and above != "visibility" else []
        marks.append(Group(marks=(*here, *label.marks, *band.marks), id=f"lane-{name}-{number}", kind="lane"))
        y = top + max(band.height, label.height) + unit * (6 if name == "header" else 2 if headed else 3)
        below, above = y if headed else below, name
    if not marks:
        return [], y
    guides = Group(marks=_guides(columns, below, y - 3 * unit), id=f"guides-{number}", kind="guides")
    return ([guides] if guides.marks else []) + marks, y


def _guides(columns: Columns, top: float, bottom: float) -> tuple[Mark, ...]:
    """Return thin lines between the stages, which connect the lanes of a tall map.

    There are none on a time axis: they would cross the plot at times where no stage begins.
    """
    if columns.time_scale or bottom <= top:
        return ()
    edges = [stage[0].left - STAGE_GAP / 2 for stage in columns.stages[1:]]
    return tuple(
        Line(x1=x, y1=top, x2=x, y2=bottom, stroke="rule", stroke_width=0.5, dash=(1, 3), caps="round", kind="guide")
        for x in edges
    )
