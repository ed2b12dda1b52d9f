"""Move items of lists in the text of a file, with the comments above them, within a list or to another one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from journeykit.changing.data import same_data
from journeykit.changing.edits import Edit, apply_edits
from journeykit.changing.parsed_text import NotEditableError, ParsedText, node_of
from journeykit.changing.removing import spans_of
from journeykit.linting.suppression import comments_of
from journeykit.reading import Document, read_text
from journeykit.reading.schema_guesses import at_path
from journeykit.source import Entry, KeyPath

_EMPTY_LINES = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*")
_LINE = re.compile(r"(?<![^\r\n])(?=[^\r\n])")
"""The start of a line that is not empty; a carriage return alone ends a line too."""
_INDENT = re.compile(r"(?<![^\r\n]) *")


class Chunk(NamedTuple):
    """An item with the comments above it, as whole lines: the empty lines before them, and where the item stands."""

    empty: str
    text: str
    start: int
    end: int


class Block(NamedTuple):
    """A list over lines: its items, and the column of their dashes."""

    chunks: list[Chunk]
    column: int


def moved(document: Document, item: KeyPath, before: KeyPath) -> Document | None:
    """Return a document in which an item stands before another one, or at the end of its list.

    Paths are those of the document as it is. None if the list is in brackets, or anything else would change or get
    lost, such as an anchor that then follows its alias.
    """
    assert document.yaml is not None
    assert document.yaml.root is not None
    parsed = ParsedText(document.source.text, document.yaml.root, document.yaml.data)
    try:
        edits = _edits(parsed, item, before)
        text = apply_edits(parsed.text, edits)
        if not parsed.text.endswith(("\n", "\r")):
            text = text.removesuffix(parsed.line_break)
    except (NotEditableError, ValueError):
        return None
    after = read_text(text, document.source.name, document.shared)
    if after.journey is None or after.yaml is None or not same_data(after.yaml.data, _expected(parsed, item, before)):
        return None
    old, new = (sorted(one.text for one in comments_of(each.source)) for each in (document, after))
    return after if old == new else None


def _expected(parsed: ParsedText, item: KeyPath, before: KeyPath) -> Any:
    data = deepcopy(parsed.data)
    source, target = at_path(data, item[:-1]), at_path(data, before[:-1])
    at, place = int(item[-1]), int(before[-1])
    value = source.pop(at)
    target.insert(place - (source is target and place > at), value)
    return data


def _edits(parsed: ParsedText, item: KeyPath, before: KeyPath) -> list[Edit]:
    source, at, place = block_of(parsed, item[:-1]), int(item[-1]), int(before[-1])
    chunk = source.chunks[at]
    rest = [*source.chunks[:at], *source.chunks[at + 1 :]]
    if item[:-1] == before[:-1]:
        place -= place > at
        return [_rewritten(source, [*rest[:place], chunk, *rest[place:]], chunk)]
    target = block_of(parsed, before[:-1])
    shifted = chunk._replace(text=indented(chunk.text, target.column - source.column))
    written = _rewritten(target, [*target.chunks[:place], shifted, *target.chunks[place:]], shifted)
    return [written, _rewritten(source, rest, chunk) if rest else _emptied(parsed, item[:-1], chunk)]


def block_of(parsed: ParsedText, path: KeyPath) -> Block:
    """Return a list over lines as chunks. Raise NotEditableError for one in brackets, or an alias."""
    entry = parsed.child(path)
    node = node_of(entry)
    if parsed.is_alias(node) or not isinstance(node.children, Sequence) or not node.children:
        raise NotEditableError("no list over lines")
    if parsed.in_flow((*path, 0)) or not isinstance(entry, Entry):
        raise NotEditableError("a list in brackets")
    top = parsed.next_line(entry.end)
    chunks = []
    for span in spans_of(parsed, node, list(node.children)):
        start = parsed.line_start(span.start)
        if start < top or parsed.before(span.start).strip():
            raise NotEditableError("something else is on the line")
        column = parsed.column(span.start)
        end = _end_of_item(parsed, span.end, column)
        found = _EMPTY_LINES.match(parsed.text, top, start)
        empty = found[0] if found else ""
        chunks.append(Chunk(empty, _ended(parsed, parsed.text[top + len(empty) : end]), top, end))
        top = end
    return Block(chunks, column)


def _end_of_item(parsed: ParsedText, end: int, column: int) -> int:
    """Return the offset behind an item, with the comments below it that are indented as its keys are."""
    end = parsed.next_line(end)
    while end < len(parsed.text):
        line = parsed.behind(end)
        if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) <= column:
            break
        end = parsed.next_line(end)
    return end


def _ended(parsed: ParsedText, text: str) -> str:
    return text if text.endswith(("\n", "\r")) else text + parsed.line_break


def _rewritten(block: Block, chunks: Sequence[Chunk], new: Chunk) -> Edit:
    """Return the edit that writes the chunks of a list; the empty lines above it stay, the new one gets the usual."""
    between = Counter(one.empty for one in block.chunks[1:]).most_common(1)
    usual = between[0][0] if between else ""
    first = block.chunks[0]
    parts = [first.empty + chunks[0].text]
    for one in chunks[1:]:
        parts.append((usual if one is new or one.start == first.start else one.empty) + one.text)
    return Edit(first.start, block.chunks[-1].end, "".join(parts))


def _emptied(parsed: ParsedText, path: KeyPath, last: Chunk) -> Edit:
    """Return the edit that takes the last item out of a list, which stays as an empty one."""
    entry = parsed.child(path)
    assert isinstance(entry, Entry)
    colon = parsed.text.index(":", entry.end) + 1
    rest = parsed.behind(colon).rstrip()
    if rest and not rest.lstrip().startswith("#"):
        raise NotEditableError("an anchor")
    return Edit(colon, last.end, f" []{rest}{parsed.line_break}")


def indented(text: str, by: int) -> str:
    """Return lines indented by more or fewer columns."""
    if by >= 0:
        return _LINE.sub(" " * by, text)
    return _INDENT.sub(lambda match: match[0][-by:], text)
