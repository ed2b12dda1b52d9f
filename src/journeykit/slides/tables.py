"""Tables below each other on slides, with as many slides as they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import ceil
from typing import Any, NamedTuple, TypeVar

from lxml import etree
from pptx.oxml.ns import qn
from pptx.util import Pt

from journeykit.drawing.scene import Role
from journeykit.drawing.text import Typesetter
from journeykit.drawing.themes import Theme
from journeykit.drawing.writers.shapes import Style, color_of, write_line

LEFT, RIGHT, TOP, BOTTOM = 40.0, 920.0, 108.0, 512.0
"""Where tables may be on a slide of 960 × 540 points."""
SIZES = (18.0, 16.0, 14.0, 13.0)
"""Sizes of text in points: the largest at which all tables fit on one slide, else the last."""
HEADING = 1.2
"""Size of a heading in sizes of text."""
BETWEEN = 18.0
LINE, PADDING, INSETS = 1.25, 10.0, 14.0
"""Height of a line in sizes of text, and the height of a row and the width of a column that are not text."""
LOOSE = 1.1
"""Factor by which texts may be wider in the viewer's font."""
PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The style of tables without colors and lines."""


T = TypeVar("T")


class Column(NamedTuple):
    """A column of a table, its title and its part of the width."""

    title: str
    part: float


class Row(NamedTuple):
    """A row of a table; the first cell may have a color of its own."""

    cells: tuple[str, ...]
    color: Role = "ink"


class Block(NamedTuple):
    """A table with an optional heading."""

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    heading: str = ""


class Tables:
    """Adds tables to slides. `new_slide` makes the next one when a slide is full."""

    def __init__(self, theme: Theme, lang: str, from_right: bool, new_slide: Callable[[], Any]) -> None:
        self.theme, self.lang, self.from_right, self.new_slide = theme, lang, from_right, new_slide
        self.text = Typesetter(theme.font)
        self.size = SIZES[-1]

    def add(self, blocks: Sequence[Block]) -> None:
        """Add tables below each other; their rows are divided where a slide ends."""
        self.size = next((size for size in SIZES if self.whole(blocks, size) <= BOTTOM - TOP), SIZES[-1])
        slide, y = self.new_slide(), TOP
        for block in blocks:
            head = self.head(block)
            left = list(block.rows)
            while left:
                fitting = self.fitting(left, block, BOTTOM - y - head)
                if not fitting and y > TOP:
                    slide, y = self.new_slide(), TOP
                    continue
                fitting = max(fitting, 1)  # a row that is higher than a slide has one of its own
                y = self.table(slide, block, left[:fitting], y) + BETWEEN
                left = left[fitting:]

    def whole(self, blocks: Sequence[Block], size: float) -> float:
        """Return the height of all tables with text of a size."""
        self.size = size
        heights = [self.head(block) + sum(self.height(row.cells, block) for row in block.rows) for block in blocks]
        return sum(heights) + BETWEEN * (len(blocks) - 1)

    def head(self, block: Block) -> float:
        """Return the height of the heading and of the row of titles."""
        return self.heading(block) + self.height([column.title for column in block.columns], block)

    def heading(self, block: Block) -> float:
        return HEADING * self.size * LINE + 8 if block.heading else 0.0

    def fitting(self, rows: Sequence[Row], block: Block, room: float) -> int:
        """Return how many rows fit into a height."""
        count, height = 0, 0.0
        for row in rows:
            height += self.height(row.cells, block)
            if height > room:
                break
            count += 1
        return count

    def height(self, cells: Sequence[str], block: Block) -> float:
        """Return about how high a row will be."""
        lines = [
            sum(
                max(1, ceil(LOOSE * self.text.measure(line, self.size) / (width - INSETS))) for line in cell.split("\n")
            )
            for cell, width in zip(cells, self.widths(block), strict=True)
        ]
        return max(lines) * self.size * LINE + PADDING

    def widths(self, block: Block) -> list[float]:
        """Return the widths of the columns: their parts, but no word is broken while another column has room."""
        whole = sum(column.part for column in block.columns)
        least = [self.longest_word(block, at) for at in range(len(block.columns))]
        shares = [(RIGHT - LEFT) * column.part / whole for column in block.columns]
        lacking = sum(max(0.0, word - share) for word, share in zip(least, shares, strict=True))
        spare = sum(max(0.0, share - word) for word, share in zip(least, shares, strict=True)) or 1.0
        taken = min(1.0, lacking / spare)
        return [
            share - taken * (share - word)
            if share > word
            else share + (word - share) * min(1.0, spare / (lacking or 1.0))
            for word, share in zip(least, shares, strict=True)
        ]

    def longest_word(self, block: Block, at: int) -> float:
        texts = [block.columns[at].title, *(row.cells[at] for row in block.rows)]
        words = [word for text in texts for word in text.split()]
        return max((LOOSE * self.text.measure(word, self.size, bold=True) for word in words), default=0.0) + INSETS

    def table(self, slide: Any, block: Block, rows: Sequence[Row], y: float) -> float:
        """Add a table with a heading; return where it ends."""
        if block.heading:
            box = slide.shapes.add_textbox(Pt(LEFT), Pt(y), Pt(RIGHT - LEFT), Pt(self.heading(block)))
            box.text_frame.word_wrap = True
            self.words(box.text_frame.paragraphs[0], block.heading, HEADING * self.size, "accent", bold=True)
            y += self.heading(block)
        all_rows = [Row(tuple(column.title for column in block.columns)), *rows]
        heights = [self.height(row.cells, block) for row in all_rows]
        place = (Pt(LEFT), Pt(y), Pt(RIGHT - LEFT), Pt(sum(heights)))
        frame = slide.shapes.add_table(len(all_rows), len(block.columns), *place)
        table = frame.table
        table.horz_banding = False
        properties = table._tbl.tblPr
        properties.find(qn("a:tableStyleId")).text = PLAIN
        widths = self.widths(block)
        for column, width in zip(table.columns, self.sided(widths), strict=True):
            column.width = Pt(width)
        for number, (row, height) in enumerate(zip(all_rows, heights, strict=True)):
            table.rows[number].height = Pt(height)
            for at, (cell, text) in enumerate(zip(self.sided(table.rows[number].cells), row.cells, strict=True)):
                color: Role = "muted" if number == 0 else "ink" if at else row.color
                self.cell(cell, text, color, head=number == 0)
        return y + sum(heights)

    def sided(self, columns: Iterable[T]) -> list[T]:
        """Return columns from left to right, or the other way; not all programs turn a table round."""
        return [*columns][::-1] if self.from_right else [*columns]

    def cell(self, cell: Any, text: str, color: Role, head: bool) -> None:
        first, *further = text.split("\n")
        self.words(cell.text_frame.paragraphs[0], first, self.size, color, bold=head)
        for line in further:
            self.words(cell.text_frame.add_paragraph(), line, self.size, "muted")
        cell.margin_left = cell.margin_right = Pt(7)
        cell.margin_top = cell.margin_bottom = Pt(PADDING / 2)
        properties = cell._tc.get_or_add_tcPr()
        line_below = etree.SubElement(properties, qn("a:lnB"), w=str(round(12700 * (1.5 if head else 0.5))))
        fill = etree.SubElement(etree.SubElement(line_below, qn("a:solidFill")), qn("a:srgbClr"))
        fill.set("val", str(color_of(self.theme, "ink" if head else "rule")))
        cell.fill.background()

    def words(self, paragraph: Any, text: str, size: float, color: Role, *, bold: bool = False) -> None:
        align = "r" if self.from_right else "l"
        write_line(paragraph, text, Style(self.theme, self.lang, size, color, bold, align=align))
