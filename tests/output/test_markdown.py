"""Text of users in Markdown: shown as it stands, and nothing in it is found by the service that shows it."""

from __future__ import annotations

import html
import re

import pytest

from journeykit.output.markdown import escaped, in_html

TRAPS = [
    "@ann", "ask @org/team now", "#123", "GH-12", "org/repo#1", "see https://example.org/x", "www.example.org",
    "ann@example.org", "mailto:ann@example.org", ":tada:", "0123456789abcdef0123456789abcdef01234567", "deadbee", "!12",
]  # fmt: skip
FOUND = re.compile(
    r"@[\w-]|#\d|GH-\d|://|www\.|mailto:\w|:tada:|\b[0-9a-f]{7,40}\b|![0-9]|\w@\w", re.IGNORECASE
)  # fmt: skip


def rendered(text: str) -> str:
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough").render(text)
    return html.unescape(re.sub(r"</?p>", "", made).strip())


@pytest.mark.parametrize("text", TRAPS)
@pytest.mark.parametrize("escape", [escaped, in_html])
def test_people_issues_commits_and_addresses_are_not_found(escape: object, text: str) -> None:
    assert FOUND.search(text), "the test must know the trap"
    assert callable(escape)
    shown = html.unescape(escape(text))
    assert not FOUND.search(shown)
    assert shown.replace("\u200b", "") == text


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b> & <!-- x --> &amp;", "*a* _b_ ~~c~~ `d`", "[x](http://x) ![y](z)", "a | b", "\\*x\\*", "$x$",
        "</summary></details><script>", "<https://example.org>", "&#64;ann &commat;ann", "`@ann`", "[^1] [ ] [x]",
    ],
)  # fmt: skip
def test_marks_are_letters(text: str) -> None:
    assert rendered(escaped(text)).replace("\u200b", "") == text
    assert rendered(f"<summary>{in_html(text)}</summary>").replace("\u200b", "") == f"<summary>{text}</summary>"
    assert "<" not in in_html(text)


@pytest.mark.parametrize("text", ["Ügyfél 1 # 2", "a: b", "12:30", "1 @ 2", "50 % at 9:00", "I call the shop!", "café"])
def test_plain_text_stays_plain(text: str) -> None:
    assert escaped(text) == text
