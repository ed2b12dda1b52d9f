"""The key or value at an offset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from journeykit.source import KeyOrValue, KeyPath, Node, Source, Span


class Place(NamedTuple):
    """A key, plain value or text in a file, and its span."""

    path: KeyPath
    part: KeyOrValue
    span: Span


def place_at(source: Source, offset: int) -> Place | None:
    """Return the key or plain value that an offset touches; None between them."""
    node: Node | None = source.root
    path: KeyPath = ()
    while node is not None:
        if node.children is None:
            return Place(path, "value", Span(node.start, node.end)) if node.start < node.end else None
        found = _touched(node, path, offset)
        if isinstance(found, Place):
            return found
        node, path = found or (None, path)
    return None


def _touched(node: Node, path: KeyPath, offset: int) -> Place | tuple[Node, KeyPath] | None:
    """Return the key of a collection that an offset touches, or the value with its path."""
    if isinstance(node.children, Mapping):
        for key, entry in node.children.items():
            if entry.start <= offset <= entry.end:
                return Place((*path, key), "key", Span(entry.start, entry.end))
            if _holds(entry.value, offset):
                return entry.value, (*path, key)
    else:
        for number, item in enumerate(node.children or ()):
            if _holds(item, offset):
                return item, (*path, number)
    return None


def _holds(node: Node, offset: int) -> bool:
    """Return whether an offset touches a span: directly behind a word it does, behind a collection it does not."""
    return node.start <= offset < node.end or (node.children is None and offset == node.end)
