"""Tables, and how to write them for the terminal and as Markdown and CSV."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

from journeykit.output.markdown import escaped as escaped
from journeykit.output.paint import one_line, shown, width

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table as RichTable


@dataclass(frozen=True)
class Column:
    """A column: `key` is its heading for programs, `title` for people; `show` formats the value of a cell."""

    key: str
    title: str
    show: Callable[[Any], str] = str
    right: bool = False
    style: Callable[[Any], str] | None = None
    """The style of a cell in the terminal, by its value."""
    wraps: bool = False
    """Whether the text may be wrapped."""
    for_programs: bool = False
    """Whether the column is only in CSV and JSON."""
    empty: str = "–"
    """The text of an empty cell."""
    verbatim: bool = False
    """Whether its texts are not those of users, so that they need no escaping in Markdown."""
    drop_order: int = 0
    """Columns with the highest number are the first to go in a narrow terminal; 0 always stays."""


class FormattedNumber(float):
    """A number with a text of its own for people, such as a share or a time; programs get the number."""

    __slots__ = ("_text",)
    _text: str

    def __new__(cls, value: float, text: str) -> Self:
        number = super().__new__(cls, value)
        number._text = text
        return number

    def text(self) -> str:
        """Return the number as people read it."""
        return self._text


@dataclass(frozen=True)
class Table:
    """Rows of plain values under columns; a title for people."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    headings: Mapping[int, str] = field(default_factory=dict)
    """Headings above rows, by the row's number from 0; in the terminal only."""
    note: str = ""
    """Remarks on the rows, one a line."""


def text_of(column: Column, value: Any) -> str:
    """Return the text of a cell for people, on one line."""
    return column.empty if value in (None, "", [], (), {}) else one_line(column.show(value))


def as_csv(table: Table) -> str:
    """Return CSV with the values themselves, unrounded; every text is quoted, lists have spaces between."""
    rows = [[column.key for column in table.columns], *table.rows]
    return "".join(",".join(map(_csv_cell, row)) + "\n" for row in rows)


FORMULA_SIGN = "[=+\\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b]"
_FORMULA = re.compile(rf"""(?:^|[;|\t\r\n])(?=[\s"']*{FORMULA_SIGN})|,(?=["']*{FORMULA_SIGN})""")
"""Where the rest of a text would be a formula in a spreadsheet: at its start, and after characters that separate cells
in some locale, at which spreadsheets split even quoted texts."""


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe stands where one would begin."""
    return _FORMULA.sub(r"\g<0>'", text)


@lru_cache(maxsize=4096)  # names stand in many rows
def _quoted(text: str) -> str:
    return '"' + shown(guarded(text)).replace('"', '""') + '"'


def _csv_cell(value: Any) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if value is None or isinstance(value, float):
        return "" if value is None else repr(float(value))
    if isinstance(value, (list, tuple)):
        return _csv_cell(" ".join(map(str, value)))
    if isinstance(value, Mapping):
        return _csv_cell([f"{key}={one}" for key, one in value.items()])
    return str(value)


def for_people(table: Table) -> Table:
    """Return the table without the columns that only programs need."""
    return _only(table, [at for at, column in enumerate(table.columns) if not column.for_programs])


def without(table: Table, key: str) -> Table:
    """Return the table without a column."""
    return _only(table, [at for at, column in enumerate(table.columns) if column.key != key])


def plain_rows(table: Table) -> list[dict[str, Any]]:
    """Return a dict of plain values for each row; lists have commas between, days are written YYYY-MM-DD."""
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, map(_plain, row), strict=True)) for row in table.rows]


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or None
    return value.isoformat() if isinstance(value, date) else value


def _only(table: Table, keep: Sequence[int]) -> Table:
    columns, rows = [table.columns[at] for at in keep], [[row[at] for at in keep] for row in table.rows]
    return replace(table, columns=columns, rows=rows)


def as_markdown(table: Table, heading: bool = True) -> str:
    """Return a GitHub-flavoured Markdown table."""
    table = for_people(table)
    lines = [f"### {table.title}", ""] if heading and table.title else []
    lines.append("| " + " | ".join(column.title for column in table.columns) + " |")
    lines.append("|" + "|".join(" ---: " if column.right else " --- " for column in table.columns) + "|")
    for row in table.rows:
        texts = [(column, text_of(column, value)) for column, value in zip(table.columns, row, strict=True)]
        cells = (text if column.verbatim else escaped(text) for column, text in texts)
        lines.append("| " + " | ".join(cells) + " |")
    for line in table.note.splitlines():
        lines += ["", escaped(line)]
    return "\n".join(lines) + "\n"


WRAPPED = 20
"""The least width of a column that wraps."""
NARROW = 8
"""The least width of a column that wraps in a terminal that is too narrow for all columns."""
GAP = 2


def fitting(table: Table, columns: int) -> Table:
    """Return the table without the columns that do not fit into a terminal of so many columns, and a note of these."""
    keep = list(range(len(table.columns)))
    while _least_width(table, keep) > columns:
        first = max(keep, key=lambda at: (table.columns[at].drop_order, at))
        if not table.columns[first].drop_order:
            break
        keep.remove(first)
    left_out = [column.title or column.key for at, column in enumerate(table.columns) if at not in keep]
    if not left_out:
        return table
    note = f"Not shown for lack of room: {', '.join(left_out)}."
    return replace(_only(table, keep), note="\n".join(filter(None, (table.note, note))))


def _least_width(table: Table, keep: Sequence[int]) -> int:
    return sum(_column_width(table, at) + GAP for at in keep)


def _column_width(table: Table, at: int) -> int:
    column = table.columns[at]
    natural = max((width(text_of(column, row[at])) for row in table.rows), default=0)
    return max(width(column.title), min(natural, WRAPPED) if column.wraps else natural)


def as_rich(table: Table, columns: int) -> RenderableType:
    """Return a table with its note as a rich renderable for a terminal of so many columns."""
    table = fitting(for_people(table), columns)
    rich_table = _rich_table(table, columns)
    if not table.note:
        return rich_table
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    return Group(rich_table, *(Padding(Text(line), (0, 0, 0, 1)) for line in table.note.splitlines()))


def _rich_table(table: Table, columns: int) -> RichTable:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    least = WRAPPED if _least_width(table, range(len(table.columns))) <= columns else NARROW
    rich_table = RichTable(
        title=Text(table.title, justify="left") if table.title else None, title_style="bold", title_justify="left",
        box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), header_style="bold",
    )  # fmt: skip
    for at, column in enumerate(table.columns):
        rich_table.add_column(
            Text(column.title), justify="right" if column.right else "left", no_wrap=not column.wraps,
            overflow="fold" if column.wraps else "ellipsis",
            min_width=min(_column_width(table, at), least) if column.wraps else None,
        )  # fmt: skip
    above = next((at for at, column in enumerate(table.columns) if column.wraps), 0)
    for number, row in enumerate(table.rows):
        if number in table.headings:
            if number:
                rich_table.add_row()
            rich_table.add_row(*[""] * above, Text(one_line(table.headings[number]), style="bold"))
        rich_table.add_row(
            *(
                Text(text_of(column, value), style=column.style(value) if column.style and value is not None else "")
                for column, value in zip(table.columns, row, strict=True)
            )
        )
    return rich_table
