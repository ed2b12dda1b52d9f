"""Convert offsets in code points to positions of the protocol, and back, in the negotiated encoding.

By default editors count UTF-16 code units, in which an emoji is two characters.
"""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol.types import Position, PositionEncodingKind, Range

from journeykit.source import Position as Place
from journeykit.source import Source, Span

WIDTHS: dict[str, str] = {PositionEncodingKind.Utf8: "utf-8", PositionEncodingKind.Utf16: "utf-16-le"}
UNIT = {"utf-8": 1, "utf-16-le": 2}
MARK = "\ufeff"
"""A byte order mark; the text in the editor may have it, a source never has."""


@dataclass(frozen=True)
class Positions:
    """Conversion of positions of a text. A position beyond a line or the text is its end."""

    source: Source
    encoding: PositionEncodingKind | str = PositionEncodingKind.Utf16
    marked: bool = False
    """Whether the text in the editor starts with a byte order mark."""

    def position(self, offset: int) -> Position:
        """Return the position of an offset of the source."""
        line, column = self.source.position(offset)
        return Position(line - 1, self._units(self._line(line - 1)[: column - 1 + self._shift(line - 1)]))

    def range_of(self, span: Span) -> Range:
        """Return the range of a span of the source."""
        return Range(self.position(span.start), self.position(max(span.start, span.end)))

    def offset(self, position: Position) -> int:
        """Return the offset of a position."""
        lines = self.source.lines
        if position.line >= len(lines):
            return len(self.source.text)
        text = self._line(position.line)
        column = self._code_points(text, position.character) - self._shift(position.line)
        column = max(0, min(column, len(lines[position.line])))
        return self.source.offset(Place(position.line + 1, column + 1))

    def span_of(self, place: Range) -> Span:
        """Return the span of a range."""
        return Span(self.offset(place.start), self.offset(place.end))

    def whole(self) -> Range:
        """Return the range of the whole text."""
        return Range(Position(0, 0), self.position(len(self.source.text)))

    def _shift(self, line: int) -> int:
        return int(self.marked and line == 0)

    def _line(self, line: int) -> str:
        return MARK * self._shift(line) + self.source.lines[line]

    def _units(self, text: str) -> int:
        width = WIDTHS.get(self.encoding)
        if width is None or text.isascii():
            return len(text)
        return len(text.encode(width, "surrogatepass")) // UNIT[width]

    def _code_points(self, text: str, units: int) -> int:
        width = WIDTHS.get(self.encoding)
        if width is None or text.isascii():
            return units
        cut = text.encode(width, "surrogatepass")[: units * UNIT[width]]
        return len(cut.decode(width, "ignore"))
