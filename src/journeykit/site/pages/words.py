"""What the scores mean, for readers who did not make them."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.site.frame import Frame, heading, page, section
from journeykit.site.parts import Column, Row, cell, table
from journeykit.site.portfolio import Portfolio
from journeykit.web.markup import element

AT = "words/index.html"
SCALE = (("80–100", "excellent"), ("60–79", "good"), ("40–59", "mixed"), ("0–39", "poor"))
TERMS = ("score", "touchpoint", "band", "low_point", "severity", "opportunity", "priority", "gain", "mean", "hidden")
"""The terms that the page explains."""


def pages(portfolio: Portfolio, frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield the page that explains."""
    del portfolio
    words = frame.words
    columns = [Column(words("column.score"), sorts=False), Column(words("terms.means"), sorts=False)]
    rows = [Row([cell(span), cell(words.labels(f"score.{word}"))]) for span, word in SCALE]
    terms = [
        element("div", element("dt", words(f"term.{name}")), element("dd", words(f"term.{name}.text")))
        for name in TERMS
    ]
    title = words("words.title")
    yield AT, page(
        frame, AT, title, heading(title, element("p", words("terms.lead"), class_="lead")),
        section("scale", words("terms.scale"), table(frame, words("terms.scale"), columns, rows)),
        section("terms", words("terms.title"), element("dl", *terms)), part="words",
    )  # fmt: skip
