"""The key or value at the cursor, in a text that is usually incomplete there.

A mark is inserted at the cursor, and the text is completed in several ways: as it is, as a key, with open brackets and
quotes closed. The path is taken from the attempt that has the fewest YAML errors and contains the mark, so that block
and flow style, shorthands and lists need no code of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from journeykit.editing.partial import PartialDocument
from journeykit.source import KeyOrValue, KeyPath

MARK = "Zqxjourneykitxqz"
CLOSING = {"[": "]", "{": "}"}


class Cursor(NamedTuple):
    """The key or value at a cursor, and the part of it before the cursor.

    `alone` says that the line before it is empty, so that a key could begin there; `in_flow` that it is in brackets.
    `partial` is the content of the text with the mark inserted; `complete` says that none of it was left out.
    """

    partial: PartialDocument
    path: KeyPath
    part: KeyOrValue
    typed: str
    alone: bool
    in_flow: bool
    complete: bool


class _Marked(NamedTuple):
    partial: PartialDocument
    path: KeyPath
    part: KeyOrValue
    held: str


def cursor_at(text: str, offset: int, read: Callable[[str], PartialDocument]) -> Cursor | None:
    """Return the cursor at an offset; None in a comment or between values. `read` parses a text."""
    start = _line_start(text, offset)
    above, before = _above(text, start), text[start:offset]
    short = above + text[start : _line_end(text, offset)]
    found = _reading(text, offset, read) or _reading(short, len(above) + len(before), read)
    if found is None:
        return None
    typed = found.held.partition(MARK)[0]
    if not before.endswith(typed):  # a text that began on a line above, or has escapes
        return None
    lead = before.removesuffix(typed) if typed else before
    complete = found.partial.faults == 0 and len(found.partial.source.text) > len(text)
    return Cursor(found.partial, found.path, found.part, typed, not lead.strip(" -"), bool(_open(before)), complete)


def _reading(text: str, offset: int, read: Callable[[str], PartialDocument]) -> _Marked | None:
    """Return the attempt with the fewest YAML errors that contains the mark."""
    best: _Marked | None = None
    for attempt in _attempts(text, offset):
        partial = read(attempt)
        if (best is None or partial.faults < best.partial.faults) and (marked := _marked(partial.data)):
            best = _Marked(partial, *marked)
            if partial.faults == 0:
                break
    return best


def _above(text: str, start: int) -> str:
    """Return the lines that enclose a line by indentation alone, for texts with open brackets above it."""
    kept: list[str] = []
    indent = _indent(text[start : _line_end(text, start)])
    for line in reversed(text[:start].splitlines(keepends=True)):
        if line.strip() and _indent(line) < indent:
            kept.append(line)
            indent = _indent(line)
    return "".join(reversed(kept))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _attempts(text: str, offset: int) -> Iterator[str]:
    """Yield the text with a mark at the cursor, completed in several ways; the text below is dropped last."""
    start, end = _line_start(text, offset), _line_end(text, offset)
    rest = text[offset:end]
    closing = "".join(reversed(_open(text[start:offset])))
    for below in (text[end:], ""):
        for tail in dict.fromkeys((rest, closing)):
            for colon in ("", ": "):
                yield text[:offset] + MARK + colon + tail + below


def _open(line: str) -> list[str]:
    """Return the text that closes the brackets and quotes that a line leaves open."""
    closing: list[str] = []
    quote = ""
    for at, char in enumerate(line):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'" and (at == 0 or line[at - 1] in " [{,"):
            quote = char
        elif char in CLOSING and (closing or at == 0 or line[at - 1] == " "):
            closing.append(CLOSING[char])
        elif closing and char == closing[-1]:
            closing.pop()
    return [*closing, quote] if quote else closing


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _line_end(text: str, offset: int) -> int:
    ends = [end for end in (text.find("\n", offset), text.find("\r", offset)) if end >= 0]
    return min(ends, default=len(text))


def _marked(data: Any) -> tuple[KeyPath, KeyOrValue, str] | None:
    """Return the path of the key or value that contains the mark, and its text."""
    waiting: list[tuple[KeyPath, Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str) and MARK in value:
            return path, "value", value
        if isinstance(value, dict):
            for key, held in value.items():
                if isinstance(key, str) and MARK in key:
                    return (*path, key), "key", key
                waiting.append(((*path, key), held))
        elif isinstance(value, list):
            waiting += [((*path, number), held) for number, held in enumerate(value)]
    return None
