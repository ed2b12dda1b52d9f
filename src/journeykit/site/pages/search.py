"""The search, and the texts that it looks through, which are loaded when somebody types."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from journeykit.drawing.text import visible
from journeykit.site.frame import SEARCH_DATA, Frame, heading, page
from journeykit.site.portfolio import Portfolio
from journeykit.web.markup import element

AT = "search/index.html"


def pages(portfolio: Portfolio, frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield the page and its data."""
    words = frame.words
    box = element("input", type="search", id="q", autocomplete="off", spellcheck="false", aria_describedby="hint")
    form = element(
        "div", element("label", words("search.label"), for_="q"), box, element("p", words("search.hint"), id="hint",
        class_="quiet"), element("output", id="found", aria_live="polite"), element("ol", id="results"),
        id="search", hidden=True, data_none=words("search.none"), data_one=words("search.found.one", n=1),
        data_many=words("search.found.many", n="{n}"), data_more=words("search.more"),
        data_journey=words("search.journey"), data_touchpoint=words("search.touchpoint"),
        data_todo=words("search.todo"),
    )  # fmt: skip
    off = element("noscript", words("search.off"))
    yield AT, page(frame, AT, words("search.title"), heading(words("search.title")), form, off, part="search")
    yield SEARCH_DATA, search_data(portfolio)


def search_data(portfolio: Portfolio) -> bytes:
    """Return all texts that can be found, as a script: fetching would not work on pages that nobody serves.

    Of each journey: its folder, its title, its persona, touchpoints and opportunities, each with id and title, and
    quotes behind those of touchpoints.
    """
    found: list[Any] = []
    for entry in portfolio.entries:
        points = [[one.id, one.title, *([one.text] if one.text else ())] for one in entry.points]
        todos = [[one.id, one.title] for one in entry.todos]
        found.append([portfolio.addresses[entry.number], entry.title, entry.persona.name, points, todos])
    return f"window.journeySearch={as_script(found)};\n".encode()


def as_script(data: Any) -> str:
    """Return data as JSON that can stand in a script, wherever that stands."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return visible(text)
