"""A text cut into blocks at its keys and items; `UnfitError` where it is written in a way that cannot be cut."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from journeykit.changing.flow import is_flow, is_simple, tidy
from journeykit.changing.merging.blocks import Chunk, Group, Leaf, Line, Lines, data_of
from journeykit.changing.sheet import UnfitError
from journeykit.reading.yaml_builder import Built
from journeykit.reading.yaml_text import build
from journeykit.source import Entry, Node

_COLON = re.compile(r"[ \t]*:(?=\s|\Z)")
_BEHIND = re.compile(r"([ \t]*#.*)?[ \t]*")
_KEEPS = re.compile(r"[|>][1-9]?\+")


class Sheets(NamedTuple):
    """A whole file: the lines above its first key, and its keys."""

    above: Lines
    root: Group


def cut(text: str) -> Sheets:
    """Cut a text whose lines end with LF, the last one too."""
    built = build(text)
    if built.root is None or built.faults:
        raise UnfitError("no YAML that can be trusted")
    return _Cut(text, built).run()


def opened(leaf: Leaf) -> Group | None:
    """What stands in brackets as lines of its own; None for what does not, or holds more than keys and values."""
    raw = "\n".join(leaf.lines)
    built = build(raw)
    if built.root is None or built.faults or not is_flow(raw, built.root) or not is_simple(raw, built.root):
        return None
    children = built.root.children
    if not children:
        return None
    if not isinstance(children, Mapping):
        items = [Leaf(built.data[n], (tidy(raw, child),)) for n, child in enumerate(children)]
        return Group(tuple(Chunk(None, None, "-", item) for item in items), keyed=False)
    chunks = []
    for key, entry in children.items():
        if entry.value.start == entry.value.end:
            return None
        value = Leaf(built.data[key], (tidy(raw, entry.value),))
        chunks.append(Chunk(key, key, f"{raw[entry.start : entry.end]}:", value))
    return Group(tuple(chunks), keyed=True)


def closed(group: Group) -> Leaf | None:
    """What was taken out of brackets put into them again; None where it has comments or something clashes."""
    parts = []
    for chunk in group.chunks:
        if not isinstance(chunk, Chunk) or chunk.head or not isinstance(chunk.value, Leaf) or not chunk.value.is_short:
            return None
        if chunk.value.comment:
            return None
        parts.append(f"{chunk.label} {chunk.value.lines[0]}" if group.keyed else chunk.value.lines[0])
    inner = ", ".join(parts)
    return Leaf(data_of(group), (f"{{{inner}}}" if group.keyed else f"[{inner}]",), " ", group.comment)


class _Part(NamedTuple):
    """A key or item: where its key or dash, what is behind that, and its value stand."""

    name: object
    start: int
    behind: int
    node: Node
    data: object


class _Cut:
    def __init__(self, text: str, built: Built) -> None:
        self.text, self.built = text, built
        self.lines = text.split("\n")[:-1]
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)

    def run(self) -> Sheets:
        root = self.built.root
        assert root is not None
        if not isinstance(root.children, Mapping) or is_flow(self.text, root):
            raise UnfitError("no keys over lines")
        first = self.line(root.start)
        if self.lines[first][: self.column(root.start)].strip():
            raise UnfitError("something stands before the first key")
        above = tuple(Line(len(line) - len(line.lstrip(" ")), line.strip()) for line in self.lines[:first])
        return Sheets(above, self.group(root, self.built.data, len(self.lines), 0))

    def line(self, at: int) -> int:
        from bisect import bisect_right

        return bisect_right(self.starts, at) - 1

    def column(self, at: int) -> int:
        return at - self.starts[self.line(at)]

    def group(self, node: Node, data: object, end: int, column: int, *, inline: bool = False) -> Group:
        """A collection; `end` is the line at which what belongs to it ends, `column` that of its key or dash."""
        parts = list(self.parts(node, data))
        own = self.column(parts[0].start)
        if any(self.column(part.start) != own for part in parts):
            raise UnfitError("parts of one collection stand in several columns")
        chunks: list[Chunk] = []
        head: Lines = ()
        foot: Lines = ()
        for part, following in zip(parts, [*parts[1:], None], strict=True):
            last = self.last_line(part)
            stop = end if following is None else self.line(following.start)
            if stop < last:
                raise UnfitError("two parts stand on one line")
            more = self.deeper(last, stop, own)
            if following is None and self.is_leaf(part.node):  # these comments end the collection, whatever is added
                more = last
            chunks.append(self.chunk(part, own, last, more, head))
            head = self.between(more, stop, own)
        foot, head = head, ()
        return Group(tuple(chunks), isinstance(node.children, Mapping), own - column, inline, "", foot)

    def parts(self, node: Node, data: object) -> list[_Part]:
        children = node.children
        if isinstance(children, Mapping):
            return [self.entry(key, entry, data) for key, entry in children.items()]
        assert isinstance(children, Sequence)
        assert isinstance(data, list)
        parts, at = [], node.start
        for number, child in enumerate(children):
            dash = self.dash(at)
            parts.append(_Part(None, dash, dash + 1, child, data[number]))
            at = self.starts[self.last_line(parts[-1])]
        return parts

    def dash(self, at: int) -> int:
        line = self.line(at)
        while line < len(self.lines) and (not (words := self.lines[line].lstrip(" ")) or words.startswith("#")):
            line += 1
            at = self.starts[line]
        while self.text[at : at + 1] == " ":
            at += 1
        if self.text[at : at + 1] != "-":
            raise UnfitError("an unusual list")
        return at

    def entry(self, key: object, entry: Entry, data: object) -> _Part:
        assert isinstance(data, dict)
        colon = _COLON.match(self.text, entry.end)
        if colon is None or "\n" in self.text[entry.start : entry.end] or self.text[entry.start] == "*":
            raise UnfitError("an unusual key")
        return _Part(key, entry.start, colon.end(), entry.value, data[key])

    def last_line(self, part: _Part) -> int:
        """The line behind the last one of a part, without comments below it."""
        end = max(part.node.end, part.behind)
        line = self.line(part.start + len(self.text[part.start : end].rstrip()))
        if part.node.children is None and _KEEPS.match(self.text, part.node.start):
            while line + 1 < len(self.lines) and not self.lines[line + 1].strip():
                line += 1
        return line + 1

    def deeper(self, start: int, stop: int, column: int) -> int:
        """Up to which line comments stand further right than the parts around them."""
        found = start
        for number in range(start, stop):
            words = self.lines[number].lstrip(" ")
            if words and not words.startswith("#"):
                raise UnfitError("something stands between the parts")
            if words and len(self.lines[number]) - len(words) <= column:
                break
            found = number + 1 if words else found
        return found

    def between(self, start: int, stop: int, column: int) -> Lines:
        lines = self.lines[start:stop]
        return tuple(
            Line(len(line) - len(line.lstrip(" ")) - column if line.strip() else 0, line.strip()) for line in lines
        )

    def chunk(self, part: _Part, column: int, last: int, more: int, head: Lines) -> Chunk:
        node, first = part.node, self.line(part.start)
        before = self.lines[first][:column]
        if before.strip(" -"):
            raise UnfitError("something stands before a part")
        label = self.text[part.start : part.behind]
        gap = self.text[part.behind : node.start]
        if self.is_leaf(node):
            leaf = self.leaf(part, column, first, last)
            return Chunk(part.name, part.name, label, leaf, head, self.between(last, more, column))
        below = self.line(node.start) > first
        comment = self.lines[first][part.behind - self.starts[first] :] if below else ""
        words = [line.strip() for line in gap.split("\n")]
        if not _BEHIND.fullmatch(comment) or any(line and line[0] != "#" for line in words):
            raise UnfitError("an anchor or tag")
        group = self.group(node, part.data, more, column, inline=not below)
        above = self.between(first + 1, self.line(node.start), column + group.step) if below else ()
        chunks = group.chunks
        if above and isinstance(chunks[0], Chunk):
            from dataclasses import replace

            chunks = (replace(chunks[0], head=above), *chunks[1:])
        group = Group(chunks, group.keyed, group.step, not below, comment.rstrip(), group.foot)
        return Chunk(part.name, part.name, label, group, head)

    def is_leaf(self, node: Node) -> bool:
        """Whether a value is not taken apart."""
        return node.children is None or is_flow(self.text, node) or self.text[node.start] == "*"

    def leaf(self, part: _Part, column: int, first: int, last: int) -> Leaf:
        raw = self.text[part.node.start : part.node.end]
        behind = part.behind - self.starts[first]
        if raw.startswith("*"):
            raise UnfitError("an alias")
        if last == first + 1:
            start = part.node.start - self.starts[first] if raw else behind
            gap, rest = self.lines[first][behind:start], self.lines[first][start + len(raw) :]
            if gap.strip() or not _BEHIND.fullmatch(rest):
                raise UnfitError("an anchor or tag")
            comment = rest.rstrip()
            return Leaf(part.data, (raw,), gap, f" {comment}" if comment.startswith("#") else comment)
        if self.text[part.behind : part.node.start].strip(" \n")[:1] in ("&", "!"):
            raise UnfitError("an anchor or tag")
        lines = [self.lines[first][behind:]]
        for line in self.lines[first + 1 : last]:
            if line[:column].strip():
                raise UnfitError("lines further left than their key")
            lines.append(line[column:])
        return Leaf(part.data, tuple(lines), "")
