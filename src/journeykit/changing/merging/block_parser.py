"""Parse a text into blocks: its keys and items with their comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from journeykit.changing.flow import is_flow, is_simple, tidy
from journeykit.changing.merging.blocks import Atom, Block, Blocks, Lines, LooseLine, data_of
from journeykit.changing.parsed_text import NotEditableError
from journeykit.reading.yaml_builder import ParsedYaml
from journeykit.reading.yaml_text import parse_yaml
from journeykit.source import Entry, Node

_COLON = re.compile(r"[ \t]*:(?=\s|\Z)")
_BEHIND = re.compile(r"([ \t]*#.*)?[ \t]*")
_KEEPS = re.compile(r"[|>][1-9]?\+")


class ParsedFile(NamedTuple):
    """A whole file: the lines above its first key, and its keys."""

    above: Lines
    root: Blocks


def parse_blocks(text: str, built: ParsedYaml | None) -> ParsedFile:
    """Split a text whose lines all end with LF. Raise NotEditableError if its style cannot be split into blocks."""
    if built is None or built.root is None or built.faults:
        raise NotEditableError("no YAML that can be trusted")
    return _Parser(text, built).run()


def open_brackets(leaf: Atom) -> Blocks | None:
    """Return a flow collection as a block collection; None for other values and for one with comments or anchors."""
    raw = "\n".join(leaf.lines)
    built = parse_yaml(raw)
    if built.root is None or built.faults or not is_flow(raw, built.root) or not is_simple(raw, built.root):
        return None
    children = built.root.children
    if not children:
        return None
    if not isinstance(children, Mapping):
        items = [Atom(built.data[n], (tidy(raw, child),)) for n, child in enumerate(children)]
        return Blocks(tuple(Block(None, None, "-", item) for item in items), keyed=False)
    blocks = []
    for key, entry in children.items():
        if entry.value.start == entry.value.end:
            return None
        value = Atom(built.data[key], (tidy(raw, entry.value),))
        blocks.append(Block(key, key, f"{raw[entry.start : entry.end]}:", value))
    return Blocks(tuple(blocks), keyed=True)


def close_brackets(group: Blocks) -> Atom | None:
    """Return a collection from `open_brackets` as a flow collection; None if it has comments or conflicts."""
    parts = []
    for block in group.blocks:
        if not isinstance(block, Block) or block.head or not isinstance(block.value, Atom) or not block.value.is_short:
            return None
        if block.value.comment:
            return None
        parts.append(f"{block.label} {block.value.lines[0]}" if group.keyed else block.value.lines[0])
    inner = ", ".join(parts)
    return Atom(data_of(group), (f"{{{inner}}}" if group.keyed else f"[{inner}]",), " ", group.comment)


class _Part(NamedTuple):
    """A key or item: the offset of its key or dash, the offset after colon or dash, its node and its data."""

    name: object
    start: int
    behind: int
    node: Node
    data: object


class _Parser:
    """Parses one text."""

    def __init__(self, text: str, built: ParsedYaml) -> None:
        self.text, self.built = text, built
        self.lines = text.split("\n")[:-1]
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)

    def run(self) -> ParsedFile:
        root = self.built.root
        assert root is not None
        if not isinstance(root.children, Mapping) or is_flow(self.text, root):
            raise NotEditableError("no keys over lines")
        first = self.line(root.start)
        if self.lines[first][: self.column(root.start)].strip():
            raise NotEditableError("something stands before the first key")
        above = tuple(LooseLine(len(line) - len(line.lstrip(" ")), line.strip()) for line in self.lines[:first])
        return ParsedFile(above, self.group(root, self.built.data, len(self.lines), 0))

    def line(self, at: int) -> int:
        return bisect_right(self.starts, at) - 1

    def column(self, at: int) -> int:
        return at - self.starts[self.line(at)]

    def group(self, node: Node, data: object, end: int, column: int, *, inline: bool = False) -> Blocks:
        """Parse a collection; `end` is the line after it, `column` the column of its key or dash."""
        parts = list(self.parts(node, data))
        own = self.column(parts[0].start)
        if any(self.column(part.start) != own for part in parts):
            raise NotEditableError("parts of one collection stand in several columns")
        blocks: list[Block] = []
        head: Lines = ()
        foot: Lines = ()
        for part, following in zip(parts, [*parts[1:], None], strict=True):
            last = self.last_line(part)
            stop = end if following is None else self.line(following.start)
            if stop < last:
                raise NotEditableError("two parts stand on one line")
            more = self.end_of_deeper_comments(last, stop, own)
            if following is None:  # comments stay at the end of the collection to which their column belongs
                more = (
                    last if self.is_leaf(part.node) else self.end_of_deeper_comments(last, stop, self.inner(part) - 1)
                )
            blocks.append(self.block(part, own, last, more, head))
            head = self.loose_lines(more, stop, own)
        foot, head = head, ()
        return Blocks(tuple(blocks), isinstance(node.children, Mapping), own - column, inline, "", foot)

    def parts(self, node: Node, data: object) -> Iterator[_Part]:
        """Yield the keys or items of a collection."""
        children = node.children
        if isinstance(children, Mapping):
            yield from (self.entry(key, entry, data) for key, entry in children.items())
            return
        assert isinstance(children, Sequence)
        assert isinstance(data, list)
        at = node.start
        for number, child in enumerate(children):
            dash = self.dash(at)
            part = _Part(None, dash, dash + 1, child, data[number])
            yield part
            at = self.starts[self.last_line(part)]

    def dash(self, at: int) -> int:
        """Return the offset of the next dash."""
        line = self.line(at)
        while line < len(self.lines) and (not (words := self.lines[line].lstrip(" ")) or words.startswith("#")):
            line += 1
            at = self.starts[line]
        while self.text[at : at + 1] == " ":
            at += 1
        if self.text[at : at + 1] != "-":
            raise NotEditableError("an unusual list")
        return at

    def entry(self, key: object, entry: Entry, data: object) -> _Part:
        assert isinstance(data, dict)
        colon = _COLON.match(self.text, entry.end)
        if colon is None or "\n" in self.text[entry.start : entry.end] or self.text[entry.start] == "*":
            raise NotEditableError("an unusual key")
        return _Part(key, entry.start, colon.end(), entry.value, data[key])

    def last_line(self, part: _Part) -> int:
        """Return the number of the line after a part, without the comments below it."""
        end = max(part.node.end, part.behind)
        line = self.line(part.start + len(self.text[part.start : end].rstrip()))
        if part.node.children is None and _KEEPS.match(self.text, part.node.start):
            while line + 1 < len(self.lines) and not self.lines[line + 1].strip():
                line += 1
        return line + 1

    def end_of_deeper_comments(self, start: int, stop: int, column: int) -> int:
        """Return the line up to which comments are indented more than `column`."""
        found = start
        for number in range(start, stop):
            words = self.lines[number].lstrip(" ")
            if words and not words.startswith("#"):
                raise NotEditableError("something stands loose_lines the parts")
            if words and len(self.lines[number]) - len(words) <= column:
                break
            found = number + 1 if words else found
        return found

    def loose_lines(self, start: int, stop: int, column: int) -> Lines:
        """Return comment and empty lines relative to a column."""
        lines = self.lines[start:stop]
        return tuple(
            LooseLine(len(line) - len(line.lstrip(" ")) - column if line.strip() else 0, line.strip()) for line in lines
        )

    def block(self, part: _Part, column: int, last: int, more: int, head: Lines) -> Block:
        node, first = part.node, self.line(part.start)
        before = self.lines[first][:column]
        if before.strip(" -"):
            raise NotEditableError("something stands before a part")
        label = self.text[part.start : part.behind]
        gap = self.text[part.behind : node.start]
        if self.is_leaf(node):
            leaf = self.leaf(part, column, first, last)
            return Block(part.name, part.name, label, leaf, head, self.loose_lines(last, more, column))
        below = self.line(node.start) > first
        comment = self.lines[first][part.behind - self.starts[first] :] if below else ""
        words = [line.strip() for line in gap.split("\n")]
        if not _BEHIND.fullmatch(comment) or any(line and line[0] != "#" for line in words):
            raise NotEditableError("an anchor or tag")
        group = self.group(node, part.data, more, column, inline=not below)
        above = self.loose_lines(first + 1, self.line(node.start), column + group.step) if below else ()
        blocks = group.blocks
        if above and isinstance(blocks[0], Block):
            blocks = (replace(blocks[0], head=above), *blocks[1:])
        group = Blocks(blocks, group.keyed, group.step, not below, comment.rstrip(), group.foot)
        return Block(part.name, part.name, label, group, head)

    def inner(self, part: _Part) -> int:
        """Return the column of the parts of a part."""
        return self.column(next(self.parts(part.node, part.data)).start)

    def is_leaf(self, node: Node) -> bool:
        """Return whether a value is not split further."""
        return node.children is None or is_flow(self.text, node) or self.text[node.start] == "*"

    def leaf(self, part: _Part, column: int, first: int, last: int) -> Atom:
        raw = self.text[part.node.start : part.node.end]
        behind = part.behind - self.starts[first]
        if raw.startswith("*"):
            raise NotEditableError("an alias")
        if last == first + 1:
            start = part.node.start - self.starts[first] if raw else behind
            gap, rest = self.lines[first][behind:start], self.lines[first][start + len(raw) :]
            if gap.strip() or not _BEHIND.fullmatch(rest):
                raise NotEditableError("an anchor or tag")
            comment = rest.rstrip()
            return Atom(part.data, (raw,), gap, f" {comment}" if comment.startswith("#") else comment)
        if self.text[part.behind : part.node.start].strip(" \n")[:1] in ("&", "!"):
            raise NotEditableError("an anchor or tag")
        lines = [self.lines[first][behind:]]
        for line in self.lines[first + 1 : last]:
            if line[:column].strip():
                raise NotEditableError("lines further left than their key")
            lines.append(line[column:])
        return Atom(part.data, tuple(lines), "")
