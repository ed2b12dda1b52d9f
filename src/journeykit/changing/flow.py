"""Flow collections ([...] and {...}): recognise, tidy and indent them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from journeykit.source import Node

_PLAIN_GAPS = re.compile(r"[\s,:\[\]{}]*")


def is_flow(text: str, node: Node) -> bool:
    """Return whether a node is a flow collection and not an alias of one."""
    return node.children is not None and text[node.start] in "[{"


def parts(node: Node) -> Iterator[tuple[int, int]]:
    """Yield the spans of the keys, values and items of a collection."""
    if isinstance(node.children, Mapping):
        for entry in node.children.values():
            yield entry.start, entry.end
            yield entry.value.start, entry.value.end
    else:
        for child in node.children or ():
            yield child.start, child.end


def is_simple(text: str, node: Node) -> bool:
    """Return whether only punctuation is between the parts: no comment, anchor or tag."""
    at, gaps = node.start, []
    for start, end in parts(node):
        gaps.append(text[at:start])
        at = max(at, end)
    return _PLAIN_GAPS.fullmatch("".join([*gaps, text[at : node.end]])) is not None


def lines_around(text: str, node: Node) -> str:
    """Return the lines of a node with the comment lines directly above."""
    start = text.rfind("\n", 0, node.start) + 1
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text[above:start].lstrip(" \t").startswith("#"):
            break
        start = above
    end = text.find("\n", node.end)
    return text[start : end if end >= 0 else len(text)]


def tidy(text: str, node: Node) -> str:
    """Return a flow collection on one line, with one space after commas and colons and none inside the brackets."""
    raw = text[node.start : node.end]
    if not is_flow(text, node) or not is_simple(text, node):
        return raw
    if not isinstance(node.children, Mapping):
        return f"[{', '.join(tidy(text, child) for child in node.children or ())}]"
    if raw.startswith("[") or any(e.value.start == e.value.end or text[e.start] == "*" for e in node.children.values()):
        return raw
    inner = [f"{text[e.start : e.end]}: {tidy(text, e.value)}" for e in node.children.values()]
    return f"{{{', '.join(inner)}}}"


def shifted(raw: str, old: tuple[int, int], new: tuple[int, int]) -> list[str]:
    """Return the lines of a flow collection over several lines, moved to a new place.

    `old` and `new` are pairs: the column of the line's first key or item, and the column of the bracket. Lines indented
    more than the bracket move with the bracket, the others with the line.
    """
    first, *rest = raw.split("\n")
    lines = [_without_spaces(first)]
    for line in rest:
        content = line.lstrip(" \t")
        spaces = len(line) - len(content)
        hangs = spaces > old[1]
        lines.append(_without_spaces(" " * max(spaces + new[hangs] - old[hangs], 0) + content) if content else "")
    return lines


def _without_spaces(line: str) -> str:
    """Remove trailing spaces, unless the last one is escaped in a quoted text."""
    short = line.rstrip(" \t")
    return line if short.endswith("\\") else short
