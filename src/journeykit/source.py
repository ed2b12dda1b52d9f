"""The text of a file and where in it each key and value stands; the only home of lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

Step = str | int | float
Path = tuple[Step, ...]
"""The way to a value: keys of mappings and 0-based indexes of lists, e.g. `("touchpoints", 2, "channel")`."""


class Position(NamedTuple):
    """A place in a text: 1-based line and column, counted in code points."""

    line: int
    column: int


class Span(NamedTuple):
    """A stretch of text: 0-based offsets in code points, the end exclusive."""

    start: int
    end: int


class Node(NamedTuple):
    """The place of one value; `children` maps a key to its `Entry` or lists the items.

    `children` is None for a scalar. An alias has its own span and the children of what it names.
    """

    start: int
    end: int
    children: Mapping[Step, Entry] | Sequence[Node] | None = None


class Entry(NamedTuple):
    """A key of a mapping (its span) and the node of its value."""

    start: int
    end: int
    value: Node


Part = Literal["value", "key"]


@dataclass(frozen=True, repr=False, eq=False)
class Source:
    """A text, its name for messages, and the tree of spans of its values (None if it could not be read)."""

    name: str
    text: str
    root: Node | None = None
    aliases: Mapping[Path, tuple[Path, Part]] = field(default_factory=dict)
    """Where a path of the model stands in the file when the file uses a shorthand."""

    @cached_property
    def lines(self) -> list[str]:
        """The lines as YAML 1.2 and editors count them (LF, CRLF, CR), without their ends."""
        return [self.text[a:b].rstrip("\r\n") for a, b in zip(self._line_starts, self._line_ends, strict=True)]

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, text, at = [0], self.text, 0
        if "\r" not in text:
            while (at := text.find("\n", at)) >= 0:
                at += 1
                starts.append(at)
            return starts
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

    def locate(self, path: Path, part: Part = "value") -> Span:
        """Return the span of the deepest step of `path` that the file has.

        `part="key"` asks for the key instead of the value; a list item has no key, so its value is given.
        A path that leads nowhere gives the first key of the mapping it got to: that is where a missing key is
        reported.
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
            if node.start == node.end and isinstance(child, Entry):  # an empty value: its key is what one can see
                span = Span(child.start, child.end)
        return span

    def in_file(self, path: Path, part: Part = "value") -> tuple[Path, Part]:
        """Return where the file has the value at a path of the model: in a shorthand at another path, or in a key."""
        if self.aliases:
            for length in range(len(path), 0, -1):
                if found := self.aliases.get(path[:length]):
                    target, target_part = found
                    return target + path[length:], target_part if length == len(path) else part
        return path, part

    def has(self, path: Path) -> bool:
        """Return whether the file holds a value at exactly this path."""
        node = self.root
        for step in path:
            if node is None:
                return False
            child = _child(node, step)
            node = child.value if isinstance(child, Entry) else child
        return node is not None


def _child(node: Node, step: Step) -> Entry | Node | None:
    children = node.children
    if isinstance(children, Mapping):
        return children.get(step)
    if children is not None and isinstance(step, int) and 0 <= step < len(children):
        return children[step]
    return None


def _opening(node: Node) -> Span:
    """Return what to point at when a whole mapping is meant: its first key, else the value itself."""
    if isinstance(node.children, Mapping) and node.children:
        first = next(iter(node.children.values()))
        if node.start <= first.start < node.end:  # not the keys of what an alias names
            return Span(first.start, first.end)
    return Span(node.start, node.end)
