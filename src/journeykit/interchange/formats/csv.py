"""A table of touchpoints, a row each, as the sheet Touchpoints of the workbook; also tables of other people."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
from typing import Any

from journeykit.errors import UsageError
from journeykit.interchange.carry import CarryReport
from journeykit.interchange.given import Draft, Given, ToWrite
from journeykit.interchange.normal import normal_data
from journeykit.interchange.sheets.book import MOST_CELLS, Book, Sheet
from journeykit.interchange.sheets.cells import Cell, text_of
from journeykit.interchange.sheets.columns import sheet_plans
from journeykit.interchange.sheets.foreign import draft_of_tables, looks_like_a_map
from journeykit.interchange.sheets.reading import ON_SCALE, USUAL_SCALE, draft_of_own_table, is_own_table
from journeykit.interchange.sheets.rows import grid_of
from journeykit.output.paint import shown_name
from journeykit.output.table import FORMULA_SIGN, guarded

SUFFIX = ".csv"
OPTIONS = frozenset({"no-bom"})
CARRIES = frozenset({"Journey.scale", *(column.field for column in sheet_plans()[0].columns)})
BOM = "\ufeff"
"""Without it Excel takes the file for one of an old encoding."""
_GUARDED = re.compile(rf"""((?:^|[;|\t\r\n]))'(?=[\s"']*{FORMULA_SIGN})|(,)'(?=["']*{FORMULA_SIGN})""")
_DELIMITERS = ",;\t|"


def write(asked: ToWrite, carry: CarryReport) -> bytes:
    """Return the touchpoints as CSV, with a byte order mark unless `no-bom` is asked for."""
    del carry  # what it has no place for is known from its columns
    headers, rows = table_of(asked)
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows(map(_cell, row) for row in rows)
    bom = "" if "no-bom" in asked.options else BOM
    return (bom + target.getvalue()).encode()


def table_of(asked: ToWrite) -> tuple[list[str], list[list[Cell]]]:
    """Return the headers and rows of the touchpoints, of the columns that are used."""
    data = normal_data(asked.journey)
    grid = grid_of(sheet_plans()[0], data)
    headers = [_with_scale(grid.columns[at].header, data) for at in grid.used]
    return headers, [[row[at] for at in grid.used] for row in grid.rows]


def _with_scale(header: str, data: dict[str, Any]) -> str:
    """Return a header with the scale of its numbers, as in `Satisfaction (1..5)`, unless it is the usual one."""
    scale = data.get("scale", USUAL_SCALE)
    return f"{header} ({scale})" if header in ON_SCALE and scale != USUAL_SCALE else header


def _cell(cell: Cell) -> str:
    return guarded(cell) if isinstance(cell, str) else "" if cell is None else text_of(cell)


def unguarded(text: str) -> str:
    """Return a text without the apostrophes of `guarded`."""
    return _GUARDED.sub(lambda match: match[1] or match[2] or "", text) if "'" in text else text


def recognises(given: Given) -> bool:
    """Return whether a text is a table with headers that name parts of a journey."""
    return given.text is not None and looks_like_a_map(_table(given), given)


def read(given: Given) -> list[Draft]:
    """Return the journey of a table."""
    if given.text is None:
        raise UsageError(f"{shown_name(given.name)}: it is no text", "save it as CSV in UTF-8")
    return [draft_of_table(_table(given), given)]


def draft_of_table(sheet: Sheet, given: Given) -> Draft:
    """Return the journey of a table, be it ours or somebody else's."""
    return draft_of_own_table(sheet, given) if is_own_table(sheet) else draft_of_tables(Book((sheet,)), given)


def _table(given: Given) -> Sheet:
    text = given.text or ""
    if text.count("\n") > MOST_CELLS // 10:
        raise UsageError(f"{shown_name(given.name)}: it has too many rows", "import a part of it")
    if match := re.match(r"sep=(.)\r?\n", text):  # as Excel writes it
        return _parsed(text[match.end() :], match[1])
    return _parsed(text, _delimiter(text))


def _parsed(text: str, delimiter: str) -> Sheet:
    csv.field_size_limit(10_000_000)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return Sheet("", [[unguarded(cell).strip() or None for cell in row] for row in rows])


def _delimiter(text: str) -> str:
    """Return the character that separates the cells of the first rows the most evenly."""

    def evenness(delimiter: str) -> tuple[float, int]:
        try:
            rows = [row for row in islice(csv.reader(io.StringIO(text[:50_000]), delimiter=delimiter), 20) if row]
        except csv.Error:
            return (0, 0)
        widths = [len(row) for row in rows]
        most = max(widths, default=0)
        return (sum(width == most for width in widths) / max(len(widths), 1) if most > 1 else 0, most)

    return max(_DELIMITERS, key=evenness)
