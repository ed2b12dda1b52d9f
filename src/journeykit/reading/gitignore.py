"""Parse .gitignore files and match paths, as gitignore(5) defines it: the last pattern that matches decides.

This is not pathspec, which treats a pattern that matches a folder as one that matches everything below it, and so
differs from git if a later pattern includes a folder again. A test compares this module with git itself.

Matching takes time linear in the length of a path, whatever the pattern: a path is matched segment by segment, and in a
segment each `*` takes the shortest text after which the next literal part fits, without backtracking.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

_TOKEN = (
    r"(?s)(?P<stars>\*+)|(?P<one>\?)|(?P<set>\[[!^]?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\])"
    r"|\\(?P<escaped>.)|(?P<slash>/)|(?P<plain>.)"
)
_CLASSES = {
    "alpha": "a-zA-Z", "digit": "0-9", "alnum": "a-zA-Z0-9", "upper": "A-Z", "lower": "a-z", "space": r"\s",
    "blank": r" \t", "xdigit": "0-9a-fA-F", "punct": r"!-/:-@\[-`{-~",
}  # fmt: skip
_ANY = None
"""The segment `**`: any number of folders."""

Segment = re.Pattern[str] | None


class Pattern(NamedTuple):
    """A line of a .gitignore: whether it is negated, whether it matches folders only, and its segments."""

    negated: bool
    folders_only: bool
    segments: tuple[Segment, ...]

    def matches(self, path: Sequence[str]) -> bool:
        """Return whether the segments of a path match."""
        return _match(self.segments, path)


def parse(lines: Iterable[str]) -> list[Pattern]:
    """Parse the lines of a .gitignore; comments, empty lines and patterns that match nothing are left out."""
    return [pattern for line in lines if (pattern := _pattern(line.rstrip("\r"))) is not None]


def decide(patterns: list[Pattern], path: str, is_folder: bool) -> bool | None:
    """Return whether a path from the .gitignore's folder, without a slash at its end, is ignored; None if undecided."""
    steps = path.split("/")
    for pattern in reversed(patterns):
        if (is_folder or not pattern.folders_only) and pattern.matches(steps):
            return not pattern.negated
    return None


def _match(segments: Sequence[Segment], path: Sequence[str]) -> bool:
    """Match segments against a path: after a `**` the earliest match of the next segments is as good as any."""
    at = step = 0
    after: int | None = None  # the segment after the last `**`
    start = 0  # the step at which it was tried last
    while step < len(path):
        if at < len(segments) and (wanted := segments[at]) is _ANY:
            if at == len(segments) - 1:
                return True  # at the end it stands for at least one step
            at = after = at + 1
            start = step
        elif at < len(segments) and wanted is not None and wanted.fullmatch(path[step]):
            at += 1
            step += 1
        elif after is not None:
            at, start = after, start + 1
            step = start
        else:
            return False
    return at == len(segments)


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
        segments = [_segment(tokens) for tokens in _split(text)]
    except re.error:
        return None
    return Pattern(negated, folders_only, tuple(segments if anchored else [_ANY, *segments]))


def _split(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the tokens of each segment of a pattern."""
    tokens: list[re.Match[str]] = []
    for token in re.finditer(_TOKEN, text):
        if token["slash"] or token["escaped"] == "/":
            yield tokens
            tokens = []
        else:
            tokens.append(token)
    yield tokens


def _segment(tokens: Sequence[re.Match[str]]) -> Segment:
    """Compile a segment; each `*` but the last is in an atomic group, so that matching never goes back."""
    if [token[0] for token in tokens] == ["**"]:
        return _ANY
    parts = [""]
    for token in tokens:
        if token["stars"]:
            parts.append("")
        else:
            parts[-1] += _translated(token)
    first, *others = parts
    middle = "".join(f"(?>.*?{part})" for part in others[:-1])
    return re.compile(first + middle + (f".*{others[-1]}" if others else ""), re.DOTALL)


def _translated(token: re.Match[str]) -> str:
    kind, text = token.lastgroup or "", token[0]
    if kind == "one":
        return "."
    if kind == "set":
        return _set(text[1:-1])
    if text == "[":
        raise re.error("a set that is never closed")
    return re.escape(token[kind])


def _set(inner: str) -> str:
    """Return `[abc]` as a regular expression."""
    negated, inner = inner[:1] in ("!", "^"), inner.lstrip("!^") if inner[:1] in ("!", "^") else inner
    inner = re.sub(
        r"\[:(\w+):\]", lambda match: _CLASSES.get(match[1], ""), inner.replace("[", r"\[").replace(r"\[:", "[:")
    )
    inner = ("\\" if inner.startswith("]") else "") + inner
    # Python warns of two signs that it may take for an operator on sets one day; the second `-` may end a range
    inner = re.sub(r"([&~|])(?=\1)|^-(?=-)|(?<=[^\\]-)(?=-)", r"\\\g<0>", inner)
    return f"[{'^' if negated else ''}{inner}]"
