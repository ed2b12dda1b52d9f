"""Keys and items with the comments that belong to them, as lines that can be moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from journeykit.changing.cursor import DIRECTIVE
from journeykit.changing.order import Shape


@dataclass(slots=True)
class Chunk:
    """A key or an item: an empty line above or not, the comments above (with empty lines among them), its own lines."""

    key: Any
    blank: bool
    head: list[str]
    lines: list[str]


def joined(chunks: Sequence[Chunk], foot: Sequence[str] = ()) -> list[str]:
    """All lines, one after the other; `foot` are the comments that end them."""
    lines: list[str] = []
    for chunk in chunks:
        lines += [*[""] * chunk.blank, *chunk.head, *chunk.lines]
    return [*lines, *foot]


def in_order(chunks: list[Chunk], shape: Shape, above: Sequence[str] = ()) -> list[Chunk]:
    """The keys of a mapping in canonical order; `above` are the comments directly before it.

    The first key is where a finding on the whole mapping stands, so it stays where a comment speaks to lint. An
    empty line stays where the first key goes to, and a heading that an empty line sets off stays at the top.
    """
    ranked = sorted(chunks, key=lambda chunk: shape.rank(chunk.key)) if shape.ranks else chunks
    if not ranked or ranked[0] is chunks[0]:
        return ranked
    first, new = chunks[0], ranked[0]
    if any(DIRECTIVE.search(line) for line in (*above, *_around(chunks))):
        ranked.remove(first)
        return [first, *ranked]
    first.blank, new.blank = new.blank, first.blank
    heading = len(first.head) - first.head[::-1].index("") if "" in first.head else 0
    new.head[:0], first.head[:heading] = first.head[:heading], []
    return ranked


def _around(chunks: Sequence[Chunk]) -> list[str]:
    """The lines on which comments on the keys themselves can stand."""
    return [line for chunk in chunks for line in (*chunk.head, chunk.lines[0], chunk.lines[-1])]
