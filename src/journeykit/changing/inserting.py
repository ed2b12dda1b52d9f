"""Insert an item before another one of a list, or at its end, with the empty lines that are usual there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from journeykit.changing.edits import Edit
from journeykit.changing.emitter import inline
from journeykit.changing.moving import block_of
from journeykit.changing.parsed_text import NotEditableError, ParsedText
from journeykit.changing.removing import spans_of
from journeykit.source import KeyPath

WIDEST = 120
"""The most characters of an item in braces."""


def insertion(parsed: ParsedText, path: KeyPath, number: int, value: Any) -> Edit:
    """Return the edit that inserts an item into a list that has some, before the item `number` or at the end.

    Raises NotEditableError for an alias, an empty list, and where something else is on the lines of its items.
    """
    node = parsed.node(path)
    if parsed.is_alias(node) or not isinstance(node.children, Sequence) or not node.children:
        raise NotEditableError("no list with items")
    if parsed.is_flow(node) or parsed.in_flow(path):
        return _in_brackets(parsed, path, number, value)
    block = block_of(parsed, path)
    chunks = block.chunks
    lines = _lines(parsed, path, value, block.column)
    text = "".join(line + parsed.line_break for line in lines)
    usual = Counter(one.empty for one in chunks[1:]).most_common(1)
    empty = usual[0][0] if usual else ""
    if number < len(chunks):
        at = chunks[number].start
        if number:
            return Edit(at, at, empty + text)
        at += len(chunks[0].empty)
        return Edit(at, at, text + empty)
    at = chunks[-1].end
    if at == len(parsed.text) and not parsed.text.endswith(("\n", "\r")):
        return Edit(at, at, parsed.line_break + empty + text.removesuffix(parsed.line_break))
    return Edit(at, at, empty + text)


def _lines(parsed: ParsedText, path: KeyPath, value: Any, column: int) -> list[str]:
    """Return the lines of a new item: in braces where its neighbours are."""
    children = parsed.node(path).children
    assert isinstance(children, Sequence)
    siblings = [child for child in children if child.children is not None]
    line = f"{' ' * column}- {inline(value)}"
    if siblings and all(parsed.is_flow(one) for one in siblings) and isinstance(value, dict) and len(line) <= WIDEST:
        return [line]
    return parsed.below([value], column)


def _in_brackets(parsed: ParsedText, path: KeyPath, number: int, value: Any) -> Edit:
    node = parsed.node(path)
    assert isinstance(node.children, Sequence)
    content = inline(value, flow=True)
    spans = spans_of(parsed, node, node.children)
    if number < len(spans):
        start = spans[number].start
        if parsed.before(start).strip():
            return Edit(start, start, f"{content}, ")
        at = parsed.line_start(start)
        return Edit(at, at, f"{parsed.before(start)}{content},{parsed.line_break}")
    last = spans[-1]
    if parsed.before(last.start).strip():
        return Edit(last.end, last.end, f", {content}")
    return Edit(last.end, last.end, f",{parsed.line_break}{parsed.before(last.start)}{content}")
