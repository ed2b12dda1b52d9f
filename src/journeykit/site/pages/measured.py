"""What customers answered, beside what the map states: the surveys in the file, and the series beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from journeykit.charts.locales import Labels
from journeykit.drawing.themes import load
from journeykit.errors import UsageError
from journeykit.site.addresses import way
from journeykit.site.entries import Entry, Said
from journeykit.site.frame import Frame, nothing, section
from journeykit.site.parts import Column, Row, cell, delta_text, journey_link, picture_region, point_score, table
from journeykit.site.portfolio import Portfolio
from journeykit.web.markup import Element, Node, element
from journeykit.web.page import page_theme

if TYPE_CHECKING:
    from journeykit.charts.trend.rows import Row as TrendRow
    from journeykit.measuring.series import Point
    from journeykit.site.collecting import Subject


def widest_first(said: Sequence[Said]) -> list[Said]:
    """Return touchpoints where map and customers differ most first, those without both last."""
    return sorted(said, key=lambda one: -1.0 if one.apart is None else abs(one.apart), reverse=True)


def measured_parts(subject: Subject, frame: Frame) -> Iterator[Node]:
    """Yield the parts of a journey's page of what was measured."""
    words = frame.words
    if subject.entry.said:
        yield _said(frame, subject.entry.said)
    for fault in subject.faults:
        yield element("p", fault, class_="toast")
    if subject.strips:
        yield section("series", words("measured.series"), *_series(subject, frame), lead=words("measured.series.lead"))


def _said(frame: Frame, said: Sequence[Said]) -> Element:
    words = frame.words
    columns = [
        Column(words("column.touchpoint")), Column(words("column.stated"), "n"), Column(words("column.said"), "n"),
        Column(words("column.difference"), "n"), Column(words("column.answers"), "n"), Column(words("column.period")),
    ]  # fmt: skip
    rows = [
        Row(
            [
                cell(element("a", one.title, href=way("measured/index.html", "", f"t-{one.id}"))),
                point_score(frame, one.stated),
                point_score(frame, one.measured),
                cell(delta_text(frame, one.apart, None), by=one.apart or 0.0),
                cell("–" if one.n is None else str(one.n), by=float(one.n or 0)),
                cell(one.period or "–"),
            ]
        )
        for one in widest_first(said)
    ]
    title = words("measured.said")
    return section("said", title, table(frame, title, columns, rows), lead=words("measured.said.lead"))


def _series(subject: Subject, frame: Frame) -> Iterator[Node]:
    from journeykit.charts.trend.chart import trend_of
    from journeykit.charts.trend.rows import rows_of

    words = frame.words
    try:
        scene = trend_of(subject.journey, subject.strips, theme=load(frame.theme))
    except UsageError:  # one period without an end, or only figures that are hidden
        yield nothing(words("measured.none"))
        return
    yield picture_region(frame, scene, page_theme(frame.theme), words("journey.measured"))
    columns = [
        Column(words("column.figure")), Column(words("column.period")), Column(words("column.value"), "n"),
        Column(words("column.before"), "n"), Column(words("column.answers"), "n"),
    ]  # fmt: skip
    labels = Labels(subject.journey.lang)
    rows = [_newest(one, labels) for one in rows_of(subject.journey, subject.strips)]
    yield table(frame, words("measured.series"), columns, rows)


def _newest(row: TrendRow, labels: Labels) -> Row:
    from journeykit.charts.trend.text import figure_text, name_text

    points = sorted(row.points, key=lambda one: one.period)

    def shown(point: Point) -> list[Node]:
        figures = [figure_text(one, row.unit, labels) for one in (point.low, point.high) if one is not None]
        band: list[Node] = [element("small", f" {'–'.join(figures)}")] if len(figures) == 2 else []
        return [element("b", figure_text(point.value or 0.0, row.unit, labels)), *band]

    last = points[-1]
    return Row(
        [
            cell(row.title, element("small", name_text(row.strips[-1], labels))),
            cell(last.period),
            cell(*shown(last), by=last.value),
            cell(*(shown(points[-2]) if len(points) > 1 else ["–"]), by=points[-2].value if len(points) > 1 else 0.0),
            cell("–" if last.n is None else str(last.n), by=float(last.n or 0)),
        ]
    )


def data_beside(portfolio: Portfolio, frame: Frame, at: str) -> Element | None:
    """Return the journeys that have data, with the touchpoint where map and customers differ most."""
    words = frame.words
    found = [one for one in portfolio.entries if "measured" in one.variants]
    if not found:
        return None
    columns = [
        Column(words("column.journey")), Column(words("column.surveyed"), "n"), Column(words("column.newest")),
        Column(words("column.widest")),
    ]  # fmt: skip
    rows = [
        Row(
            [
                cell(journey_link(portfolio, at, one)),
                cell(f"{len(one.said)} / {len(one.points)}", by=float(len(one.said))),
                cell(max((said.period for said in one.said), default="") if not one.newest else one.newest),
                cell(*_widest(portfolio, frame, at, one)),
            ]
        )
        for one in found
    ]
    title = words("measured.beside")
    return section("measured", title, table(frame, title, columns, rows), lead=words("measured.beside.lead"))


def _widest(portfolio: Portfolio, frame: Frame, at: str, entry: Entry) -> list[Node]:
    words = frame.words
    to = way(at, f"{portfolio.address(entry)}measured/")
    worst = next((one for one in widest_first(entry.said) if one.apart is not None), None)
    if worst is None:
        return [element("a", words("journey.measured"), href=to)]
    said = f"{words.score(worst.stated)} → {words.score(worst.measured)}"
    return [element("a", worst.title, href=to), element("small", f"{said} ({words.delta(worst.apart)})")]
