"""Two journeys beside each other: their curves, and what differs at each touchpoint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from journeykit.drawing.scene import Group
from journeykit.drawing.themes import load
from journeykit.site.frame import Frame, crumbs, heading, page, section
from journeykit.site.parts import (
    Column,
    Row,
    cell,
    curve,
    delta_text,
    journey_link,
    picture_region,
    point_link,
    score_cell,
    table,
)
from journeykit.site.portfolio import Portfolio
from journeykit.web.markup import Element, Node, element
from journeykit.web.page import page_theme

if TYPE_CHECKING:
    from journeykit.comparing.comparison import Comparison
    from journeykit.drawing.scene import Scene
    from journeykit.scoring import Scores
    from journeykit.site.entries import Entry


def address(portfolio: Portfolio, entries: Sequence[Entry]) -> str:
    """Return the path of the page that compares journeys from the root of the site."""
    return f"compare/{'--'.join(portfolio.addresses[entry.number] for entry in entries)}/"


def compared(
    portfolio: Portfolio, frame: Frame, pair: tuple[Entry, Entry], comparison: Comparison
) -> tuple[str, bytes]:
    """Return the page of a pair of journeys."""
    from journeykit.charts.difference.chart import difference_of

    words = frame.words
    at = f"{address(portfolio, pair)}index.html"
    title = words("compare.title", a=_name(frame, pair[0]), b=_name(frame, pair[1]))
    theme = page_theme(frame.theme)
    scene = difference_of(comparison, names=None, columns="all", width=None, theme=load(frame.theme))
    links = [(one.title, portfolio.address(one)) for one in pair]
    difference = element(
        "p", f"{words.score(comparison.old.score)} → {words.score(comparison.new.score)} ",
        delta_text(frame, comparison.delta, comparison.beyond_uncertainty), class_="lead",
    )  # fmt: skip
    return at, page(
        frame, at, title, crumbs(at, links, words("crumbs")), heading(title, difference),
        picture_region(frame, scene, theme, title), _table(frame, comparison), part="home", pictures=True,
    )  # fmt: skip


def overlaid(portfolio: Portfolio, frame: Frame, group: Sequence[Entry], scores: Sequence[Scores]) -> tuple[str, bytes]:
    """Return the page of journeys that are laid over each other."""
    from journeykit.charts.overlay.chart import overlay_of

    words = frame.words
    at = f"{address(portfolio, group)}index.html"
    title = " · ".join(dict.fromkeys(one.title for one in group))
    scene = overlay_of([(one.journey, one) for one in scores], columns="all", theme=load(frame.theme))
    columns = [
        Column(words("column.persona")), Column(words("column.journey")), Column(words("column.score"), "n", low=True),
        Column(words("column.curve"), sorts=False), Column(words("column.worst")),
    ]  # fmt: skip
    rows = [
        Row(
            [
                cell(one.persona.name),
                cell(journey_link(portfolio, at, one)),
                score_cell(frame, one.score, one.low, one.high),
                cell(curve(one.points)),
                cell(point_link(portfolio, at, one, one.worst) if one.worst else "–"),
            ]
        )
        for one in group
    ]
    above = crumbs(at, [(words("menu.home"), "")], words("crumbs"))
    lead = element("p", words("journey.overlay", n=len(group)), class_="lead")
    return at, page(
        frame, at, title, above, heading(title, lead), table(frame, title, columns, rows),
        picture_region(frame, _without_table(scene), page_theme(frame.theme), title), part="home", pictures=True,
    )  # fmt: skip


def _without_table(scene: Scene) -> Scene:
    """Return an overlay without the scores beside its title, which stand in the table of the page, nor their room."""
    at, header = next((n, one) for n, one in enumerate(scene.marks) if isinstance(one, Group) and one.id == "header")
    kept = tuple(one for one in header.marks if not (isinstance(one, Group) and one.id == "scores"))
    words = header._replace(marks=kept)
    up = header.box().bottom - words.box().bottom
    below = (mark.moved(0, -up) for mark in scene.marks[at + 1 :])
    return scene._replace(height=scene.height - up, marks=(*scene.marks[:at], words, *below))


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
