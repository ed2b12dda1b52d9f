"""A column of wrapped text, from which most lanes are built."""

from __future__ import annotations

from journeykit.drawing.scene import Mark, Role
from journeykit.drawing.text import Typesetter, block_height


class Stack:
    """Text from `top` downwards with its left edge at `x`; `bottom` is where the next text begins."""

    def __init__(self, text: Typesetter, x: float, top: float, width: float) -> None:
        self.text = text
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
        color: Role = "ink",
        indent: float = 0.0,
        kind: str = "",
    ) -> None:
        """Add a text at the bottom, `indent` points from the left; slightly smaller if that keeps a word whole."""
        width = self.width - indent
        size = self.text.fitting_size(words, size, width, bold=bold, italic=italic)
        lines = self.text.wrap(words, size, width, bold=bold, italic=italic)
        self.marks += self.text.block(
            lines,
            self.x + indent,
            self.bottom,
            size,
            bold=bold,
            italic=italic,
            color=color,
            kind=kind,
        )
        self.bottom += block_height(len(lines), size)

    def space(self, height: float) -> None:
        """Add space before the next text; none above the first."""
        if self.marks:
            self.bottom += height
