"""Personas with their journeys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from journeykit.site.addresses import unique_names, way
from journeykit.site.entries import Entry
from journeykit.site.frame import Frame, crumbs, heading, nothing, page, section
from journeykit.site.pages.weakest import groups
from journeykit.site.parts import Column, Row, cell, curve, journey_link, mean_text, score_cell, table
from journeykit.site.portfolio import Portfolio, mean_of, or_last
from journeykit.web.markup import Element, element

AT = "personas/index.html"


def pages(portfolio: Portfolio, frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield the list of personas, and a page for each."""
    words = frame.words
    title = words("personas.title")
    members: dict[str, list[Entry]] = defaultdict(list)
    for entry in portfolio.entries:
        members[entry.persona.id].append(entry)
    names = dict(zip(members, unique_names(list(members)), strict=True))
    head = heading(title, element("p", words("personas.lead"), class_="lead"))
    columns = [
        Column(words("column.persona")),
        Column(words("menu.home"), "n"),
        Column(words("column.mean"), "n", low=True),
    ]
    rows = []
    means = {id: mean_of((one.score, one.half_width, 1.0) for one in members[id] if one.current) for id in members}
    for id, mean in sorted(means.items(), key=lambda one: or_last(one[1].score)):
        entries = members[id]
        link = element("a", entries[0].persona.name, href=way(AT, f"personas/{names[id]}/"))
        shown = mean_text(frame, mean._replace(n=max(mean.n, 3)))
        rows.append(Row([cell(link), cell(str(len(entries))), cell(*shown, by=or_last(mean.score))]))
    body = table(frame, title, columns, rows) if rows else nothing(words("none"))
    yield AT, page(frame, AT, title, head, body, part="personas")
    by_id = {group.key: group for group in portfolio.groups(lambda entry, _: [(entry.persona.id, entry.persona.name)])}
    for id, entries in members.items():
        at = f"personas/{names[id]}/index.html"
        found = [by_id[id]] if id in by_id else []
        yield at, page(
            frame, at, entries[0].persona.name, crumbs(at, [(title, "personas/")], words("crumbs")),
            _card(frame, entries[0]), _journeys(portfolio, frame, at, entries),
            section("hurts", words("weakest.title"),
                    groups(portfolio, frame, at, words("weakest.title"), words("column.persona"), found)),
            part="personas",
        )  # fmt: skip


def _card(frame: Frame, entry: Entry) -> Element:
    persona = entry.persona
    wants = [element("p", element("b", frame.words("persona.wants"))),
             element("ul", *(element("li", one) for one in persona.wants))] if persona.wants else []  # fmt: skip
    note = element("p", persona.note, class_="lead") if persona.note else None
    return heading(persona.name, note, *wants)


def _journeys(portfolio: Portfolio, frame: Frame, at: str, entries: list[Entry]) -> Element:
    words = frame.words
    columns = [
        Column(words("column.journey")), Column(words("column.state")),
        Column(words("column.score"), "n", low=True), Column(words("column.curve"), sorts=False),
    ]  # fmt: skip
    rows = [
        Row([cell(journey_link(portfolio, at, one)), cell(words(f"state.{one.state}")),
             score_cell(frame, one.score, one.low, one.high), cell(curve(one.points))])
        for one in entries
    ]  # fmt: skip
    return section("journeys", words("menu.home"), table(frame, words("menu.home"), columns, rows))
