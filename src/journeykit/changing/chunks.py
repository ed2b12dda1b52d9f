"""Keys and items as groups of lines, each with the comments that belong to it, for the canonical layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from journeykit.changing.comment_cursor import DIRECTIVE
from journeykit.changing.order import KeyLayout


@dataclass(slots=True)
class Chunk:
    """A key or item: whether an empty line is above it, the comments above it, and its own lines."""

    key: Any
    blank: bool
    head: list[str]
    lines: list[str]


def join(chunks: Sequence[Chunk], foot: Sequence[str] = ()) -> list[str]:
    """Return all lines in order; `foot` are the comments at the end."""
    lines: list[str] = []
    for chunk in chunks:
        lines += [*[""] * chunk.blank, *chunk.head, *chunk.lines]
    return [*lines, *foot]


def sort_keys(chunks: list[Chunk], shape: KeyLayout, above: Sequence[str] = ()) -> list[Chunk]:
    """Sort the keys of a mapping canonically; `above` are the comments directly before the mapping.

    A finding on the whole mapping is reported at its first key, so that key stays first where a suppression is near
    it. The empty line above the first key, and a heading that an empty line separates from it, stay at the top.
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
    """Return the lines that can hold comments on the keys themselves."""
    return [line for chunk in chunks for line in (*chunk.head, chunk.lines[0], chunk.lines[-1])]
