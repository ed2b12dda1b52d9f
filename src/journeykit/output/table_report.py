"""The result of a command that prints tables: the input of every table format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from journeykit.output.table import Table

Block: TypeAlias = "Table | str"
"""A table, or a text above the tables that follow: a heading, then one remark a line."""


@dataclass(frozen=True, eq=False)
class TableReport:
    """Tables and the data that they show.

    `blocks` are for people. A terminal shows `details` instead where they are given, and `markdown` returns Markdown of
    its own where the blocks do not serve. For programs, `rows` is the only table of formats that hold one (by default
    the first of `blocks`), and `document` returns what JSON holds (by default the rows).
    """

    blocks: Sequence[Block]
    document: Callable[[], Any] | None = None
    rows: Table | None = None
    details: Sequence[Block] | None = None
    markdown: Callable[[], str] | None = None

    @property
    def main(self) -> Table:
        """The table that programs get."""
        return self.rows or next(block for block in self.blocks if not isinstance(block, str))


class Screen(NamedTuple):
    """The terminal for which tables are laid out: its columns, and whether it has color."""

    columns: int
    color: bool = False


TableFormat: TypeAlias = Callable[[TableReport, Screen], str]


def table_formats() -> list[str]:
    """Return the names of the table formats: the one for people first, then by alphabet."""
    from journeykit.output import table_formats as package

    names = [name.replace("_", "-") for _, name, _ in iter_modules(package.__path__)]
    return sorted(names, key=lambda name: (name != "full", name))


def table_format(name: str) -> TableFormat:
    """Return the function that writes a report in a format."""
    write: TableFormat = import_module(f"journeykit.output.table_formats.{name.replace('-', '_')}").write
    return write
