"""The text of a file with the span of each key and value; only this module computes lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

PathStep = str | int | float
KeyPath = tuple[PathStep, ...]
"""The path of a value: keys of mappings and 0-based indexes of lists, e.g. `("touchpoints", 2, "channel")`."""


class Position(NamedTuple):
    """A position in a text: 1-based line and column, counted in code points."""

    line: int
    column: int


class Span(NamedTuple):
    """A range of text: 0-based offsets in code points, the end exclusive."""

    start: int
    end: int


class Node(NamedTuple):
    """The span of a value; `children` maps a key to its `Entry` or lists the items.

    `children` is None for a scalar. An alias has its own span and the children of its anchor.
    """

    start: int
    end: int
    children: dict[PathStep, Entry] | Sequence[Node] | None = None


class Entry(NamedTuple):
    """A key of a mapping (its span) and the node of its value."""

    start: int
    end: int
    value: Node


KeyOrValue = Literal["value", "key"]


@dataclass(frozen=True, repr=False, eq=False)
class Source:
    """A text, its name for messages, and the tree of spans of its values (None if it could not be parsed)."""

    name: str
    text: str
    root: Node | None = None
    aliases: Mapping[KeyPath, tuple[KeyPath, KeyOrValue]] = field(default_factory=dict)
    """The path in the file of each value that the file writes as a shorthand, by its path in the model."""

    @cached_property
    def lines(self) -> list[str]:
        """The lines as YAML 1.2 and editors count them (LF, CRLF, CR), without their ends."""
        if "\r" not in self.text:
            return self.text.split("\n")
        return [self.text[a:b].rstrip("\r\n") for a, b in zip(self._line_starts, self._line_ends, strict=True)]

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, text = [0], self.text
        if "\r" not in text:
            return [0, *(end + line for line, end in enumerate(accumulate(map(len, self.lines[:-1])), 1))]
        for at, char in enumerate(text):
            if char == "\n" or (char == "\r" and text[at + 1 : at + 2] != "\n"):
                starts.append(at + 1)
        return starts

    @cached_property
    def _line_ends(self) -> list[int]:
        return [*self._line_starts[1:], len(self.text)]

    def position(self, offset: int) -> Position:
        """Return the line and column of an offset; an offset beyond the text is its end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def offset(self, position: Position) -> int:
        """Return the offset of a line and column, clipped to the text."""
        if position.line > len(self._line_starts):
            return len(self.text)
        line = max(1, position.line)
        return min(self._line_starts[line - 1] + max(0, position.column - 1), len(self.text))

    def locate(self, path: KeyPath, part: KeyOrValue = "value") -> Span:
        """Return the span of the value at a path.

        With `part="key"` it is the span of the key; an item of a list has no key, so that of its value is returned. If
        the path does not exist, it is the first key of the deepest mapping on it, where a missing key is reported.
        """
        node = self.root
        if node is None:
            return Span(0, 0)
        path, part = self.in_file(path, part)
        if not path:
            return _opening(node)
        span = Span(node.start, node.end)
        for depth, step in enumerate(path):
            child = _child(node, step)
            if child is None:
                return _opening(node)
            last = depth == len(path) - 1
            if isinstance(child, Entry):
                node = child.value
                span = Span(child.start, child.end) if last and part == "key" else Span(node.start, node.end)
            else:
                node = child
                span = Span(node.start, node.end)
            if node.start == node.end and isinstance(child, Entry):  # an empty value is shown by its key
                span = Span(child.start, child.end)
        return span

    def in_file(self, path: KeyPath, part: KeyOrValue = "value") -> tuple[KeyPath, KeyOrValue]:
        """Convert a path of the model to that of the file: another path, or a key, if the file uses a shorthand."""
        if self.aliases:
            for length in range(len(path), 0, -1):
                if found := self.aliases.get(path[:length]):
                    target, target_part = found
                    return target + path[length:], target_part if length == len(path) else part
        return path, part

    def has(self, path: KeyPath) -> bool:
        """Return whether the file has a value at exactly this path."""
        node = self.root
        for step in path:
            if node is None:
                return False
            child = _child(node, step)
            node = child.value if isinstance(child, Entry) else child
        return node is not None


def _child(node: Node, step: PathStep) -> Entry | Node | None:
    children = node.children
    if children is None:
        return None
    if isinstance(children, dict):
        return children.get(step)
    if isinstance(step, int) and 0 <= step < len(children):
        return children[step]
    return None


def _opening(node: Node) -> Span:
    """Return the span that stands for a whole mapping: its first key; for other values the value itself."""
    if isinstance(node.children, dict) and node.children:
        first = next(iter(node.children.values()))
        if node.start <= first.start < node.end:  # an alias has the keys of its anchor, which are elsewhere
            return Span(first.start, first.end)
    return Span(node.start, node.end)
