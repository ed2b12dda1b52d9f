"""Folding: every list, mapping and text of several lines, from the line of its key to its last line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lsprotocol.types import FoldingRange

from journeykit.server.analysis import Analysis
from journeykit.source import Node, Span


class Lines(NamedTuple):
    """The first and the last line of what can be folded."""

    first: int
    last: int


def folding_ranges(analysis: Analysis) -> list[FoldingRange]:
    """Return what can be folded, each line once as a start: the longest part that starts there."""
    source = analysis.partial.source
    if source.root is None:
        return []
    longest: dict[int, int] = {}
    for start, end in _parts(source.root):
        end = start + len(source.text[start:end].rstrip())
        lines = _lines(analysis, Span(start, end))
        if lines.last > lines.first:
            longest[lines.first] = max(lines.last, longest.get(lines.first, 0))
    return [FoldingRange(first, last) for first, last in sorted(longest.items())]


def _lines(analysis: Analysis, span: Span) -> Lines:
    found = analysis.positions.range_of(span)
    return Lines(found.start.line, found.end.line)


def _parts(node: Node) -> Iterator[tuple[int, int]]:
    """Yield the offsets of all values below a node, from their keys; an alias has nothing of its own."""
    if isinstance(node.children, Mapping):
        for entry in node.children.values():
            yield entry.start, entry.value.end
            if node.start <= entry.start:
                yield from _parts(entry.value)
    else:
        for item in node.children or ():
            if node.start <= item.start <= node.end:
                yield item.start, item.end
                yield from _parts(item)
