"""The text of a file as changes see it: its lines, what is in brackets, how it is indented."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from journeykit.changing.written import inline, written_key
from journeykit.source import Entry, Node, Path, Span, Step

_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK = re.compile(r"(?:\s+|(?<=\s)#[^\r\n]*|(?<=[\[{,])#[^\r\n]*)*")

_ANCHOR = re.compile(r"&([^\s,\[\]{}]+)\s+(?:!\S*\s+)?\Z")
_REACH = 200
"""How far before a value its anchor is looked for."""


class UnfitError(Exception):
    """A change that this text does not take as it is written."""


@dataclass(frozen=True)
class Sheet:
    """A text that was read: the tree of its places and its plain data."""

    text: str
    root: Node
    data: Any
    spans: dict[int, list[Span]] = field(default_factory=dict, compare=False)
    """The spans of the parts of collections, by where these start, as they are computed."""

    def child(self, path: Path) -> Entry | Node:
        """The entry or item at a path; UnfitError where it is not there, or belongs to what an alias names."""
        found: Entry | Node = self.root
        for step in path:
            node = node_of(found)
            if self.is_alias(node):
                raise UnfitError("an alias")
            inner = _step(node, step)
            if inner is None:
                raise UnfitError("no such value")
            found = inner
        return found

    def node(self, path: Path) -> Node:
        """The value at a path."""
        return node_of(self.child(path))

    def value(self, path: Path) -> Any:
        """The data at a path that is there."""
        data = self.data
        for step in path:
            data = data[step]
        return data

    def raw(self, node: Node | Entry) -> str:
        """A key or value as it is written."""
        return self.text[node.start : node.end]

    def is_alias(self, node: Node) -> bool:
        """Whether a value is given by the name of another one."""
        return self.text[node.start : node.start + 1] == "*"

    def is_shared(self, start: int, end: int) -> bool:
        """Whether a stretch of text is part of a value that an alias names, so that other places would change too."""
        return any(one.start <= start and end <= one.end for one in self._shared)

    @cached_property
    def _shared(self) -> list[Span]:
        """The values that aliases name, and aliases that alone name a text: its anchor would then be part of the text.

        Those with a comment between an anchor and its value are not found.
        """
        if "*" not in self.text or "&" not in self.text:
            return []
        nodes = list(_nodes(self.root))
        aliases = [node for node in nodes if self.is_alias(node)]
        names = Counter(self.raw(node)[1:] for node in aliases)
        only = [Span(one.start, one.end) for one in aliases if not one.children and names[self.raw(one)[1:]] == 1]
        return only + [
            Span(node.start, node.end)
            for node in nodes
            if (found := _ANCHOR.search(self.text, max(0, node.start - _REACH), node.start)) and found[1] in names
        ]

    def is_flow(self, node: Node) -> bool:
        """Whether a value is a collection in brackets."""
        return node.children is not None and self.text[node.start : node.start + 1] in ("[", "{")

    def in_flow(self, path: Path) -> bool:
        """Whether what stands at a path is inside of brackets."""
        return any(self.is_flow(self.node(path[:length])) for length in range(len(path)))

    def line_start(self, at: int) -> int:
        """Where the line of an offset starts."""
        start = self.text.rfind("\n", 0, at) + 1
        return max(start, self.text.rfind("\r", start, at) + 1)

    def line_end(self, at: int) -> int:
        """Where the line of an offset ends, before its line break."""
        found = _LINE_END.search(self.text, at)
        return found.start() if found else len(self.text)

    def next_line(self, at: int) -> int:
        """Where the line behind that of an offset starts."""
        found = _LINE_END.search(self.text, at)
        return found.end() if found else len(self.text)

    def column(self, at: int) -> int:
        """How many characters stand before an offset on its line."""
        return at - self.line_start(at)

    def before(self, at: int) -> str:
        """What stands before an offset on its line."""
        return self.text[self.line_start(at) : at]

    def behind(self, at: int) -> str:
        """What stands behind an offset on its line."""
        return self.text[at : self.line_end(at)]

    def skip(self, at: int) -> int:
        """The next offset at which there is no white space and no comment."""
        found = _BLANK.match(self.text, at)
        return found.end() if found else at

    @cached_property
    def line_break(self) -> str:
        """The line break of this file."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"

    @cached_property
    def _indents(self) -> tuple[int, int]:
        """How far mappings and lists stand to the right of their key; as the first of each does."""
        steps: dict[bool, int] = {}
        waiting = [self.root]
        while waiting and len(steps) < 2:
            node = waiting.pop(0)
            if not isinstance(node.children, Mapping):
                waiting += node.children or ()
                continue
            for entry in node.children.values():
                value = entry.value
                waiting.append(value)
                if value.children and not self.is_flow(value) and not self.is_alias(value):
                    steps.setdefault(
                        isinstance(value.children, Mapping), self.column(value.start) - self.column(entry.start)
                    )
        return max(1, steps.get(True, 2)), max(0, steps.get(False, 2))

    def below(self, value: Any, column: int) -> list[str]:
        """A collection as the lines of a block whose keys or dashes stand at a column."""
        pad = " " * column
        if isinstance(value, list):
            return [line for one in value for line in self._item(one, column)]
        found = []
        for key, one in value.items():
            head = f"{pad}{written_key(key)}:"
            if on_one_line(one):
                found.append(f"{head} {inline(one)}")
            else:
                found += [head, *self.below(one, self.column_below(one, column))]
        return found

    def column_below(self, value: Any, column: int) -> int:
        """Where a collection stands whose key is at a column."""
        return column + self._indents[isinstance(value, list)]

    def _item(self, value: Any, column: int) -> list[str]:
        lines = [inline(value)] if on_one_line(value) else self.below(value, column + 2)
        return [" " * column + "- " + lines[0].lstrip(" "), *lines[1:]]


def on_one_line(value: Any) -> bool:
    """Whether a value is written on one line: a text or number, and a list of those."""
    if isinstance(value, list):
        return not any(isinstance(one, dict | list) for one in value)
    return not value or not isinstance(value, dict)


def _nodes(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node.children, Mapping):
            waiting += [entry.value for entry in node.children.values() if node.start <= entry.start < node.end]
        elif node.children:
            waiting += [child for child in node.children if node.start <= child.start < node.end]


def node_of(found: Entry | Node) -> Node:
    """The value of an entry or item."""
    return found.value if isinstance(found, Entry) else found


def _step(node: Node, step: Step) -> Entry | Node | None:
    if isinstance(node.children, Mapping):
        return node.children.get(step)
    if node.children is not None and isinstance(step, int) and 0 <= step < len(node.children):
        return node.children[step]
    return None
