"""The canonical layout of a journey: its text is split at keys and items, sorted and indented anew.

Nothing is dumped: quotes, block scalars, comments and flow collections are kept as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from journeykit.changing.chunks import Chunk, join, sort_keys
from journeykit.changing.comment_cursor import DIRECTIVE, CommentCursor, NoLayoutError
from journeykit.changing.flow import is_flow, is_simple, lines_around, shifted, tidy
from journeykit.changing.multiline import block_text, is_block_text, over_lines
from journeykit.changing.order import KeyLayout, journey_shape
from journeykit.source import Entry, Node

STEP = 2
"""Indentation of what is below a key or after a dash."""
_ALIAS = re.compile(r"\*\S+")
_COLON = re.compile(r"[ \t]*:(?=\s|\Z)")


def canonical_layout(text: str, root: Node) -> str:
    """Return a text with LF line breaks in canonical layout. Raise NoLayoutError where it has none."""
    return _Layout(text).run(root)


class _Layout(CommentCursor):
    def run(self, root: Node) -> str:
        start = self.text.rfind("\n", 0, root.start) + 1
        if self.text[start : root.start].strip(" "):
            raise NoLayoutError("the first key does not stand on a line of its own", root.start)
        lines = self.opening(start)
        self.at = root.start
        if self.expands(root, journey_shape()):
            lines += self.expanded(root, 0, journey_shape())
            comment = self.leave(root.end)
            lines += [comment.strip(" \t")] if comment else []
        elif is_flow(self.text, root):
            lines += self.leaf("", root, 0, 0)
        else:
            lines += join(*self.mapping(root, 0, journey_shape(), lines))
        return "\n".join(lines + self.ending()) + "\n"

    def mapping(
        self, node: Node, indent: int, shape: KeyLayout, above: Sequence[str] = ()
    ) -> tuple[list[Chunk], list[str]]:
        """Return the keys of a mapping and the comments at its end; `above` are the comments directly before it."""
        column, chunks = self.column(self.at), []
        assert isinstance(node.children, Mapping)
        for key, entry in node.children.items():
            blank, head = self.head(indent)
            chunks.append(Chunk(key, blank, head, self.entry(entry, indent, column, shape.below(key))))
        foot = self.foot(column, indent)
        if self.has_links and "&" in self.text[node.start : node.end]:
            return chunks, foot  # an anchor has to stay before its aliases
        return sort_keys(chunks, shape, above), foot

    @property
    def has_links(self) -> bool:
        return "&" in self.text and "*" in self.text

    def entry(self, entry: Entry, indent: int, column: int, shape: KeyLayout) -> list[str]:
        """Return the lines of a key and its value; `column` is its column now, `indent` the new one."""
        properties, _, below = self.before(entry.start)
        key = self.text[entry.start : entry.end]
        colon = _COLON.match(self.text, entry.end)
        if below or colon is None or "\n" in key:
            raise NoLayoutError("a key over several lines has no canonical layout", entry.start)
        self.at = colon.end()
        prefix = " " * indent + f"{properties} {key}".lstrip(" ") + " " * key.startswith("*") + ":"
        node = entry.value
        if node.start == node.end:
            return [prefix + self.leave(self.at)]
        properties, comment, below = self.before(node.start)
        prefix += f" {properties}".rstrip(" ")
        if self.expands(node, shape):
            above = self.head(indent + STEP)[1]
            comment += self.leave(node.end)
            return [prefix + comment, *above, *self.expanded(node, indent + STEP, shape)]
        if self.is_block(node):
            return [prefix + comment, *join(*self.collection(node, indent + STEP, column, shape))]
        return self.value(prefix, node, indent, column, comment if below else None)

    def collection(
        self, node: Node, indent: int, column: int, shape: KeyLayout, above: Sequence[str] = ()
    ) -> tuple[list[Chunk], list[str]]:
        """Return the parts of a block collection and the comments at its end."""
        if isinstance(node.children, Mapping):
            return self.mapping(node, indent, shape, above)
        return self.sequence(node, indent, column, shape)

    def sequence(self, node: Node, indent: int, above: int, shape: KeyLayout) -> tuple[list[Chunk], list[str]]:
        """Return the items of a list and the comments at its end; `above` is the column of its key."""
        column, chunks = self.column(self.at), []
        assert isinstance(node.children, Sequence)
        for item in node.children:
            blank, head = self.head(indent)
            if self.text[self.at] != "-":
                raise NoLayoutError("an item without a dash before it has no canonical layout", item.start)
            more, lines = self.item(item, indent, column, shape, head)
            chunks.append(Chunk(None, blank, [*head, *more], lines))
        return chunks, self.foot(max(column, above + 1), indent)

    def item(
        self, node: Node, indent: int, column: int, shape: KeyLayout, above: Sequence[str]
    ) -> tuple[list[str], list[str]]:
        """Return the comments above an item, and its lines."""
        self.at += 1
        prefix = " " * indent + "-"
        if node.end <= self.at:
            return [], [prefix + self.leave(self.at)]
        properties, comment, below = self.before(node.start)
        prefix += f" {properties}".rstrip(" ")
        if self.expands(node, shape):
            head = self.head(indent)[1]
            comments = [" " * indent + text.strip(" \t") for text in (comment, self.leave(node.end)) if text]
            lines = self.expanded(node, indent + STEP, shape)
            head = [*comments[:1], *head, *comments[1:]]
            return head, [prefix, *lines] if properties else _behind(prefix, lines)
        if not self.is_block(node):
            return [], self.value(prefix, node, indent, column, comment if below else None)
        chunks, foot = self.collection(node, indent + STEP, column, shape, above)
        if properties:
            return [], [prefix + comment, *join(chunks, foot)]
        head = [" " * indent + comment.strip(" \t")] if comment else []
        head += [line[STEP:] for line in chunks[0].head]
        chunks[0].head, chunks[0].blank = [], False
        return head, _behind(prefix, join(chunks, foot))

    def value(self, prefix: str, node: Node, indent: int, column: int, comment: str | None) -> list[str]:
        """Return a scalar, alias or flow collection; `comment` is None if it is on the line of its key."""
        if comment is None:
            return self.leaf(prefix + " ", node, indent, column)
        above = self.head(indent + STEP)[1]
        return [prefix + comment, *above, *self.leaf(" " * (indent + STEP), node, indent, column)]

    def leaf(self, prefix: str, node: Node, indent: int, column: int) -> list[str]:
        """Return a scalar, alias or flow collection with the comment after it."""
        if is_block_text(self.text, node):
            found = block_text(self.text, node, column, indent, STEP)
            self.leave(found.end)
            return [prefix + found.header, *found.lines]
        lines = self.inline(prefix, node, indent)
        lines[-1] += self.leave(node.end)
        return lines

    def inline(self, prefix: str, node: Node, indent: int) -> list[str]:
        """Return a value as it is written, after its key or dash."""
        raw = self.text[node.start : node.end]
        if "\n" not in raw:
            return [prefix + tidy(self.text, node)]
        if not is_flow(self.text, node):
            first, *rest = over_lines(raw, indent + STEP)
            return [prefix + first, *rest]
        line = self.text[self.text.rfind("\n", 0, node.start) + 1 : node.start]
        first, *rest = shifted(raw, _starts(line), _starts(prefix))
        return [prefix + first, *rest]

    def is_block(self, node: Node) -> bool:
        """Return whether a node is a block collection and not an alias of one."""
        if node.children is None or is_flow(self.text, node):
            return False
        return not _ALIAS.fullmatch(self.text, node.start, node.end)

    def expands(self, node: Node, shape: KeyLayout) -> bool:
        """Return whether a flow collection is written over lines.

        Not if a suppression is near it, which would then apply to one of the lines only.
        """
        if not (shape.block and node.children and is_flow(self.text, node) and is_simple(self.text, node)):
            return False
        return not DIRECTIVE.search(lines_around(self.text, node))

    def expanded(self, node: Node, indent: int, shape: KeyLayout) -> list[str]:
        """Return a flow collection as block lines."""
        pad = " " * indent
        if not isinstance(node.children, Mapping):
            return [
                line for item in node.children or () for line in self.expanded_value(f"{pad}-", item, indent, shape)
            ]
        chunks = []
        for key, entry in node.children.items():
            name = f"{pad}{self.text[entry.start : entry.end]}:"
            chunks.append(Chunk(key, False, [], self.expanded_value(name, entry.value, indent, shape.below(key))))
        return join(sort_keys(chunks, shape))

    def expanded_value(self, prefix: str, node: Node, indent: int, shape: KeyLayout) -> list[str]:
        """Return a value inside a flow collection that is written over lines."""
        if node.start == node.end:
            return [prefix]
        if not self.expands(node, shape):
            *lines, last = self.inline(f"{prefix} ", node, indent)
            return [*lines, last.rstrip()]  # of `[a: , b]` the first item is `a: `
        lines = self.expanded(node, indent + STEP, shape)
        return _behind(prefix, lines) if prefix.endswith("-") else [prefix, *lines]


def _behind(prefix: str, lines: list[str]) -> list[str]:
    """Put the first line after a dash."""
    return [f"{prefix} {lines[0].lstrip(' ')}", *lines[1:]]


def _starts(line: str) -> tuple[int, int]:
    """Return the column after spaces and dashes, and the length of what is before a bracket."""
    return len(line) - len(line.lstrip(" -")), len(line)
