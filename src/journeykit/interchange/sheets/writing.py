"""The workbook of a journey: sheets with drop-downs, colors and notes on the headers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from journeykit.errors import UsageError
from journeykit.interchange.carry import CarryReport
from journeykit.interchange.sheets.cells import Cell
from journeykit.interchange.sheets.columns import Column, letters, sheet_plans
from journeykit.interchange.sheets.rows import Grid, grid_of, journey_rows
from journeykit.model.values import scale_bounds
from journeykit.vocabulary.channels import channels
from journeykit.vocabulary.feelings import LANGUAGES, feelings

LONGEST = 32_767
"""The characters that a cell holds."""
WORDS, JOURNEY, EXAMPLE = "Words", "Journey", "Example"
ALWAYS = ("Touchpoints", "Backstage", "Opportunities", "KPIs")
"""Sheets that are there also if they are empty."""
SHOWN = frozenset({
    "Stage", "Phase", "Id", "Touchpoint", "At", "Lasts", "Wait", "Channel", "By", "Does", "Thinks", "Quote", "Pains",
    "Feeling", "Satisfaction", "Expected", "Importance", "Moment of truth", "Why", "Tags",
})  # fmt: skip
"""Columns of touchpoints that are shown although they are empty; the others are folded away."""
A3, A4 = 8, 9
"""Numbers of papers in workbooks."""
LINE = 15
"""The height of a line in points."""
ROWS_TO_FILL = 500
"""How many empty rows have drop-downs."""
INK, HEAD, EDGE, BAND = "#1f2933", "#22577a", "#d5dde3", "#f4f7f9"
PLEASANT, UNPLEASANT = ("#d8f0dd", "#14532d"), ("#fbdcd5", "#7f1d1d")
WIDTHS = {"texts": 30, "number": 11, "share": 10, "flag": 11, "day": 12, "duration": 9, "moment": 12, "links": 30}
WIDE = ("title", "note", "why", "question", "does", "result", "goal", "what", "excludes")
NEEDS = "workbooks need XlsxWriter and python-calamine"
INSTALL = "pip install 'journeykit[sheets]'"


def workbook_of(data: dict[str, Any], carry: CarryReport, example: dict[str, Any] | None = None) -> bytes:
    """Return the workbook of the normalised data of a journey; without a journey in it, one to fill in.

    The touchpoints of an `example` stand on a sheet of their own, which is not read.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise UsageError(NEEDS, INSTALL) from None
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        _Writer(book, data, carry).write(example)
    return target.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, data: dict[str, Any], carry: CarryReport) -> None:
        self.book, self.data, self.carry = book, data, carry
        self.lists: dict[tuple[str, ...], str] = {}
        self.formats: dict[tuple[Any, ...], Any] = {}
        lang = str(data.get("lang", "en")).split("-")[0]
        self.lang = lang if lang in LANGUAGES else "en"
        book.set_properties({"title": data.get("title", ""), "created": _created(data), "comments": "journeykit"})
        book.set_size(2400, 1500)

    def write(self, example: dict[str, Any] | None) -> None:
        """Write all sheets."""
        grids = [grid_of(plan, self.data) for plan in sheet_plans()]
        shown = [grid for grid in grids if grid.rows or grid.plan.name in ALWAYS or example]
        self._journey_sheet(whole=example is not None)
        sheets = [(grid, self.book.add_worksheet(grid.plan.name)) for grid in shown]
        examples = []
        if example is not None:
            examples = [(grid_of(sheet_plans()[0], example), self.book.add_worksheet(EXAMPLE))]
        self.words = self.book.add_worksheet(WORDS)
        self._words()
        for grid, sheet in (*sheets, *examples):
            self._grid(grid, sheet)
        self.words.hide()
        self.book.worksheets()[1].activate()
        for sheet in self.book.worksheets():
            sheet.set_landscape()
            wide = sheet.name in ("Touchpoints", EXAMPLE)
            sheet.set_paper(A3 if wide else A4)
            sheet.fit_to_pages(3 if wide else 1, 0)
            sheet.repeat_rows(0)

    def style(self, **given: Any) -> Any:
        """Return a format with the look of all cells and what is given."""
        key = tuple(sorted(given.items()))
        if key not in self.formats:
            base = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top", "border": 1,
                    "border_color": EDGE}  # fmt: skip
            self.formats[key] = self.book.add_format({**base, **given})
        return self.formats[key]

    def _head(self, sheet: Any, headers: Sequence[str], notes: Sequence[str]) -> None:
        style = self.style(bold=True, font_color="#ffffff", bg_color=HEAD, border_color=HEAD, valign="vcenter")
        sheet.set_row(0, 24)
        for at, (header, note) in enumerate(zip(headers, notes, strict=True)):
            sheet.write_string(0, at, header, style)
            if note:
                sheet.write_comment(0, at, note, {"x_scale": 1.6, "font_size": 9, "color": "#fffbe6"})

    def _journey_sheet(self, whole: bool) -> None:
        sheet = self.book.add_worksheet(JOURNEY)
        self._head(sheet, ("Field", "Value", "Meaning"), ("", "", ""))
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, 2, 70)
        sheet.freeze_panes(1, 1)
        soft = self.style(font_color="#61707c", italic=True, text_wrap=True)
        for at, (column, name, value) in enumerate(journey_rows(self.data, whole=whole), 1):
            sheet.write_string(at, 0, name, self.style(bold=True))
            self._cell(sheet, at, 1, value, column, name)
            sheet.write_string(at, 2, column.help, soft)
            sheet.set_row(at, LINE * max(_lines(value, 60), _lines(column.help, 70)))

    def _grid(self, grid: Grid, sheet: Any) -> None:
        columns, rows = grid.columns, grid.rows
        self._head(sheet, [one.header for one in columns], [one.help for one in columns])
        self._widths(grid, sheet)
        band, stage = False, None
        for at, row in enumerate(rows, 1):
            if grid.plan.name in ("Touchpoints", EXAMPLE):
                band, stage = (not band, row[0]) if row[0] != stage else (band, stage)
            sheet.set_row(at, _height(row, columns))
            for number, (cell, column) in enumerate(zip(row, columns, strict=True)):
                self._cell(sheet, at, number, cell, column, f"{grid.plan.name}, row {at + 1}", band and at > 0)
        last = max(len(rows), ROWS_TO_FILL)
        for number, column in enumerate(columns):
            self._drop_down(sheet, number, column, last)
        self._colors(sheet, columns, last)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        frozen = next((number + 1 for number, column in enumerate(columns) if column.path == ("title",)), 1)
        sheet.freeze_panes(1, frozen)

    def _widths(self, grid: Grid, sheet: Any) -> None:
        for number, column in enumerate(grid.columns):
            empty = all(row[number] is None for row in grid.rows)
            folded = grid.plan.name == "Touchpoints" and empty and column.header not in SHOWN
            text = column.kind in ("duration", "moment", "date", "figure", "text", "texts")
            style = self.style(text_wrap=True, num_format="@") if text else self.style(text_wrap=True)
            sheet.set_column(number, number, _width(column), style, {"level": 1, "hidden": True} if folded else {})

    def _cell(
        self, sheet: Any, row: int, number: int, value: Cell, column: Column, where: str, band: bool = False
    ) -> None:
        look: dict[str, Any] = {"text_wrap": True, **({"bg_color": BAND} if band else {})}
        if value is None:
            sheet.write_blank(row, number, None, self.style(**look))
        elif isinstance(value, bool):
            sheet.write_boolean(row, number, value, self.style(**look))
        elif isinstance(value, (int, float)):
            share = column.kind == "share" and 0 <= value <= 1
            percent = "0%" if round(value * 100, 9) == round(value * 100) else "0.0##%"
            sheet.write_number(row, number, value, self.style(**look, **({"num_format": percent} if share else {})))
            if float(f"{value:.16G}") != value:
                self.carry.guess(where, column.header, value, f"{value:.16G}")
        elif isinstance(value, date):
            sheet.write_datetime(row, number, value, self.style(**look, num_format="yyyy-mm-dd"))
        elif len(value) > LONGEST:
            self.carry.lose(f"{where}, {column.header}", value[:60] + "…", f"a cell holds {LONGEST} characters")
        else:
            text = value.replace("\ufffe", "").replace("\uffff", "").strip()
            if text != value:
                self.carry.guess(where, column.header, value, text)
            sheet.write_string(row, number, text, self.style(**look, num_format="@"))

    def _words(self) -> None:
        """Write the lists of words that drop-downs offer."""
        self.words_at = 0
        named = {feeling.words[self.lang][0][0]: feeling.valence for feeling in feelings()}
        named |= {str(word): float(value) for word, value in self.data.get("feelings", {}).items()}
        self._list(("feeling",), list(named))
        for row, value in enumerate(named.values(), 1):
            self.words.write_number(row, self.words_at, value)
        self.words.write_string(0, self.words_at, "valence")
        self.words_at += 1
        self.book.define_name("Feelings", f"={WORDS}!$A$2:$B${len(named) + 1}")
        self._list(("channel",), [*channels(), *self.data.get("channels", {})])
        self._list(("yes", "no"), ["yes", "no"])

    def _list(self, key: tuple[str, ...], words: Sequence[str]) -> str:
        if key not in self.lists:
            self.words.write_string(0, self.words_at, key[0])
            for row, word in enumerate(words, 1):
                self.words.write_string(row, self.words_at, word)
            letter = letters(self.words_at)
            self.lists[key] = f"={WORDS}!${letter}$2:${letter}${len(words) + 1}"
            self.words_at += 1
        return self.lists[key]

    def _drop_down(self, sheet: Any, number: int, column: Column, last: int) -> None:
        """Offer the words of a column; only a closed choice refuses others."""
        source, closed = "", False
        if column.choices:
            source, closed = self._list(column.choices, column.choices), column.kind == "text"
        elif column.kind == "flag":
            source, closed = self._list(("yes", "no"), ("yes", "no")), True
        elif column.words in ("feeling", "channel"):
            source = self.lists[column.words,]
        elif column.refers == "touchpoint":
            source = self._ids("touchpoints", "Touchpoints", by_title=not self.data.get("title"))
        elif column.refers == "source" and self.data.get("sources"):
            source = self._ids("sources", "Sources")
        if source:
            rule = {"validate": "list", "source": source, "show_error": closed, "ignore_blank": True,
                    "error_title": "Not in the list", "error_message": "Choose a word of the list."}  # fmt: skip
            sheet.data_validation(1, number, last, number, rule)

    def _ids(self, key: str, name: str, by_title: bool = False) -> str:
        plan = next(one for one in sheet_plans() if one.path == (key,))
        at = [column.path[0] for column in plan.columns].index("title" if by_title else "id")
        letter = letters(at)
        return f"={name}!${letter}$2:${letter}${ROWS_TO_FILL + 1}"

    def _colors(self, sheet: Any, columns: Sequence[Column], last: int) -> None:
        """Color feelings by whether they are pleasant, and satisfaction by its place on the scale."""
        for number, column in enumerate(columns):
            letter = letters(number)
            if column.words == "feeling" and column.kind == "texts":
                first = f'IFERROR(LEFT(${letter}2,FIND(";",${letter}2)-1),${letter}2)'
                for sign, (fill, ink) in ((">", PLEASANT), ("<", UNPLEASANT)):
                    test = f"=IFERROR(VLOOKUP({first},Feelings,2,FALSE){sign}0,FALSE)"
                    style = self.book.add_format({"bg_color": fill, "font_color": ink})
                    rule = {"type": "formula", "criteria": test, "format": style}
                    sheet.conditional_format(1, number, last, number, rule)
            if column.field == "Touchpoint.satisfaction":
                low, high = scale_bounds(self.data.get("scale", "-2..2"))
                rule = {"type": "3_color_scale", "min_type": "num", "mid_type": "num", "max_type": "num",
                        "min_value": low, "mid_value": (low + high) / 2, "max_value": high,
                        "min_color": "#f4a698", "mid_color": "#fdf6e3", "max_color": "#9fd8ab"}  # fmt: skip
                sheet.conditional_format(1, number, last, number, rule)


def _width(column: Column) -> int:
    """Return the width of a column in characters."""
    return max(36 if column.path[-1] in WIDE else WIDTHS.get(column.kind, 18), len(column.header) + 4)


def _height(row: Sequence[Cell], columns: Sequence[Column]) -> int:
    """Return the height of a row in points: not every program finds out by itself how many lines a text takes."""
    return LINE * max(_lines(cell, _width(column)) for cell, column in zip(row, columns, strict=True))


def _lines(cell: Cell, width: int) -> int:
    if not isinstance(cell, str):
        return 1
    return min(sum(1 + len(line) // (width - 1) for line in cell.split("\n")), 20)


def _created(data: dict[str, Any]) -> datetime:
    """Return the day of the journey's last review, so that one journey is always the same file."""
    return datetime.fromisoformat(data.get("updated") or "2026-01-01")
