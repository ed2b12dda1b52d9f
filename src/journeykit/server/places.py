"""What stands at a place of a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from journeykit.source import Node, Part, Path, Source, Span


class Place(NamedTuple):
    """A key, a plain value or a text in a file, and where it stands."""

    path: Path
    part: Part
    span: Span


def place_at(source: Source, offset: int) -> Place | None:
    """The key or the plain value that an offset touches; None in between."""
    node: Node | None = source.root
    path: Path = ()
    while node is not None:
        if node.children is None:
            return Place(path, "value", Span(node.start, node.end)) if node.start < node.end else None
        found = _touched(node, path, offset)
        if isinstance(found, Place):
            return found
        node, path = found or (None, path)
    return None


def _touched(node: Node, path: Path, offset: int) -> Place | tuple[Node, Path] | None:
    """The key of a collection that an offset touches, or the value with its path."""
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
    """A cursor right behind a word touches it; behind a collection, it is in what follows."""
    return node.start <= offset < node.end or (node.children is None and offset == node.end)
