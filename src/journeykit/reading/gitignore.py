"""What a .gitignore says of a path, as gitignore(5) has it: the last pattern that fits decides.

Written out here because pathspec takes a pattern that fits a folder for one that fits all below it, and so differs
from git where a later pattern takes a folder back in. A test holds this against git itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_TOKEN = (
    r"(?s)(?P<start>\A(?:\*\*/)+)|(?P<between>/(?:\*\*/)+)|(?P<below>/\*\*\Z)|(?P<stars>\*+)|(?P<one>\?)"
    r"|(?P<set>\[[!^]?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\])|\\(?P<escaped>.)|(?P<plain>.)"
)
_PLACES = {"start": "(?:.*/)?", "between": "/(?:.*/)?", "below": "/.+", "stars": "[^/]*", "one": "[^/]"}
_CLASSES = {
    "alpha": "a-zA-Z", "digit": "0-9", "alnum": "a-zA-Z0-9", "upper": "A-Z", "lower": "a-z", "space": r"\s",
    "blank": r" \t", "xdigit": "0-9a-fA-F", "punct": r"!-/:-@\[-`{-~",
}  # fmt: skip


class Pattern(NamedTuple):
    """One line: whether it takes back in, whether it means folders only, and what it fits."""

    negated: bool
    folders_only: bool
    regex: re.Pattern[str]


def parse(lines: Iterable[str]) -> list[Pattern]:
    """The patterns of a .gitignore; comments, empty lines and what can fit nothing are left out."""
    return [pattern for line in lines if (pattern := _pattern(line.rstrip("\r"))) is not None]


def decide(patterns: list[Pattern], path: str, is_folder: bool) -> bool | None:
    """Whether a path from the .gitignore's folder, with no slash at its end, is ignored; None if nothing is said."""
    for pattern in reversed(patterns):
        if (is_folder or not pattern.folders_only) and pattern.regex.fullmatch(path):
            return not pattern.negated
    return None


def _pattern(line: str) -> Pattern | None:
    text = re.sub(r"(?<!\\)((?:\\\\)*) +$", r"\1", line)
    if not text or text.startswith("#"):
        return None
    negated = text.startswith("!")
    text = text[negated:]
    folders_only = text.endswith("/")
    text = text.removesuffix("/")
    if not text or (len(text) - len(text.rstrip("\\"))) % 2:
        return None
    if text == "/**":
        text = "**/*"
    anchored = "/" in text
    text = text.removeprefix("/")
    try:
        regex = re.compile(
            ("" if anchored else "(?:.*/)?") + "".join(map(_translated, re.finditer(_TOKEN, text))), re.DOTALL
        )
    except re.error:
        return None
    return Pattern(negated, folders_only, regex)


def _translated(token: re.Match[str]) -> str:
    kind, text = token.lastgroup or "", token[0]
    if kind in _PLACES:
        return _PLACES[kind]
    if kind == "set":
        return _set(text[1:-1])
    if text == "[":
        raise re.error("a set that is never closed")
    return re.escape(token[kind])


def _set(inner: str) -> str:
    """`[abc]` as a regular expression; a slash is never in it."""
    negated, inner = inner[:1] in ("!", "^"), inner.lstrip("!^") if inner[:1] in ("!", "^") else inner
    inner = re.sub(
        r"\[:(\w+):\]", lambda match: _CLASSES.get(match[1], ""), inner.replace("[", r"\[").replace(r"\[:", "[:")
    )
    inner = ("\\" if inner.startswith("]") else "") + inner
    return f"(?!/)[{'^' if negated else ''}{inner}]"
