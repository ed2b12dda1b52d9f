"""Escape text of users in Markdown for GitHub and GitLab, so that it is shown literally, without links or commands.

Characters of Markdown get a backslash. Texts that the services turn into links (people, issues, commits, addresses,
emoji) are split by an invisible zero-width space.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

GAP = "&#8203;"
_MARKS = re.compile(r"([\\`*_<>|\[\]&~$])")
_FOUND = re.compile(
    r"(?P<people>[@#!](?=[\w./-]))"
    r"|(?P<issue>\b(?:GH|gh|Gh|gH)-(?=[0-9]))"
    r"|(?P<address>(?:(?<=\w):(?=//)|\bwww(?=\.)|\bmailto:|\bxmpp:))"
    r"|(?P<emoji>:(?=[\w+-]+:))"
    r"|(?P<commit>\b(?=[0-9]*[a-fA-F])[0-9a-fA-F]{7,64}\b)"
)


def escaped(text: str) -> str:
    """Escape a text for a paragraph or a cell of a table, on one line."""
    return _parted(text, lambda part: _MARKS.sub(r"\\\1", part))


def in_html(text: str) -> str:
    """Escape a text for the inside of an HTML element, where Markdown is not parsed."""
    return _parted(text, html.escape)


def _parted(text: str, escape: Callable[[str], str]) -> str:
    parts, at = [], 0
    for match in _FOUND.finditer(text):
        before, found = escape(text[at : match.start()]), match[0]
        if match["commit"]:  # groups of six digits are too short for a commit id
            parts += [before, GAP.join(found[n : n + 6] for n in range(0, len(found), 6))]
        else:
            parts += [before, escape(found), GAP]
        at = match.end()
    return "".join([*parts, escape(text[at:])])
