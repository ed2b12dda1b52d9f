"""What the site was made with, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit._version import __version__
from journeykit.site.frame import Frame, heading, page, section
from journeykit.site.portfolio import Portfolio
from journeykit.web.markup import Node, element

AT = "about/index.html"


def pages(portfolio: Portfolio, frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield the page about the site."""
    words, left, options = frame.words, portfolio.left, portfolio.options
    said: list[str] = []
    if left.drafts:
        said.append(words.count("about.left.drafts", len(left.drafts)))
    if left.quotes:
        said.append(words.count("about.left.quotes", left.quotes))
    if left.personal:
        said.append(words.count("about.left.personal", left.personal))
    if "source" not in options.include:
        said.append(words("about.left.source"))
    shown: Node = element("ul", *(element("li", one) for one in said)) if said else words("about.left.nothing")
    rows = [
        (words("about.since"), options.since),
        (words("about.theme"), options.theme if "/" not in options.theme else words.labels("page.own")),
        (words("about.include"), ", ".join(sorted(options.include)) or words("about.nothing")),
    ]
    if portfolio.commit:
        rows.append((words("column.commit"), portfolio.commit))
    settings = element("dl", *(element("div", element("dt", name), element("dd", value)) for name, value in rows))
    title = words("about.title")
    yield AT, page(
        frame, AT, title,
        heading(title, element("p", words("about.made", version=__version__)), element("p", words("about.privacy"))),
        section("left-out", words("about.left"), shown), section("settings", words("about.settings"), settings),
        part="about",
    )  # fmt: skip
