"""What changed since a day or a revision, by journey, and the same as a feed."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from uuid import NAMESPACE_URL, uuid5

from journeykit.drawing.text import visible
from journeykit.site.addresses import way
from journeykit.site.entries import Change, Entry
from journeykit.site.frame import Frame, heading, nothing, page
from journeykit.site.parts import delta_text, journey_link
from journeykit.site.portfolio import Portfolio
from journeykit.web.markup import Element, Node, element

AT = "changes/index.html"
FEED = "changes/feed.xml"


def pages(portfolio: Portfolio, frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield the page of changes and its feed."""
    words, since = frame.words, portfolio.options.since
    changed = [(entry, entry.change) for entry in portfolio.entries if entry.change]
    changed.sort(key=lambda pair: -abs(pair[1].delta or 0.0))
    lead = element("p", words("changes.lead", since=since), class_="lead")
    feed = element("a", words("changes.feed"), href=way(AT, FEED), type="application/atom+xml")
    follow = None if frame.single else element("p", feed)
    parts: list[Node] = [heading(words("changes.title"), lead, follow)]
    parts += [_journey(portfolio, frame, entry, change) for entry, change in changed] or [
        nothing(words("changes.none", since=since))
    ]
    yield AT, page(frame, AT, words("changes.title"), *parts, part="changes")
    if not frame.single:
        yield FEED, _feed(portfolio, frame, changed)


def _journey(portfolio: Portfolio, frame: Frame, entry: Entry, change: Change) -> Element:
    words = frame.words
    if change.added:
        said: Node = words("changes.added")
    else:
        numbers = f"{words.score(change.was)} → {words.score(entry.score)} "
        said = element("span", numbers, delta_text(frame, change.delta, change.sure))
    items = [element("li", element("time", day), " ", subject) for day, subject in change.commits]
    return element(
        "article",
        element("h2", journey_link(portfolio, AT, entry)),
        element("p", said),
        element("p", words("changes.new", what=", ".join(change.new_low_points)), class_="down")
        if change.new_low_points
        else None,
        element("p", words("changes.gone", what=", ".join(change.gone_low_points)), class_="up")
        if change.gone_low_points
        else None,
        element("ul", *items, class_="commits") if items else None,
        class_="change",
    )


def _feed(portfolio: Portfolio, frame: Frame, changed: list[tuple[Entry, Change]]) -> bytes:
    """Return an Atom feed; its ids do not depend on where the site is, and its days are those of the commits."""
    days = [change.commits[0][0] for _, change in changed if change.commits]
    newest = max(days, default="1970-01-01")
    url = portfolio.options.url

    def link(to: str) -> str:
        return _text(f"{url}{way('', to)}" if url else way(FEED, to))

    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{frame.words.lang}">',
        f"<title>{_text(frame.title)}</title>",
        f"<id>{uuid5(NAMESPACE_URL, f'journeykit:{frame.title}').urn}</id>",
        f"<updated>{newest}T00:00:00Z</updated>",
        "<author><name>journeykit</name></author>",
        f'<link rel="alternate" href="{link("changes/")}"/>',
        *([f'<link rel="self" href="{link(FEED)}"/>'] if url else ()),
    ]
    for entry, change in changed:
        day = change.commits[0][0] if change.commits else newest
        said = "; ".join(subject for _, subject in change.commits)
        score = f"{frame.words.score(change.was)} → {frame.words.score(entry.score)}. "
        lines += [
            "<entry>",
            f"<title>{_text(entry.title)}</title>",
            f"<id>{uuid5(NAMESPACE_URL, f'journeykit:{frame.title}:{entry.file}:{day}').urn}</id>",
            f"<updated>{day}T00:00:00Z</updated>",
            f'<link href="{link(portfolio.address(entry))}"/>',
            f"<summary>{_text(score + said)}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""]).encode()


def _text(text: str) -> str:
    return escape(visible(text))
