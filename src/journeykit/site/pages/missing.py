"""The page that hosts show where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from journeykit.site.addresses import way
from journeykit.site.frame import Frame, heading, page
from journeykit.site.portfolio import Portfolio
from journeykit.web.markup import element

AT = "404.html"


def pages(portfolio: Portfolio, frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield the page."""
    words, url = frame.words, portfolio.options.url
    root = "/" if frame.live else urlsplit(url).path if url else ""
    at = f"{root}{AT}"  # hosts show it at any address below
    link = element("p", element("a", words("home.all"), href=way(at, "")))
    title = words("missing.title")
    yield AT, page(frame, at, title, heading(title, element("p", words("missing.lead"), class_="lead")), link)
