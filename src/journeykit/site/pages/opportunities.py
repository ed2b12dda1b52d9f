"""What is done about low points: a board, impact against effort, the list by priority, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from journeykit.site.entries import Entry, Todo
from journeykit.site.facets import Facets
from journeykit.site.frame import Frame, heading, nothing, page, section
from journeykit.site.parts import (
    Column,
    Row,
    cell,
    delta_text,
    filtered,
    journey_link,
    status_mark,
    table,
    todo_link,
)
from journeykit.site.portfolio import OPEN, Portfolio
from journeykit.web.markup import Element, Node, element

AT = "opportunities/index.html"
STATUSES = ("idea", "planned", "doing", "done", "dropped")
MOST = 12
"""The most cards of a column of the board."""
Pair = tuple[Entry, Todo]


def pages(portfolio: Portfolio, frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield the page of all opportunities."""
    words = frame.words
    ranked = sorted(portfolio.todos, key=lambda pair: -(pair[1].priority or -1.0))
    opened = [pair for pair in ranked if pair[1].status in OPEN]
    closed = [pair for pair in ranked if pair[1].status not in OPEN]
    head = heading(words("todos.title"), element("p", words("todos.lead"), class_="lead"))
    parts: list[Node | None] = [head]
    if ranked:
        parts += [_board(portfolio, frame, ranked), _list(portfolio, frame, opened), _matrix(frame, opened),
                  _closed(portfolio, frame, closed)]  # fmt: skip
    else:
        parts.append(nothing(words("none")))
    yield AT, page(frame, AT, words("todos.title"), *parts, part="opportunities")


def _board(portfolio: Portfolio, frame: Frame, ranked: Sequence[Pair]) -> Element:
    words = frame.words
    columns = []
    for status in STATUSES:
        members = [pair for pair in ranked if pair[1].status == status]
        members.sort(key=lambda pair: (not pair[1].overdue, pair[1].due or "9"))
        cards = [element("li", *_card(portfolio, frame, *pair)) for pair in members[:MOST]]
        more = len(members) - len(cards)
        columns.append(
            element(
                "section",
                element("h3", words.labels(f"opportunities.{status}"), " ", element("small", str(len(members)))),
                element("ul", *cards) if cards else nothing("–"),
                element("p", _more(frame, status, more), class_="more") if more else None,
            )
        )
    return section("board", words("todos.board"), element("div", *columns, class_="board"))


def _more(frame: Frame, status: str, more: int) -> Element:
    """Return a link to the list that has the cards that the board has no room for."""
    name = frame.words.labels(f"opportunities.{status}")
    return element("a", f"+ {more} {name}", href=filtered(AT, AT, status=name) if status in OPEN else "#closed")


def _card(portfolio: Portfolio, frame: Frame, entry: Entry, todo: Todo) -> list[Node]:
    about = [one for one in (todo.owner,) if one]
    late = status_mark(frame, todo) if todo.overdue else None
    due = element("time", todo.due) if todo.due and not todo.overdue and todo.status in OPEN else None
    parts: list[Node] = [todo_link(portfolio, AT, entry, todo), element("small", *about)]
    if late or due:
        parts.append(element("small", late or due))
    if todo.gain is not None and todo.status in OPEN:
        parts.append(element("small", f"{frame.words('column.gain')} {frame.words.delta(todo.gain)}"))
    return parts


def _list(portfolio: Portfolio, frame: Frame, opened: Sequence[Pair]) -> Element:
    words = frame.words
    columns = [
        Column("#", "n", sorts=False), Column(words("column.opportunity")), Column(words("column.status")),
        Column(words("column.owner")), Column(words("column.due"), "d"), Column(words("column.priority"), "n"),
        Column(words("column.gain"), "n"), Column(words("column.impact"), "n"), Column(words("column.effort"), "n"),
        Column(words("column.kind")),
    ]  # fmt: skip
    labels = words.labels
    facets = Facets(
        opened,
        [
            ("owner", lambda pair: [pair[1].owner]),
            ("kind", lambda pair: [labels.spelled("values", pair[1].kind)] if pair[1].kind else []),
            ("status", lambda pair: [labels(f"opportunities.{pair[1].status}")]),
            ("due", lambda pair: [words("filter.overdue")] if pair[1].overdue else [pair[1].due[:7]]),
        ],
    )
    rows = [
        Row(
            [
                cell(str(rank)),
                cell(todo_link(portfolio, AT, entry, todo), element("small", journey_link(portfolio, AT, entry))),
                cell(status_mark(frame, todo._replace(due="") if not todo.overdue else todo)),
                cell(todo.owner or words("nobody")),
                cell(element("time", todo.due) if todo.due else "–"),
                cell(words.score(todo.priority), by=todo.priority or 0.0),
                cell(words.delta(todo.gain), by=todo.gain or 0.0),
                cell(words.score(todo.impact)),
                cell(words.score(todo.effort)),
                cell(labels.spelled("values", todo.kind) if todo.kind else "–"),
            ],
            {"data_f": facets.codes((entry, todo))},
        )
        for rank, (entry, todo) in enumerate(opened, 1)
    ]
    title = words("todos.table")
    return section(
        "ranking", title, facets.form(frame, "open-todos"), table(frame, title, columns, rows, id="open-todos")
    )


def _matrix(frame: Frame, opened: Sequence[Pair]) -> Element:
    """Return a grid of impact and effort, with the ranks of the opportunities in it."""
    words = frame.words
    places: dict[tuple[int, int], list[int]] = defaultdict(list)
    for rank, (_, todo) in enumerate(opened, 1):
        if todo.impact and todo.effort:
            places[round(todo.impact), round(todo.effort)].append(rank)
    heads = [element("th", f"{words('column.effort')} {effort}", scope="col") for effort in range(1, 6)]
    rows = [
        element(
            "tr",
            element("th", f"{words('column.impact')} {impact}", scope="row"),
            *(
                element("td", ", ".join(map(str, places[impact, effort])), class_=_value(impact, effort))
                for effort in range(1, 6)
            ),
        )
        for impact in range(5, 0, -1)
    ]
    title = words("todos.matrix")
    grid = element(
        "table", element("caption", title, class_="away"), element("thead", element("tr", element("td"), *heads)),
        element("tbody", *rows), class_="matrix",
    )  # fmt: skip
    left = sum(not (todo.impact and todo.effort) for _, todo in opened)
    rest = element("p", words("todos.unranked", n=left), class_="quiet") if left else None
    wide = element("div", grid, class_="wide", role="region", tabindex="0",
                   aria_label=words("table.of", name=title))  # fmt: skip
    return section("matrix", title, wide, rest, lead=words("todos.matrix.lead"))


def _value(impact: int, effort: int) -> str | None:
    return "high" if impact - effort >= 2 else "low" if impact - effort <= -2 else None


def _closed(portfolio: Portfolio, frame: Frame, closed: Sequence[Pair]) -> Element | None:
    words = frame.words
    if not closed:
        return None
    columns = [
        Column(words("column.opportunity")), Column(words("column.status")), Column(words("column.owner")),
        Column(words("column.promised"), "n"), Column(words("column.came"), "n"), Column(words("column.rests")),
        Column(words.labels.spelled("fields", "result")),
    ]  # fmt: skip
    rows = [
        Row(
            [
                cell(todo_link(portfolio, AT, entry, one), element("small", journey_link(portfolio, AT, entry))),
                cell(status_mark(frame, one)),
                cell(one.owner or words("nobody")),
                cell(words.delta(one.promised), by=one.promised or 0.0),
                cell(delta_text(frame, one.actual, None), by=one.actual or 0.0),
                cell(one.evidence or "–"),
                cell(one.result or "–"),
            ]
        )
        for entry, one in closed
    ]
    title = words("todos.closed")
    return section("closed", title, table(frame, title, columns, rows), lead=words("home.helped.lead"))
