"""Texts over several lines, moved to a new indentation."""

from __future__ import annotations

import re
from typing import NamedTuple

from journeykit.source import Node

_HEADER = re.compile(r"([|>])([1-9+-]*)(.*)", re.DOTALL)
_BLANK_LINES = re.compile(r"(?:\n *(?=\n|\Z))+")


class BlockText(NamedTuple):
    """A text below | or >: its first line, its own lines, and where it ends."""

    header: str
    lines: list[str]
    end: int


def is_block_text(text: str, node: Node) -> bool:
    """Whether a value is a text below | or >."""
    return node.children is None and text[node.start] in "|>"


def block_text(text: str, node: Node, column: int, indent: int, step: int) -> BlockText:
    """A text below | or > for a new indentation: what it belongs to stands at `column` now, and will at `indent`.

    The spaces before its lines beyond their common indentation are part of it, and so are the empty lines at its end
    where the header has a +, or where they hold more spaces than the others.
    """
    line_end = _line_end(text, node.start)
    header = text[node.start : line_end].rstrip(" \t")
    end = _line_end(text, max(node.end, line_end))
    written = text[line_end + 1 : end].split("\n") if end > line_end else []
    style, digit, sign, rest = _parts(header)
    if rest.startswith("#"):
        header = f"{style}{header[1 : -len(rest)]} {rest}"
        rest = f" {rest}"
    contents = [line for line in written if line.strip(" ")]
    old = column + int(digit) if digit else _indentation(contents[0]) if contents else max(map(len, written), default=0)
    new = indent + (int(digit) if digit else step)
    blanks = _BLANK_LINES.match(text, end)
    more = blanks[0].split("\n")[1:] if blanks else []
    if blanks and (sign == "+" or any(len(line) > old for line in more)):
        end = blanks.end()
        written += more[:-1] if end == len(text) and more and not more[-1] else more
    lines = [" " * new + line[old:] if len(line) > old else "" for line in written]
    if end == len(text) and text[-1] != "\n":  # the line break that a file ends with would count
        header = f"{style}{digit}-{rest}"
    return BlockText(header, lines, end)


def _parts(header: str) -> tuple[str, str, str, str]:
    """Of the first line: | or >, how far the text is indented if it says so, + or - if it says so, the rest."""
    found = _HEADER.match(header)
    assert found is not None
    return found[1], found[2].strip("+-"), found[2].strip("123456789"), found[3]


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def over_lines(raw: str, indent: int) -> list[str]:
    """The lines of a plain or quoted text, those behind the first at an indentation, which does not count."""
    first, *rest = raw.split("\n")
    quoted = raw.startswith('"')
    lines = [first, *(" " * indent + line.lstrip(" \t") for line in rest)]
    kept = [line if quoted and line.rstrip(" \t").endswith("\\") else line.rstrip(" \t") for line in lines[:-1]]
    return [*kept, lines[-1]]
