"""Two journeys beside each other: their curves, and what differs at each touchpoint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from journeykit.drawing.themes import load
from journeykit.site.frame import Frame, crumbs, heading, page, section
from journeykit.site.pages.journey import picture_region
from journeykit.site.parts import Column, Row, cell, delta_text, table
from journeykit.site.portfolio import Portfolio
from journeykit.web.markup import Element, Node, element
from journeykit.web.page import page_theme

if TYPE_CHECKING:
    from journeykit.comparing.comparison import Comparison
    from journeykit.site.entries import Entry


def address(portfolio: Portfolio, pair: tuple[Entry, Entry]) -> str:
    """Return the path of the page of a pair from the root of the site."""
    one, other = (portfolio.addresses[entry.number] for entry in pair)
    return f"compare/{one}--{other}/"


def compared(
    portfolio: Portfolio, frame: Frame, found: Sequence[tuple[tuple[Entry, Entry], Comparison]]
) -> Iterator[tuple[str, bytes]]:
    """Yield a page for each pair of journeys."""
    from journeykit.charts.difference.chart import difference_of

    words = frame.words
    for pair, comparison in found:
        at = f"{address(portfolio, pair)}index.html"
        title = words("compare.title", a=_name(frame, pair[0]), b=_name(frame, pair[1]))
        theme = page_theme(frame.theme)
        scene = difference_of(comparison, names=None, columns="all", width=None, theme=load(frame.theme))
        links = [(one.title, portfolio.address(one)) for one in pair]
        difference = element(
            "p", f"{words.score(comparison.old.score)} → {words.score(comparison.new.score)} ",
            delta_text(frame, comparison.delta, comparison.beyond_uncertainty), class_="lead",
        )  # fmt: skip
        yield at, page(
            frame, at, title, crumbs(at, links, words("crumbs")), heading(title, difference),
            picture_region(frame, scene, theme, title), _table(frame, comparison), part="home", pictures=True,
        )  # fmt: skip


def _name(frame: Frame, entry: Entry) -> str:
    return f"{entry.title} ({frame.words(f'state.{entry.state}')})"


def _table(frame: Frame, comparison: Comparison) -> Element:
    words = frame.words
    columns = [Column(words("column.touchpoint")), Column(words("column.before"), "n"),
               Column(words("column.after"), "n"), Column(words("column.difference"), "n")]  # fmt: skip
    rows = []
    for one in comparison.touchpoints:
        old, new = one.old, one.new
        mark: Node | None = None
        if old is None or new is None:
            mark = element("span", words("compare.added" if old is None else "compare.removed"), class_="mark")
        rows.append(
            Row(
                [
                    cell(one.rated.touchpoint.title, *((" ", mark) if mark else ())),
                    cell(words.score(old.score if old else None)),
                    cell(words.score(new.score if new else None)),
                    cell(delta_text(frame, one.delta, None), by=one.delta or 0.0),
                ]
            )
        )
    title = words.labels("lanes.touchpoints")
    return section("touchpoints", title, table(frame, title, columns, rows), lead=words("compare.lead"))
