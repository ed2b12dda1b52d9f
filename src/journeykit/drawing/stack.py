"""Pieces of text under one another, each wrapped to one width: what most lanes are made of."""

from __future__ import annotations

from journeykit.drawing import text
from journeykit.drawing.scene import Mark, Role


class Stack:
    """Text from `top` downwards, its left edge at `x`; `bottom` is where the next piece will begin."""

    def __init__(self, x: float, top: float, width: float) -> None:
        self.x = x
        self.top = top
        self.bottom = top
        self.width = max(width, 12.0)
        self.marks: list[Mark] = []

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def add(
        self,
        words: str,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
        colour: Role = "ink",
        indent: float = 0.0,
        kind: str = "",
    ) -> None:
        """A text below what there is, `indent` points further in; a little smaller if that keeps a word whole."""
        size = text.whole(words, size, self.width - indent, bold=bold, italic=italic)
        lines = text.wrap(words, size, self.width - indent, bold=bold, italic=italic)
        self.marks += text.block(
            lines,
            self.x + indent,
            self.bottom,
            size,
            bold=bold,
            italic=italic,
            colour=colour,
            kind=kind,
        )
        self.bottom += text.block_height(len(lines), size)

    def space(self, height: float) -> None:
        """Room before the next piece, none above the first."""
        if self.marks:
            self.bottom += height
