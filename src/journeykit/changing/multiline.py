"""Indent scalars over several lines."""

from __future__ import annotations

import re
from typing import NamedTuple

from journeykit.source import Node

_HEADER = re.compile(r"([|>])([1-9+-]*)(.*)", re.DOTALL)
_BLANK_LINES = re.compile(r"(?:\n *(?=\n|\Z))+")


class BlockText(NamedTuple):
    """A block scalar: its header, its lines, and the offset of its end."""

    header: str
    lines: list[str]
    end: int


def is_block_text(text: str, node: Node) -> bool:
    """Return whether a node is a block scalar (| or >)."""
    return node.children is None and text[node.start] in "|>"


def block_text(text: str, node: Node, column: int, indent: int, step: int) -> BlockText:
    """Return a block scalar with a new indentation; `column` is the old column of its key, `indent` the new one.

    Spaces beyond the common indentation belong to the text, and so do empty lines at its end if the header has a +,
    or if they have more spaces than the other lines.
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
        written += more[:-1] if end == len(text) and more and not more[-1].strip(" ") else more
    lines = [" " * new + line[old:] if len(line) > old else "" for line in written]
    if end == len(text) and text[text.rfind("\n") + 1 :].strip(
        " "
    ):  # else the new last line break would be part of the text
        header = f"{style}{digit}-{rest}"
    return BlockText(header, lines, end)


def _parts(header: str) -> tuple[str, str, str, str]:
    """Split the header into | or >, the indentation indicator, the chomping indicator and the rest."""
    found = _HEADER.match(header)
    assert found is not None
    return found[1], found[2].strip("+-"), found[2].strip("123456789"), found[3]


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def over_lines(raw: str, indent: int) -> list[str]:
    """Return the lines of a plain or quoted text; those after the first get an indentation, which YAML ignores."""
    first, *rest = raw.split("\n")
    quoted = raw.startswith('"')
    lines = [first, *(" " * indent + line.lstrip(" \t") for line in rest)]
    kept = [line if quoted and line.rstrip(" \t").endswith("\\") else line.rstrip(" \t") for line in lines[:-1]]
    return [*kept, lines[-1]]
