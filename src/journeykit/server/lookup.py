"""Find the key or value at an offset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from journeykit.source import KeyOrValue, KeyPath, Node, Source, Span


class Located(NamedTuple):
    """A key or scalar value in a file, and its span."""

    path: KeyPath
    part: KeyOrValue
    span: Span


def located_at(source: Source, offset: int) -> Located | None:
    """Return the key or scalar value at an offset; None if there is none."""
    node: Node | None = source.root
    path: KeyPath = ()
    while node is not None:
        if node.children is None:
            return Located(path, "value", Span(node.start, node.end)) if node.start < node.end else None
        found = _touched(node, path, offset)
        if isinstance(found, Located):
            return found
        node, path = found or (None, path)
    return None


def _touched(node: Node, path: KeyPath, offset: int) -> Located | tuple[Node, KeyPath] | None:
    """Return the key of a collection at an offset, or the value there with its path."""
    if isinstance(node.children, Mapping):
        for key, entry in node.children.items():
            if entry.start <= offset <= entry.end:
                return Located((*path, key), "key", Span(entry.start, entry.end))
            if _holds(entry.value, offset):
                return entry.value, (*path, key)
    else:
        for number, item in enumerate(node.children or ()):
            if _holds(item, offset):
                return item, (*path, number)
    return None


def _holds(node: Node, offset: int) -> bool:
    """Return whether an offset is in a node, or directly after it if it is a scalar."""
    return node.start <= offset < node.end or (node.children is None and offset == node.end)
