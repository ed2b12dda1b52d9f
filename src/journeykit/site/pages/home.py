"""The portfolio: what hurts most, whose it is, what is done about it, whether it helped; then all journeys."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.site.addresses import way
from journeykit.site.entries import Entry, Point, Todo
from journeykit.site.facets import Facets
from journeykit.site.frame import Frame, heading, nothing, page, section
from journeykit.site.parts import (
    Cell,
    Column,
    Row,
    cell,
    curve,
    delta_text,
    filtered,
    journey_link,
    kind_mark,
    point_link,
    score_cell,
    score_word,
    status_mark,
    table,
    todo_link,
)
from journeykit.site.portfolio import OPEN, Portfolio
from journeykit.web.markup import Element, Node, element

AT = "index.html"
NO_BREAK = "\u2011"
"""A hyphen at which no line breaks."""
MOST = 8
"""How many low points and outcomes the page begins with."""


def pages(portfolio: Portfolio, frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield the first page."""
    words = frame.words
    parts: list[Node | None] = [heading(frame.title, element("p", words("home.lead"), class_="lead"))]
    if portfolio.entries:
        parts += [
            _numbers(portfolio, frame),
            _hurts(portfolio, frame),
            _helped(portfolio, frame),
            _stale(portfolio, frame),
        ]
        parts.append(_journeys(portfolio, frame))
    else:
        parts.append(nothing(words("home.only_drafts" if portfolio.left.drafts else "home.no_journeys")))
    yield AT, page(frame, AT, frame.title, *parts, part="home")


def _numbers(portfolio: Portfolio, frame: Frame) -> Element:
    words, mean = frame.words, portfolio.score
    overdue = sum(todo.overdue for _, todo in portfolio.todos)
    critical = sum(entry.critical for entry in portfolio.current)
    stale = sum(entry.stale for entry in portfolio.entries)
    shown: Node = "–"
    if mean.score is not None:
        band = f" ± {words.labels.number(mean.half_width, 0)}" if mean.half_width else ""
        shown = element("span", element("b", words.score(mean.score)), element("small", band))
    tiles = [
        ("", element("b", str(len(portfolio.entries))), "#journeys", words("home.journeys")),
        ("", shown, way(AT, "words/"), words("home.score")),
        ("bad" if critical else "", element("b", str(critical)), way(AT, "weakest/"),
         words("home.critical")),
        ("bad" if overdue else "", element("b", str(overdue)),
         filtered(AT, "opportunities/", due=words("filter.overdue")) if overdue else way(AT, "opportunities/"),
         words("home.overdue")),
        ("bad" if stale else "", element("b", str(stale)), "#stale" if stale else "#journeys", words("home.stale")),
    ]  # fmt: skip
    items = [
        element("li", element("a", number, " ", element("span", text), href=to), class_=tone or None)
        for tone, number, to, text in tiles
    ]
    return element("ul", *items, class_="tiles")


def _hurts(portfolio: Portfolio, frame: Frame) -> Element:
    words = frame.words
    worst = portfolio.low_points[:MOST]
    lead = words("home.hurts.lead")
    if not worst:
        return section("hurts", words("home.hurts"), nothing(words("home.hurts.none")))
    columns = [
        Column(words("column.touchpoint"), sorts=False), Column(words("column.score"), "n", sorts=False),
        Column(words("column.whose"), sorts=False), Column(words("column.doing"), sorts=False),
        Column(words("column.helped"), sorts=False),
    ]  # fmt: skip
    rows = [_hurt(portfolio, frame, entry, point) for entry, point in worst]
    more = element("p", element("a", words("home.all_hurts"), href=way(AT, "weakest/")), class_="more")
    return section("hurts", words("home.hurts"), table(frame, words("home.hurts"), columns, rows), more, lead=lead)


def _hurt(portfolio: Portfolio, frame: Frame, entry: Entry, point: Point) -> Row:
    todos = [one for one in entry.todos if one.id in point.answers]
    active = [one for one in todos if one.status in OPEN]
    return Row(
        [
            cell(point_link(portfolio, AT, entry, point), element("small", journey_link(portfolio, AT, entry))),
            cell(*_score(frame, point), by=point.score),
            cell(_whose(frame, point, active)),
            cell(_doing(portfolio, frame, entry, active)),
            cell(_effect(portfolio, frame, entry, point, todos)),
        ]
    )


def _score(frame: Frame, point: Point) -> tuple[Node, ...]:
    assert point.score is not None
    mark = kind_mark(frame, point.kind)
    return (element("b", frame.words.score(point.score)), " ", mark or score_word(frame, point.score))


def _whose(frame: Frame, point: Point, active: list[Todo]) -> Node:
    """Return who does something about a touchpoint, else who is responsible for it."""
    owners = list(dict.fromkeys(one.owner for one in active if one.owner)) or [point.owner or frame.words("nobody")]
    return ", ".join(owners)


def _doing(portfolio: Portfolio, frame: Frame, entry: Entry, active: list[Todo]) -> Node:
    if not active:
        return element("span", frame.words("home.nothing_done"), class_="mark bad")
    items = [
        element("li", todo_link(portfolio, AT, entry, one), " ", status_mark(frame, one)) for one in _by_status(active)
    ]
    return element("ul", *items, class_="plain")


def _by_status(todos: list[Todo]) -> list[Todo]:
    return sorted(todos, key=lambda one: OPEN.index(one.status))


def _effect(portfolio: Portfolio, frame: Frame, entry: Entry, point: Point, todos: list[Todo]) -> Node:
    """Return what came of the opportunities for a touchpoint that are done."""
    words = frame.words
    done = [one for one in todos if one.status == "done"]
    if not done:
        return element("span", words("home.not_done"), class_="quiet")
    shown: list[Node] = []
    if point.before is not None and point.score is not None:
        shown.append(words("home.was", before=words.score(point.before), now=words.score(point.score)))
    for one in done:
        shown.append(element("span", todo_link(portfolio, AT, entry, one), " ", status_mark(frame, one)))
    return element("ul", *(element("li", one) for one in shown), class_="plain")


def _helped(portfolio: Portfolio, frame: Frame) -> Element:
    words = frame.words
    done = [(entry, one) for entry, one in portfolio.todos if one.status == "done" and one.actual is not None]
    done.sort(key=lambda pair: pair[1].done, reverse=True)
    if not done:
        return section("helped", words("home.helped"), nothing(words("home.helped.none")))
    columns = [
        Column(words("column.opportunity")), Column(words("column.owner")), Column(words("column.done"), "d"),
        Column(words("column.promised"), "n"), Column(words("column.came"), "n"), Column(words("column.rests")),
    ]  # fmt: skip
    rows = [
        Row(
            [
                cell(todo_link(portfolio, AT, entry, one), element("small", journey_link(portfolio, AT, entry))),
                cell(one.owner or words("nobody")),
                cell(element("time", one.done) if one.done else "–"),
                cell(words.delta(one.promised), by=one.promised or 0.0),
                cell(delta_text(frame, one.actual, None), by=one.actual or 0.0),
                cell(one.evidence),
            ]
        )
        for entry, one in done[:MOST]
    ]
    return section(
        "helped",
        words("home.helped"),
        table(frame, words("home.helped"), columns, rows),
        lead=words("home.helped.lead"),
    )


def _stale(portfolio: Portfolio, frame: Frame) -> Element | None:
    """Return the maps whose review is due, the longest due first."""
    words = frame.words
    found = sorted((entry for entry in portfolio.entries if entry.stale), key=lambda one: one.review_due)
    if not found:
        return None
    columns = [Column(words("column.journey")), Column(words("column.owner")), Column(words("column.review"), "d")]
    rows = [
        Row([cell(journey_link(portfolio, AT, one)), cell(one.owner or words("nobody")),
             cell(element("time", one.review_due))])
        for one in found[:MOST]
    ]  # fmt: skip
    name = words("home.stale")
    title = name[:1].upper() + name[1:]
    left = len(found) - len(rows)
    to = filtered(AT, AT, review=words("filter.overdue"))
    rest = element("p", element("a", f"+ {left} {name}", href=to), class_="more") if left else None
    return section("stale", title, table(frame, title, columns, rows), rest)


def _journeys(portfolio: Portfolio, frame: Frame) -> Element:
    words = frame.words
    labels = words.labels
    changed = any(entry.change for entry in portfolio.entries)
    since = portfolio.options.since.replace("-", NO_BREAK)
    columns = [
        Column(words("column.journey")), Column(words("column.owner")), Column(words("column.score"), "n", low=True),
        Column(words("column.curve"), sorts=False), Column(words("column.worst")),
        Column(words("column.low_points"), "n"), Column(words("column.open"), "n"),
        Column(words("column.review"), "d"), Column(words("column.findings"), "n"),
        *([Column(words("column.change", since=since), "n")] if changed else ()),
    ]  # fmt: skip
    facets = Facets(
        portfolio.entries,
        [
            ("persona", lambda entry: [entry.persona.name]),
            ("owner", lambda entry: [entry.owner]),
            ("team", lambda entry: entry.team),
            ("channel", lambda entry: dict.fromkeys(name for point in entry.points for _, name in point.channels)),
            ("phase", lambda entry: [labels(f"phase.{one}") for one in entry.phases]),
            ("state", lambda entry: [words(f"state.{entry.state}")]),
            ("status", lambda entry: [labels(f"status.{entry.status}")]),
            ("basis", lambda entry: [labels(f"basis.{entry.basis}")]),
            ("review", lambda entry: [words("filter.overdue")] if entry.stale else []),
            ("lang", lambda entry: [entry.lang]),
            ("tag", lambda entry: entry.tags),
        ],
    )
    rows = [
        Row(_journey(portfolio, frame, entry, changed), {"data_f": facets.codes(entry)}) for entry in portfolio.entries
    ]
    return section(
        "journeys", words("home.all"), facets.form(frame, "all-journeys"),
        table(frame, words("home.all"), columns, rows, id="all-journeys", bare=True),
    )  # fmt: skip


def _journey(portfolio: Portfolio, frame: Frame, entry: Entry, changed: bool) -> list[Cell]:
    """Return the cells of a journey. There may be a thousand of them: they sort by their text alone."""
    words = frame.words
    open_ = [one for one in entry.todos if one.status in OPEN]
    late = sum(one.overdue for one in open_)
    worst = entry.worst
    about = [] if entry.state == "current" else [element("span", words("state.future"), class_="mark accent")]
    if entry.status in ("draft", "retired"):
        about.append(element("span", words.labels(f"status.{entry.status}"), class_="mark"))
    change, review = entry.change, entry.review_due or entry.updated
    return [
        cell(
            journey_link(portfolio, AT, entry),
            *(node for mark in about for node in (" ", mark)),
            element("small", entry.persona.name),
        ),
        cell(entry.owner or "–"),
        score_cell(frame, entry.score, half=entry.half_width),
        cell(curve(entry.points)),
        cell(worst.title if worst else "–"),
        cell(
            str(entry.low_points),
            element("small", f"({words('home.of_them', n=entry.critical)})") if entry.critical else None,
        ),
        cell(str(len(open_)), element("small", f"({words('home.late', n=late)})") if late else None),
        cell(element("b", review) if entry.stale else review or "–"),
        cell(str(len(entry.findings))),
        *([cell(_change(frame, entry), by=(change.delta or 0.0) if change else 0.0)] if changed else ()),
    ]


def _change(frame: Frame, entry: Entry) -> Node:
    if entry.change is None:
        return "–"
    if entry.change.added:
        return frame.words("home.new")
    return delta_text(frame, entry.change.delta, None)
