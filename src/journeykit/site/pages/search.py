"""The search, and the texts that it looks through, which are loaded when somebody types."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from journeykit.drawing.text import visible
from journeykit.site.frame import SEARCH_DATA, Frame, heading, page
from journeykit.site.portfolio import Portfolio
from journeykit.web.markup import element

AT = "search/index.html"
DIGITS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
"""Those of the numbers of words; the script has them too."""


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

    First all words, those that stand most often first; then of each journey its folder, its title and persona, its
    touchpoints and its opportunities, each with id and title, and quotes behind those of touchpoints. A text is the
    numbers of its words; the words of an id are those between its hyphens.
    """
    texts = [
        (
            portfolio.addresses[entry.number],
            (entry.title, entry.persona.name),
            [(_apart(one.id), one.title, *([one.text] if one.text else ())) for one in entry.points],
            [(_apart(one.id), one.title) for one in entry.todos],
        )
        for entry in portfolio.entries
    ]
    count = Counter(
        word
        for _, about, *lists in texts
        for text in (*about, *(one for part in lists for item in part for one in item))
        for word in visible(text).split(" ")
    )
    codes = {word: word_number(at) for at, (word, _) in enumerate(count.most_common())}

    def coded(item: Iterable[str]) -> str:
        return ",".join("".join([codes[word] for word in visible(text).split(" ")]) for text in item)

    journeys = [
        (folder, coded(about), ";".join(map(coded, points)), ";".join(map(coded, todos)))
        for folder, about, points, todos in texts
    ]
    return f"window.journeySearch={as_script([' '.join(codes), journeys])};\n".encode()


def _apart(id: str) -> str:
    return id.replace("-", " ")


def word_number(n: int) -> str:
    """Return a number to the base 32, the last digit first; a digit from 32 up says that another one follows."""
    text = ""
    while n >= 32:
        text += DIGITS[32 + n % 32]
        n //= 32
    return text + DIGITS[n]


def as_script(data: Any) -> str:
    """Return data as JSON that can stand in a script, wherever that stands."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return visible(text)
