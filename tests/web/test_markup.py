"""Markup: text of a journey is text on the page, whatever it says, and links lead only where they may."""

from __future__ import annotations

from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.drawing.text import visible
from journeykit.web.markup import Trusted, element, link, one_or_list, safe_link, unbroken, written

PAYLOADS = (
    "<script>alert(1)</script>",
    "</p><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<!--", "-->", "]]>", "&lt;b&gt;", "&#60;b&#62;", "<b", "\x00<i>", "<\u200bscript>", "\uff1cscript\uff1e",
    "<a href=javascript:alert(1)>x</a>",
    "<math><mtext></mtext><mglyph>",
    "{{constructor.constructor('alert(1)')()}}",
    "`${alert(1)}`",
    '</textarea><noscript><p title="</noscript><img src=x>">',
)  # fmt: skip


def parsed(markup: str) -> Any:
    return html5lib.parse(markup, namespaceHTMLElements=False)


@given(st.text() | st.sampled_from(PAYLOADS))
def test_any_text_is_text(text: str) -> None:
    tree = parsed(written(element("p", text, title=text)))
    (paragraph,) = tree.iter("p")
    assert list(paragraph) == [] and set(paragraph.attrib) == {"title"}
    assert paragraph.attrib["title"] == visible(text)
    assert (paragraph.text or "") == visible(text)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "JaVaScRiPt:alert(1)",
        "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//evil.example", "https:evil", "\x01javascript:x",
        "blob:x", "ftp://x", "x",
    ],
)  # fmt: skip
def test_other_addresses_are_no_links(url: str) -> None:
    assert safe_link(url) is None
    assert "<a" not in written(link(url, "words"))
    with pytest.raises(ValueError, match="cannot be linked to"):
        written(element("a", "words", href=url))


@pytest.mark.parametrize("url", ["https://example.com/?a=1&b=2", "HTTP://EXAMPLE.COM", "mailto:ada@example.com"])
def test_links_lead_to_the_web_and_to_mail(url: str) -> None:
    (anchor,) = parsed(written(link(url, "words"))).iter("a")
    assert (anchor.attrib["href"], anchor.attrib["rel"], anchor.text) == (url, "noopener noreferrer", "words")


@pytest.mark.parametrize("name", ["onclick", "style", "on_load"])
def test_no_attribute_is_a_script_or_a_style(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be an attribute"):
        written(element("p", **{name: "x"}))


def test_what_is_not_given_is_left_out() -> None:
    assert written(element("p", None, "a", id=None, hidden=False)) == "<p>a</p>"
    assert written(element("input", class_="x", aria_label="b", checked=True)) == "<input class=x aria-label=b checked>"
    assert written(Trusted("<i>"), one_or_list(["a"]), one_or_list(["a", "b"])) == "<i>a<ul><li>a<li>b</ul>"


@pytest.mark.parametrize(
    ("text", "kept"),
    [("Uncertainty 66.9–69.5", ["66.9–69.5"]), ("95% CI 70.2–75.7%, n = 9", ["70.2–75.7"]),
     ("%70,2–%75,7", ["%70,2–%75,7"]), ("plain – text <b>", []), ("", [])],
)  # fmt: skip
def test_a_range_of_figures_stays_on_one_line(text: str, kept: list[str]) -> None:
    tree = parsed(written(element("p", *unbroken(text))))
    assert [span.text for span in tree.iter("span")] == kept
    assert "".join(tree.itertext()) == text
