"""The key figures of all journeys."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.site.addresses import way
from journeykit.site.entries import Entry, Figure
from journeykit.site.facets import Facets
from journeykit.site.frame import Frame, heading, nothing, page
from journeykit.site.pages.measured import data_beside
from journeykit.site.parts import Column, Row, cell, journey_link, table
from journeykit.site.portfolio import Portfolio
from journeykit.web.markup import Node, element

AT = "kpis/index.html"


def pages(portfolio: Portfolio, frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield the page of figures."""
    words = frame.words
    head = heading(words("kpis.title"), element("p", words("kpis.lead"), class_="lead"))
    found = [(entry, figure) for entry in portfolio.entries for figure in entry.figures]
    found.sort(key=lambda pair: (pair[1].met is not False, pair[1].met is None))
    yield AT, page(frame, AT, words("kpis.title"), head, *_table(portfolio, frame, found),
                   data_beside(portfolio, frame, AT), part="kpis")  # fmt: skip


def _table(portfolio: Portfolio, frame: Frame, found: list[tuple[Entry, Figure]]) -> list[Node]:
    words = frame.words
    if not found:
        return [nothing(words("none"))]
    columns = [
        Column(words("column.figure")), Column(words("column.journey")), Column(words("column.value"), "n"),
        Column(words("column.target")), Column(words("column.answers"), "n"), Column(words("column.period"), "d"),
    ]  # fmt: skip
    facets = Facets(
        found,
        [
            ("kind", lambda pair: [pair[1].kind]),
            ("owner", lambda pair: [pair[0].owner]),
            ("status", lambda pair: [] if pair[1].met is None else [_met(frame, pair[1].met)]),
        ],
    )
    rows = [
        Row(
            [
                cell(
                    element("a", figure.name, href=way(AT, portfolio.address(entry), f"kpi-{figure.id}")),
                    element("small", figure.kind) if figure.kind != figure.name else None,
                ),
                cell(journey_link(portfolio, AT, entry)),
                cell(
                    element("b", figure.value),
                    element("small", ", ".join(figure.notes)) if figure.notes else None,
                    by=-1.0 if figure.raw is None else figure.raw,
                ),
                cell(_target(figure)),
                cell("–" if figure.n is None else str(figure.n), by=float(figure.n or 0)),
                cell(figure.period or "–"),
            ],
            {"data_f": facets.codes((entry, figure))},
        )
        for entry, figure in found
    ]
    form = facets.form(frame, "figures")
    return [*([form] if form else ()), table(frame, words("kpis.title"), columns, rows, id="figures")]


def _met(frame: Frame, met: bool) -> str:
    return frame.words("kpis.met" if met else "kpis.missed")


def _target(figure: Figure) -> Node:
    """Return the target, which says whether it is met."""
    if not figure.target:
        return "–"
    tone = "" if figure.met is None else "good" if figure.met else "bad"
    return element("span", figure.target, class_=f"mark {tone}".strip())
