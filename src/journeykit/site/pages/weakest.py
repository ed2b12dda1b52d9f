"""Touchpoints that hurt, the worst first: all of them, and by channel, owner, team, stage, persona, phase."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from journeykit.site.addresses import way
from journeykit.site.entries import Entry, Point
from journeykit.site.facets import Facets
from journeykit.site.frame import Frame, crumbs, heading, nothing, page, section
from journeykit.site.parts import (
    Column,
    Row,
    cell,
    cut,
    filtered,
    journey_link,
    kind_mark,
    mean_text,
    point_link,
    status_mark,
    table,
    todo_link,
)
from journeykit.site.portfolio import OPEN, Group, Portfolio, or_last
from journeykit.web.markup import Element, Node, element

AT = "weakest/index.html"
FILTERS = ("channel", "owner", "team", "persona")
"""The ways to group touchpoints that the list of all low points has filters for."""
MOST = 500
"""The most rows of one table: beyond, nobody reads, and browsers get slow."""


def keys(frame: Frame) -> Mapping[str, Callable[[Entry, Point], Iterable[tuple[str, str]]]]:
    """Return what touchpoints are grouped by: functions that give ids and names."""
    words = frame.words
    return {
        "channel": lambda _, point: point.channels,
        "owner": lambda _, point: [(point.owner, point.owner or words("nobody"))],
        "team": lambda _, point: [(team, team) for team in point.teams],
        "stage": lambda _, point: [(point.stage, point.stage)] if point.stage else [],
        "persona": lambda entry, _: [(entry.persona.id, entry.persona.name)],
        "phase": lambda _, point: [(point.phase, words.labels(f"phase.{point.phase}"))] if point.phase else [],
    }


def pages(portfolio: Portfolio, frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield the list of all low points, and a page for each way to group touchpoints."""
    words = frame.words
    head = heading(words("weakest.title"), element("p", words("weakest.lead"), class_="lead"))
    yield AT, page(frame, AT, words("weakest.title"), head, _ways(frame, AT), _all(portfolio, frame), part="weakest")
    for name, key in keys(frame).items():
        at = f"weakest/{name}/index.html"
        title = words(f"weakest.title.{name}")
        lead = [words("weakest.groups.lead"), *([words("weakest.owner.lead")] if name == "owner" else ())]
        found = portfolio.groups(key)
        yield at, page(
            frame, at, title, crumbs(at, [(words("weakest.title"), "weakest/")], words("crumbs")),
            heading(title, element("p", " ".join(lead), class_="lead")), _ways(frame, at),
            groups(portfolio, frame, at, title, words(f"weakest.by.{name}"), found, name if name in FILTERS else ""),
            part="weakest",
        )  # fmt: skip


def _ways(frame: Frame, at: str) -> Element:
    words = frame.words
    items = [("weakest.every", AT), *((f"weakest.by.{name}", f"weakest/{name}/index.html") for name in keys(frame))]
    links = [
        element("li", element("a", words(text), href=way(at, to), aria_current="page" if to == at else None))
        for text, to in items
    ]
    return element("nav", element("ul", *links), class_="tabs", aria_label=words("weakest.by"))


def _all(portfolio: Portfolio, frame: Frame) -> Element:
    words = frame.words
    all_, found = portfolio.low_points, portfolio.low_points[:MOST]
    if not found:
        return nothing(words("home.hurts.none"))
    columns = [
        Column("#", "n", sorts=False), Column(words("column.touchpoint")), Column(words("column.score"), "n", low=True),
        Column(words("column.severity"), "n"), Column(words("filter.channel")), Column(words("column.owner")),
        Column(words("column.doing"), sorts=False),
    ]  # fmt: skip
    facets = Facets(
        found,
        [
            ("owner", lambda pair: [pair[1].owner]),
            ("channel", lambda pair: [name for _, name in pair[1].channels]),
            ("team", lambda pair: pair[1].teams),
            ("persona", lambda pair: [pair[0].persona.name]),
            ("kind", lambda pair: [words(f"low.{pair[1].kind}")] if pair[1].kind else []),
            ("doing", lambda pair: _states(frame, *pair)),
        ],
    )
    rows = [
        Row(
            [
                cell(str(rank)),
                cell(point_link(portfolio, AT, entry, point), element("small", journey_link(portfolio, AT, entry))),
                cell(element("b", words.score(point.score)), " ", kind_mark(frame, point.kind), by=point.score),
                cell(words.score(point.severity), by=point.severity),
                cell(", ".join(name for _, name in point.channels) or "–"),
                cell(point.owner or words("nobody")),
                cell(_answers(portfolio, frame, entry, point)),
            ],
            {"data_f": facets.codes((entry, point))},
        )
        for rank, (entry, point) in enumerate(found, 1)
    ]
    title = words("weakest.every")
    return section(
        "low-points",
        title,
        facets.form(frame, "all-low-points"),
        table(frame, title, columns, rows, id="all-low-points"),
        cut(frame, AT, len(found), len(all_)),
    )


def _states(frame: Frame, entry: Entry, point: Point) -> list[str]:
    """Return in which states the opportunities for a low point are, or that there are none."""
    found = dict.fromkeys(one.status for one in entry.todos if one.id in point.answers)
    return [frame.words.labels(f"opportunities.{one}") for one in found] or [frame.words("weakest.unanswered")]


def _answers(portfolio: Portfolio, frame: Frame, entry: Entry, point: Point) -> Node:
    todos = [one for one in entry.todos if one.id in point.answers]
    if not todos:
        return element("span", frame.words("weakest.unanswered"), class_="quiet")
    items = [
        element("li", todo_link(portfolio, AT, entry, one), " ", status_mark(frame, one))
        for one in sorted(todos, key=lambda one: one.status not in OPEN)
    ]
    return element("ul", *items, class_="plain")


def groups(
    portfolio: Portfolio, frame: Frame, at: str, title: str, key: str, found: list[Group], facet: str = ""
) -> Element:
    """Return a table with a row for each group of touchpoints; `facet` is the filter of low points that shows its."""
    words = frame.words
    if not found:
        return nothing(words("none"))
    columns = [
        Column(key), Column(words("column.n"), "n"), Column(words("column.mean"), "n", low=True),
        Column(words("column.below"), "n"), Column(words("column.critical"), "n"), Column(words("column.todos"), "n"),
        Column(words("column.three"), sorts=False),
    ]  # fmt: skip
    listed = {(entry.number, point.id) for entry, point in portfolio.low_points[:MOST]} if facet else set()

    def name(group: Group) -> Node:
        shown = group.key and any((entry.number, point.id) in listed for entry, point in group.members)
        return element("a", group.name, href=filtered(at, "weakest/", **{facet: group.name})) if shown else group.name

    rows = [
        Row(
            [
                cell(name(one)),
                cell(str(len(one.members))),
                cell(*mean_text(frame, one.mean), by=or_last(one.mean.score)),
                cell("–" if one.below is None else words.labels.share(one.below), by=one.below or 0.0),
                cell(element("b", str(one.critical), class_="down") if one.critical else "0", by=float(one.critical)),
                cell(str(one.todos)),
                cell(_three(portfolio, frame, at, one)),
            ],
        )
        for one in found
    ]
    return table(frame, title, columns, rows)


def _three(portfolio: Portfolio, frame: Frame, at: str, group: Group) -> Node:
    if not group.worst:
        return "–"
    items = [
        element("li", point_link(portfolio, at, entry, point), element("small", f" {frame.words.score(point.score)}"))
        for entry, point in group.worst
    ]
    return element("ol", *items, class_="plain")
