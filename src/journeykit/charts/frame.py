"""Charts of one journey as scenes: a wide picture, or pages of paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel

from journeykit.charts.alt_text import journey_alt_text
from journeykit.charts.chart_types import CHARTS, Chart
from journeykit.charts.columns import NOWHERE, Axis
from journeykit.charts.curve.plot import HEIGHT
from journeykit.charts.lane import View
from journeykit.charts.lanes import find
from journeykit.charts.locales import Labels
from journeykit.charts.pages import Pages
from journeykit.charts.sheet import Sheet
from journeykit.charts.wall import Wall
from journeykit.drawing.paper import papers
from journeykit.drawing.rtl import mirrored
from journeykit.drawing.scene import Scene
from journeykit.drawing.text import Typesetter
from journeykit.drawing.themes import Theme, load
from journeykit.errors import UsageError
from journeykit.images import ImageFile
from journeykit.model import Journey
from journeykit.scoring import Scores, opportunities, score

NO_IMAGES: Mapping[str, ImageFile] = MappingProxyType({})
TITLE_LINES, TEXT_LINES = 4, 7
"""The most lines of a title and of other text in a column; longer texts make columns wider."""


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
    images: Mapping[str, ImageFile] = NO_IMAGES,
    described: bool = True,
) -> Scene:
    """Lay out a journey as one chart, with the lanes of the chart or those of `lanes`.

    `images` are the pictures of the journey by their paths. `described` adds the alt text.
    `columns` is the most touchpoints in a row ("all": one row); `width` is that of the picture in points, which
    has fewer columns in a row if it is narrow. Raises UsageError for an unknown chart or lane, lanes with nothing to
    show, a number of columns below 1, a width without room for a column, and a time axis without times.
    """
    (page,) = pages_of(
        journey, scores, chart=chart, lanes=lanes, axis=axis, columns=columns, width=width, theme=theme, images=images,
        divided=False, described=described,
    )  # fmt: skip
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
    page: str = "",
    images: Mapping[str, ImageFile] = NO_IMAGES,
    divided: bool = True,
    described: bool = True,
) -> Iterator[Scene]:
    """Yield the pages of a chart, as `scene_of`.

    `page` names the paper or slide that it fills, instead of a width; what does not fit goes on further pages.
    Without it there is more than one page for journeys of more than 200 touchpoints. Raises UsageError for an
    unknown paper, and for a touchpoint that is too large for it.
    """
    if chart not in CHARTS:
        raise UsageError(f"there is no chart {chart!r}", f"charts: {', '.join(CHARTS)}")
    plan, theme, scores = CHARTS[chart], theme or load(), scores or score(journey)
    if lanes:
        plan = plan._replace(lanes=tuple(dict.fromkeys(lanes)))
        for name in plan.lanes:
            find(name)
    if axis == "time":
        plan = plan._replace(lanes=_with_ruler(plan.lanes))
    labels = Labels(journey.lang)
    rated = opportunities(journey, scores)
    view = View(
        journey=journey,
        scores=scores,
        rated=dict(scores.by_id),
        low_points={id: low for low in scores.low_points for id in low.span},
        peaks={peak.id: peak for peak in scores.peaks},
        opportunities=rated,
        columns=NOWHERE,
        labels=labels,
        text=Typesetter(theme.font),
        type=theme.type,
        unit=theme.unit,
        plot=HEIGHT * theme.unit,
        slim=plan.slim,
        lanes=plan.lanes,
        images=images,
    )
    if page:
        if width is not None or columns == "all":
            raise UsageError("a page says how wide the picture is", "leave out the width, or all columns in one row")
        paged = Pages(view, plan, axis, theme.logo, columns if isinstance(columns, int) else None)
        for number, sheet in enumerate(paged.sheets(papers(page))):
            yield _finished(sheet, view, first=number == 0, described=described)
        return
    likely = 0.0 if lanes or plan.slim else _likely_height(journey, plan)
    wall = Wall(view, plan, axis, _column(journey, plan, theme), theme.logo, divided, likely)
    for number, sheet in enumerate(wall.sheets(columns, width)):
        yield _finished(sheet, view, first=number == 0, described=described)


def _with_ruler(lanes: Sequence[str]) -> tuple[str, ...]:
    """Return lanes with a ruler below the touchpoints, if none of them has one."""
    if "curve" in lanes or "time" in lanes:
        return tuple(lanes)
    at = max((lanes.index(name) + 1 for name in ("header", "stages", "touchpoints") if name in lanes), default=0)
    return (*lanes[:at], "time", *lanes[at:])


def _finished(sheet: Sheet, view: View, first: bool, described: bool) -> Scene:
    """Return a page with its alt text, mirrored for languages that are read from the right."""
    scene = sheet.scene
    if described:
        words = journey_alt_text(
            view.journey, view.scores, view.opportunities, view.labels,
            only=sheet.numbers if sheet.where else None, where=sheet.where, first=first,
        )  # fmt: skip
        scene = scene._replace(description=words)
    return mirrored(scene) if scene.direction == "rtl" else scene


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
            texts: list[str | None] = [*touchpoint.does]
            texts += (*touchpoint.thinks, *touchpoint.quote) if "thoughts" in plan.lanes else ()
            texts += (touchpoint.why, *touchpoint.pains) if "outcomes" in plan.lanes else ()
            if "own" in plan.lanes:
                texts += (one for lane in touchpoint.lanes.values() for one in lane)
            widths += [text.measure(words, size.body) / TEXT_LINES + 14 for words in texts if words]
    return min(max(widths), plan.narrowest * 1.5)


def _likely_height(journey: Journey, plan: Chart) -> float:
    """Guess the height of one row from the longest text of each field; too much by a tenth rather than too little."""
    longest: dict[str, int] = {}
    for touchpoint in journey.touchpoints:
        for name in touchpoint.model_fields_set:
            longest[name] = max(longest.get(name, 0), _length(getattr(touchpoint, name)))
    cards = max(Counter(str(one.at) for one in journey.opportunities).values(), default=0)
    bars = max(Counter(str(one.at) for one in journey.kpis).values(), default=0)
    above = 720.0 if "curve" in plan.lanes else 370.0
    return 1.1 * (above + 0.65 * sum(longest.values()) + 75 * cards + 90 * bars)


def _length(value: object) -> int:
    """Return about how many characters a value takes when it is drawn."""
    if isinstance(value, str):
        return len(value) + 12
    if isinstance(value, BaseModel):
        return 12 + sum(_length(getattr(value, name)) for name in value.model_fields_set)
    return sum(map(_length, value)) if isinstance(value, list | tuple) else 0
