"""A parsed text for edits: nodes, data, lines and indentation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from journeykit.changing.emitter import inline, key_text, literal
from journeykit.source import Entry, KeyPath, Node, PathStep, Span

_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK = re.compile(r"(?:\s+|(?<=\s)#[^\r\n]*|(?<=[\[{,])#[^\r\n]*)*")

_ANCHOR = re.compile(r"&([^\s,\[\]{}]+)\s+(?:!\S*\s+)?\Z")
_REACH = 200
"""How many characters before a value its anchor is searched."""


class NotEditableError(Exception):
    """The style of the text does not allow an edit or a merge by keys."""


@dataclass(frozen=True)
class ParsedText:
    """A text with its nodes and its plain data."""

    text: str
    root: Node
    data: Any
    spans: dict[int, list[Span]] = field(default_factory=dict, compare=False)
    """The spans of the parts of collections by the offset of the collection, filled as they are computed."""

    def child(self, path: KeyPath) -> Entry | Node:
        """Return the entry or item at a path. Raise NotEditableError if it is missing or inside an alias."""
        found: Entry | Node = self.root
        for step in path:
            node = node_of(found)
            if self.is_alias(node):
                raise NotEditableError("an alias")
            inner = _step(node, step)
            if inner is None:
                raise NotEditableError("no such value")
            found = inner
        return found

    def node(self, path: KeyPath) -> Node:
        """Return the node of the value at a path."""
        return node_of(self.child(path))

    def value(self, path: KeyPath) -> Any:
        """Return the data at a path that exists."""
        data = self.data
        for step in path:
            data = data[step]
        return data

    def raw(self, node: Node | Entry) -> str:
        """Return a key or value as it is written."""
        return self.text[node.start : node.end]

    def is_alias(self, node: Node) -> bool:
        """Return whether a node is an alias."""
        return self.text[node.start : node.start + 1] == "*"

    def is_shared(self, start: int, end: int) -> bool:
        """Return whether a span is in a value that an alias refers to, so that an edit changes other places too."""
        return any(one.start <= start and end <= one.end for one in self._shared)

    @cached_property
    def _shared(self) -> list[Span]:
        """Return the spans of values that aliases refer to, and of aliases that are the only one of a text.

        Without its alias the anchor before a text would be read as part of the text. Values with a comment between
        them and their anchor are not found.
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
        """Return whether a node is a flow collection."""
        return node.children is not None and self.text[node.start : node.start + 1] in ("[", "{")

    def in_flow(self, path: KeyPath) -> bool:
        """Return whether the value at a path is inside brackets."""
        return any(self.is_flow(self.node(path[:length])) for length in range(len(path)))

    def line_start(self, at: int) -> int:
        """Return the offset where the line of an offset starts."""
        start = self.text.rfind("\n", 0, at) + 1
        return max(start, self.text.rfind("\r", start, at) + 1)

    def line_end(self, at: int) -> int:
        """Return the offset where the line of an offset ends, before its line break."""
        found = _LINE_END.search(self.text, at)
        return found.start() if found else len(self.text)

    def next_line(self, at: int) -> int:
        """Return the offset where the next line starts."""
        found = _LINE_END.search(self.text, at)
        return found.end() if found else len(self.text)

    def column(self, at: int) -> int:
        """Return the column of an offset, from 0."""
        return at - self.line_start(at)

    def before(self, at: int) -> str:
        """Return the text before an offset on its line."""
        return self.text[self.line_start(at) : at]

    def behind(self, at: int) -> str:
        """Return the text after an offset on its line."""
        return self.text[at : self.line_end(at)]

    def skip(self, at: int) -> int:
        """Return the next offset without white space or a comment."""
        found = _BLANK.match(self.text, at)
        return found.end() if found else at

    @cached_property
    def line_break(self) -> str:
        """Return the line break of this file."""
        return line_break_of(self.text)

    @cached_property
    def _indents(self) -> tuple[int, int]:
        """Return the indentation of mappings and of lists below their key, as the first of each has it."""
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
        """Return a collection as block lines at a column."""
        pad = " " * column
        if isinstance(value, list):
            return [line for one in value for line in self._item(one, column)]
        found = []
        for key, one in value.items():
            head = f"{pad}{key_text(key)}:"
            if lines := literal(one, self.column_below({}, column)):
                found += [f"{head} |-", *lines]
            elif on_one_line(one):
                found.append(f"{head} {inline(one)}")
            else:
                found += [head, *self.below(one, self.column_below(one, column))]
        return found

    def column_below(self, value: Any, column: int) -> int:
        """Return the column of a collection whose key is at a column."""
        return column + self._indents[isinstance(value, list)]

    def _item(self, value: Any, column: int) -> list[str]:
        if lines := literal(value, column + 2):
            return [f"{' ' * column}- |-", *lines]
        lines = [inline(value)] if on_one_line(value) else self.below(value, column + 2)
        return [" " * column + "- " + lines[0].lstrip(" "), *lines[1:]]


def on_one_line(value: Any) -> bool:
    """Return whether a value is written on one line: a scalar, a list of scalars, or counts by number."""
    if isinstance(value, list):
        return not any(isinstance(one, dict | list) for one in value)
    return not isinstance(value, dict) or not any(isinstance(key, str) for key in value)


def _nodes(root: Node) -> Iterator[Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node.children, Mapping):
            waiting += [entry.value for entry in node.children.values() if node.start <= entry.start < node.end]
        elif node.children:
            waiting += [child for child in node.children if node.start <= child.start < node.end]


def line_break_of(text: str) -> str:
    """Return the first line break of a text; LF if it has none."""
    found = _LINE_END.search(text)
    return found[0] if found else "\n"


def node_of(found: Entry | Node) -> Node:
    """Return the node of an entry or item."""
    return found.value if isinstance(found, Entry) else found


def _step(node: Node, step: PathStep) -> Entry | Node | None:
    if isinstance(node.children, Mapping):
        return node.children.get(step)
    if node.children is not None and isinstance(step, int) and 0 <= step < len(node.children):
        return node.children[step]
    return None
