"""Find the table in a sheet of somebody else: its headers, whether it lies on its side, and what stands above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from journeykit.errors import UsageError
from journeykit.interchange.given import Given
from journeykit.interchange.sheets.book import Sheet
from journeykit.interchange.sheets.cells import text_of
from journeykit.interchange.sheets.columns import letters
from journeykit.interchange.sheets.headers import SYNONYMS, folded_header, meaning_of, own_headers
from journeykit.reading.faults import did_you_mean

HEADER_ROWS = 25
"""In how many rows a header is searched."""
CONTENT = frozenset(SYNONYMS) - {
    "number",
    "id",
    "at",
    "persona",
    "title_of_map",
    "phase",
    "place",
    "description",
    "tags",
    "ignored",
}
"""Fields that make a table one of a journey."""
TITLES = frozenset({"step", "action", "touchpoint", "title", "description", "stage"})
"""Fields of which a table needs one, so that its rows have titles."""
FEW = 2
"""How many headers have to be known at least."""


class Header(NamedTuple):
    """A column of a table: its header, and the field that it is; "" if that is not known."""

    text: str
    field: str


class Row(NamedTuple):
    """A row of a table: where it stood, and its cells."""

    where: str
    cells: list[Any]


class Table(NamedTuple):
    """A table of touchpoints, a row each, and the pairs of words that stand above it."""

    name: str
    headers: list[Header]
    rows: list[Row]
    above: list[tuple[str, Any]]
    transposed: bool = False

    @property
    def known(self) -> int:
        """How many different fields of a journey its headers name."""
        return _known(self.headers)


def _known(headers: Sequence[Header]) -> int:
    return len({header.field for header in headers if header.field in CONTENT or "." in header.field})


def find_table(sheet: Sheet, given: Given) -> Table | None:
    """Return the table of a sheet, either way round; None if none is recognised."""
    named = asked_columns(given.columns)
    upright, lying = _upright(sheet, named), _lying(sheet, named)
    found = [table for table in (upright, lying) if table is not None and table.known >= FEW and _has_titles(table)]
    return max(found, key=lambda table: (table.known, not table.transposed), default=None)


def _has_titles(table: Table) -> bool:
    return any(header.field in TITLES for header in table.headers)


def asked_columns(columns: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that the user named for headers, by the folded header. Raises UsageError for unknown fields."""
    found = {}
    for header, name in columns.items():
        key = folded_header(name)
        field = key.replace(" ", "_") if key.replace(" ", "_") in SYNONYMS else own_headers().get(key)
        if name.strip() == "-":
            field = "ignored"
        if field is None:
            known = (*SYNONYMS, *own_headers().values())
            raise UsageError(
                f'"{name}" is no field for the column "{header}"', did_you_mean(name, known, "such as why")
            )
        found[folded_header(header)] = field
    return found


def _field_of(cell: Any, named: Mapping[str, str]) -> str:
    text = text_of(cell) if cell is not None else ""
    if not text.strip() or len(text) > 80:
        return ""
    folded = folded_header(text)
    return named.get(folded) or meaning_of(text) or own_headers().get(folded, "")


def _upright(sheet: Sheet, named: Mapping[str, str]) -> Table | None:
    best, best_known = None, 0
    for number, cells in enumerate(sheet.rows[:HEADER_ROWS]):
        headers = [Header(text_of(cell).strip() if cell is not None else "", _field_of(cell, named)) for cell in cells]
        known = _known(headers)
        if known > best_known:
            best, best_known = (number, headers), known
    if best is None:
        return None
    number, headers = best
    rows = [
        Row(sheet.places[at - 1] if sheet.places else f"{_place(sheet)}row {at}", cells)
        for at, cells in enumerate(sheet.rows[number + 1 :], number + 2)
        if any(cell is not None for cell in cells)
    ]
    return Table(sheet.name, headers, rows, _pairs(sheet.rows[:number]))


def _place(sheet: Sheet) -> str:
    return f"{sheet.name}, " if sheet.name else ""


def _lying(sheet: Sheet, named: Mapping[str, str]) -> Table | None:
    """Return a table whose columns are steps or stages, and whose rows are actions, feelings and so on."""
    width = max((len(row) for row in sheet.rows), default=0)
    for column in range(min(width, 3)):
        labels = [row[column] if column < len(row) else None for row in sheet.rows]
        fields = [_field_of(label, named) for label in labels]
        first = next((at for at, field in enumerate(fields) if field in CONTENT), None)
        if first is None or len({field for field in fields if field in CONTENT}) < FEW:
            continue
        top = _top_row(sheet, first, column, fields)
        rest = [cell for cell in sheet.rows[top][column + 1 :] if cell is not None] if top is not None else []
        if sum(not _field_of(cell, named) for cell in rest) < FEW and fields[first] != "stage":
            continue
        return _turned(sheet, column, top if top is not None else first, labels, fields)
    return None


def _top_row(sheet: Sheet, first: int, column: int, fields: list[str]) -> int | None:
    """Return the row of the names of stages: that of a label for it, or the one above the first known label.

    A row without a label is it rather than one with another label, such as physical evidence.
    """
    if "stage" in fields:
        return fields.index("stage")
    above = [at for at in range(first) if any(cell is not None for cell in sheet.rows[at][column + 1 :])]
    above = [at for at in above if sheet.rows[at][column] is None] or above
    return above[-1] if above else (first if fields[first] in ("step", "touchpoint", "action") else None)


def _turned(sheet: Sheet, column: int, top: int, labels: list[Any], fields: list[str]) -> Table:
    numbers = [at for at in range(top, len(sheet.rows)) if any(cell is not None for cell in sheet.rows[at][column:])]
    headers = []
    label, field = "", ""
    for at in numbers:
        if labels[at] is not None:
            label, field = text_of(labels[at]).strip(), fields[at]
        headers.append(Header(label or "Stage", (field or "stage") if at == top else field))
    rows = []
    for at in range(column + 1, max(len(row) for row in sheet.rows)):
        cells = [sheet.rows[number][at] if at < len(sheet.rows[number]) else None for number in numbers]
        if any(cell is not None for cell in cells):
            rows.append(Row(f"{_place(sheet)}column {letters(at)}", cells))
    return Table(sheet.name, headers, rows, _pairs(sheet.rows[:top]), transposed=True)


def _pairs(rows: list[list[Any]]) -> list[tuple[str, Any]]:
    """Return the labels above a table with the values beside them, or behind a colon."""
    found: list[tuple[str, Any]] = []
    for row in rows:
        cells = [cell for cell in row if cell is not None]
        for at, cell in enumerate(cells):
            text = text_of(cell)
            name, colon, value = text.partition(":")
            if colon and value.strip():
                found.append((name, value.strip()))
            elif at + 1 < len(cells):
                found.append((name, cells[at + 1]))
            elif len(cells) == 1:
                found.append(("", cell))
    return found
