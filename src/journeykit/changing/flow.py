"""What stands in brackets and braces: kept as it is, but for the spaces between its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from journeykit.source import Node

_PLAIN_GAPS = re.compile(r"[\s,:\[\]{}]*")


def is_flow(text: str, node: Node) -> bool:
    """Whether a node is a list in brackets or a mapping in braces, not an alias of one."""
    return node.children is not None and text[node.start] in "[{"


def parts(node: Node) -> Iterator[tuple[int, int]]:
    """Where the keys, values and items of a collection stand."""
    if isinstance(node.children, Mapping):
        for entry in node.children.values():
            yield entry.start, entry.end
            yield entry.value.start, entry.value.end
    else:
        for child in node.children or ():
            yield child.start, child.end


def is_simple(text: str, node: Node) -> bool:
    """Whether nothing but punctuation stands between its parts: no comment, no anchor, no tag."""
    at, gaps = node.start, []
    for start, end in parts(node):
        gaps.append(text[at:start])
        at = max(at, end)
    return _PLAIN_GAPS.fullmatch("".join([*gaps, text[at : node.end]])) is not None


def lines_around(text: str, node: Node) -> str:
    """The lines that a node stands on, with the comments directly above."""
    start = text.rfind("\n", 0, node.start) + 1
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text[above:start].lstrip(" \t").startswith("#"):
            break
        start = above
    end = text.find("\n", node.end)
    return text[start : end if end >= 0 else len(text)]


def tidy(text: str, node: Node) -> str:
    """A flow collection on one line, with one space behind commas and colons and none within brackets."""
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
    """The lines of a flow collection over several, moved with it.

    `old` and `new` are where the line that it starts on starts, and the column of its bracket: what hangs below the
    bracket moves with the bracket, the rest with the line.
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
    """Without the spaces at its end, unless the last is escaped in a text in quotes."""
    short = line.rstrip(" \t")
    return line if short.endswith("\\") else short
