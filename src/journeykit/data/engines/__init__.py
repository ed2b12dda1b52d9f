"""Engines that count: one module each, with its words of SQL and one connection. Nothing else imports a driver."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from secrets import token_hex
from typing import Any, NamedTuple

from journeykit.data.questions import Limits
from journeykit.data.sources import EPOCHS, Source, shown_url
from journeykit.errors import JourneykitError, UsageError

MODULES: Mapping[str, str] = {
    "": "duckdb", "duckdb": "duckdb", "postgres": "postgres", "postgresql": "postgres", "spark": "spark",
}  # fmt: skip
"""The module of an engine, by the scheme of an address."""
BLANKS = " \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What is cut off at the ends of a text: the spaces of Unicode, which DuckDB cuts off by itself."""
NUMBER = r"[+-]?([0-9]{1,30}([.][0-9]{0,30})?|[.][0-9]{1,30})([eE][+-]?[0-9]{1,2})?"
"""A text that is a number, for all engines: each of them also takes other texts for numbers, and other ones."""
_LEAP = "([1-9][0-9](0[48]|[2468][048]|[13579][26])|([2468][048]|[13579][26])00)"
_DATE = (
    "[1-9][0-9]{3}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    f"|{_LEAP}-02-29"
)
MIDNIGHT = "24:00(:00([.]0{1,9})?)?"
"""The end of a day."""
_CLOCK = f"(([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{{1,9}})?)?|{MIDNIGHT})"
TIME = f"({_DATE})([T ]{_CLOCK}( ?([zZ]|UTC|GMT|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?))?)?"
"""An ISO time that exists, for engines that cannot try whether a text is one."""
OFFSET = ".*:[0-9][0-9]([.][0-9]+)? ?([zZ]|UTC|GMT|[+-][0-9][0-9](:?[0-9][0-9])?)"
"""A time with an offset."""


class DataError(JourneykitError):
    """A source that cannot be read as the settings say, or an engine that refuses."""


class Column(NamedTuple):
    """A column of a source: its alias in our SQL, and the kind of its type."""

    alias: str
    kind: str
    """`text`, `number`, `whole`, `time` (without an offset), `instant` (with one), `date`, `truth` or `other`."""


class Relation(NamedTuple):
    """What is read of a source: the columns that settings name, by aliases, and conditions."""

    sql: str
    """What stands after FROM."""
    columns: Mapping[str, Column]
    """By the name that the settings give."""
    conditions: Mapping[str, str]
    """Alias by name of a condition."""
    unread: int = 0
    notes: tuple[str, ...] = ()
    moment: str = ""
    """Alias of the time as milliseconds, where it is read already."""


class Engine(ABC):
    """Words of SQL of one engine, and its connection."""

    name: str
    text_type = "VARCHAR"
    whole_type = "BIGINT"
    real_type = "DOUBLE"
    text_only = False
    """Whether all columns are text."""
    has_lists = False
    """Whether a case may be a list of whole numbers, sorted and spread by `list_sort` and `unnest`."""
    mark = ":"
    """What stands before the name of a bound value."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.prefix = f"jk{token_hex(4)}_"
        """What the names of bound values begin with: nothing in the data or the settings can look like one."""
        self.values: dict[str, Any] = {}
        self.shown: list[str] | None = None
        """Statements, where these are to be shown and not run."""
        self.on_answer: Callable[[], None] | None = None
        """What is called after each statement."""
        self.kept: dict[str, str] = {}
        """Queries that later statements read by a name, where the engine is to keep no table."""

    # Values and names.

    def bind(self, value: Any) -> str:
        """Return the marker of a value that is passed beside the SQL."""
        for name, known in self.values.items():
            if known == value and type(known) is type(value):
                return f"{self.mark}{name}"
        name = f"{self.prefix}{len(self.values)}"
        self.values[name] = value
        return f"{self.mark}{name}"

    def bind_all(self, values: Iterable[Any]) -> str:
        """Return the markers of several values, with commas."""
        return ", ".join(self.bind(value) for value in values)

    def quote(self, name: str) -> str:
        """Return the name of a column or table as SQL."""
        return '"' + name.replace('"', '""') + '"'

    def literal(self, text: str) -> str:
        """Return a text as SQL, for `--show-sql` and for places where no value can be bound."""
        return "'" + text.replace("'", "''") + "'"

    # Words.

    def text(self, sql: str) -> str:
        """Return an expression as text."""
        return f"CAST({sql} AS {self.text_type})"

    def whole(self, sql: str) -> str:
        """Return an expression as a whole number."""
        return f"CAST({sql} AS {self.whole_type})"

    def trimmed(self, sql: str) -> str:
        """Return a text without blanks at its ends."""
        return f"trim(BOTH {self.literal(BLANKS)} FROM {sql})"

    def lower(self, sql: str) -> str:
        """Return a text in small letters."""
        return f"lower({sql})"

    def by_code(self, sql: str) -> str:
        """Return a text that is sorted by its code points, whatever else the engine sorts by."""
        return sql

    @abstractmethod
    def matches(self, sql: str, pattern: str) -> str:
        """Return whether the whole of a text is as a pattern says."""

    def real(self, sql: str) -> str:
        """Return a text that is a number as one."""
        return f"CAST({sql} AS {self.real_type})"

    def number(self, sql: str) -> str:
        """Return a text as a number; NULL if it is none."""
        text = f"replace({sql}, ',', '.')"
        return f"CASE WHEN {self.matches(text, NUMBER)} THEN {self.real(text)} END"

    @abstractmethod
    def millis(self, column: Column) -> str:
        """Return a time as whole milliseconds since 1970 UTC; NULL if it is none."""

    @abstractmethod
    def local(self, column: Column) -> str:
        """Return a time as it is written, where it has no offset; NULL where it has one, or is none."""

    @abstractmethod
    def day(self, millis: str) -> str:
        """Return the number of days since 1970 in the zone of the source."""

    @abstractmethod
    def date(self, day: str) -> str:
        """Return a number of days since 1970 as a date."""

    def week_year(self, date: str) -> str:
        """Return the year of the ISO week."""
        return f"EXTRACT(ISOYEAR FROM {date})"

    def rest(self, sql: str, by: str) -> str:
        """Return the rest of a division of whole numbers."""
        return f"({sql} % {by})"

    def quotient(self, sql: str, by: str) -> str:
        """Return the whole quotient of whole numbers that are not negative."""
        return f"(({sql}) // ({by}))"

    def listed(self, sql: str, order: str) -> str:
        """Return texts of a group, in order, with commas between them: an aggregate."""
        return f"string_agg({sql}, ',' ORDER BY {order})"

    def selected(self, names: Sequence[str], conditions: Mapping[str, str], read: str, where: str) -> str:
        """Return a query of columns and conditions, with their aliases, of the rows that count."""
        parts = [f"{self.quote(name)} AS c{place}" for place, name in enumerate(names)]
        parts += [f"{self.condition(sql)} AS q{place}" for place, sql in enumerate(conditions.values())]
        kept = f" WHERE {self.condition(where)}" if where else ""
        return f"SELECT {', '.join(parts or ['1 AS c'])} FROM {read}{kept}"

    def condition(self, sql: str) -> str:
        """Return a condition of the settings; NULL where it cannot be computed."""
        return f"({sql}\n)"

    def stored(self) -> str:
        """Return the table or the query of the settings, as SQL after FROM."""
        if self.source.query:
            return f"({self.source.query.strip().rstrip(';')}\n) jkq"
        if not self.source.table:
            raise self.fault("is missing: which table of the database", 'or write query = "SELECT …"', "table")
        return ".".join(self.quote(part) for part in self.source.table.split("."))

    # The connection.

    @abstractmethod
    def open(self) -> None:
        """Connect, and shut off what is not needed."""

    @abstractmethod
    def close(self) -> None:
        """Close, and remove what was written on the way."""

    @abstractmethod
    def names(self) -> Sequence[str]:
        """Return the names of the source's columns."""

    def header_below(self, name: str) -> str:  # noqa: ARG002
        """Return where a file seems to have the header with a column, if that is not its first line, and what to do."""
        return ""

    @abstractmethod
    def relation(self, names: Sequence[str], conditions: Mapping[str, str], where: str) -> Relation:
        """Return the relation of some columns, by their names in the data, and conditions in SQL."""

    @abstractmethod
    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a statement with the values that are bound, and return all its rows."""

    def keep(self, name: str, *parts: str) -> None:
        """Keep the rows of queries under a name that later statements read: as a table, where one may be made."""
        self.view(name, " UNION ALL ".join(parts))

    def drop(self, *names: str) -> None:  # noqa: B027
        """Give back the memory of what was kept under some names, where it has any: no later statement asks for it.

        What is kept as a query stays, as others are made of it.
        """

    def view(self, name: str, sql: str) -> None:
        """Name a query that later statements read: they ask it anew."""
        self.kept[name] = sql

    @abstractmethod
    def table(self) -> str:
        """Return what is read, as SQL after FROM, as far as that is known without a connection."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return all rows of a statement; none where statements are only shown."""
        return self.answered(self.with_kept(sql))

    def answered(self, sql: str) -> list[tuple[Any, ...]]:
        """Return all rows of a statement that is complete."""
        if self.shown is None:
            found = self.fetch(sql)
            if self.on_answer:
                self.on_answer()
            return found
        self.shown.append(self.spelled(sql))
        return []

    def with_kept(self, sql: str) -> str:
        """Return a statement with the kept queries that it reads before it."""
        needed: list[str] = []
        for name, query in reversed(self.kept.items()):
            if re.search(rf"\b{name}\b", " ".join((sql, *needed))):
                needed.insert(0, f"{name} AS ({query})")
        if not needed:
            return sql
        before = ", ".join(needed)
        return f"WITH {before}, {sql[5:]}" if sql.startswith("WITH ") else f"WITH {before} {sql}"

    def spelled(self, sql: str) -> str:
        """Return a statement with its values in it, for people."""

        def value(found: re.Match[str]) -> str:
            bound = self.values.get(found[1])
            return found[0] if bound is None else self.literal(bound) if isinstance(bound, str) else repr(bound)

        return re.sub(rf"{re.escape(self.mark)}({self.prefix}\d+)\b", value, sql)

    def assumed(self, names: Sequence[str], conditions: Mapping[str, str], where: str) -> Relation:
        """Return a relation for statements that are only shown: of a time column without a format its type is one."""
        typed = not self.source.format and not self.text_only
        kinds = ["time" if typed and name == self.source.at else "text" for name in names]
        return self.viewed(names, kinds, conditions, self.table(), where)

    def viewed(
        self, names: Sequence[str], kinds: Sequence[str], conditions: Mapping[str, str], read: str, where: str
    ) -> Relation:
        """Return a relation that each statement reads anew, of columns with kinds of types."""
        columns = {name: Column(f"c{place}", kind) for place, (name, kind) in enumerate(zip(names, kinds, strict=True))}
        sql = f"({self.selected(names, conditions, read, where)}) s"
        return Relation(sql, columns, {name: f"q{place}" for place, name in enumerate(conditions)})

    def __enter__(self) -> Engine:
        try:
            self.open()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def fault(self, message: str, help: str = "", *keys: str) -> DataError:
        """Return an error about the source, at one of its settings if these are given."""
        return DataError(f"{self.source.key(*keys)}: {message}", help)


class Database(Engine):
    """An engine that counts where the data lie: its columns have types, and our patterns say what a text is."""

    reader: str
    """What reads a time, in messages."""
    _types: Mapping[str, str]
    """Kinds of the columns, by name, once these are asked for."""

    def millis(self, column: Column) -> str:
        c, written = column.alias, self.source.format
        if written in EPOCHS and column.kind in ("text", "number", "whole"):
            number = self.real(c) if column.kind != "text" else self.number(self.trimmed(c))
            return f"CAST(floor({number}{' * 1000' if written == 'epoch-s' else ''}) AS BIGINT)"
        if column.kind == "text":
            if written:
                help = 'write query = "SELECT to_timestamp(…) AS …", or leave "format" out for ISO times'
                raise self.fault(f"is for files: here {self.reader} reads a time", help, "format")
            return self.text_millis(self.trimmed(c))
        if column.kind == "instant":
            return self.instant_millis(c)
        if column.kind in ("time", "date"):
            return self.local_millis(f"CAST({c} AS TIMESTAMP)")
        return "CAST(NULL AS BIGINT)"

    def local(self, column: Column) -> str:
        if column.kind in ("time", "date"):
            return f"CAST({column.alias} AS TIMESTAMP)"
        if column.kind != "text" or self.source.format:
            return "CAST(NULL AS TIMESTAMP)"
        text = self.trimmed(column.alias)
        known = f"{self.matches(text, TIME)} AND NOT {self.matches(text, OFFSET)}"
        return f"CASE WHEN {known} THEN {self.written_time(text)} END"

    def written_time(self, text: str) -> str:
        """Return a text that is an ISO time without an offset as a time."""
        return f"CAST({text} AS TIMESTAMP)"

    @abstractmethod
    def text_millis(self, text: str) -> str:
        """Return the milliseconds of a text that is an ISO time; NULL if it is none."""

    @abstractmethod
    def instant_millis(self, sql: str) -> str:
        """Return the milliseconds of a time with an offset."""

    @abstractmethod
    def local_millis(self, sql: str) -> str:
        """Return the milliseconds of a time without an offset, in the zone of the source."""

    def table(self) -> str:
        return self.stored()

    def names(self) -> Sequence[str]:
        if not self._types:
            columns = self.described(f"SELECT * FROM {self.stored()} LIMIT 0")
            self._types = dict(columns)
            if len(self._types) < len(columns):
                raise self.fault("has two columns of one name", 'give each its own: "… AS …"', "query")
        return tuple(self._types)

    @abstractmethod
    def described(self, sql: str) -> Sequence[tuple[str, str]]:
        """Return the names of a statement's columns with the kinds of their types."""

    def relation(self, names: Sequence[str], conditions: Mapping[str, str], where: str) -> Relation:
        return self.viewed(names, [self._types[name] for name in names], conditions, self.stored(), where)


def missing_driver(package: str, extra: str) -> UsageError:
    """Return the error for a driver that is not installed."""
    return UsageError(f"{package} is not installed", f"pip install 'journeykit[{extra}]'")


def engine_of(source: Source, limits: Limits) -> Engine:
    """Return the engine of a source, not yet connected."""
    scheme = source.scheme
    if scheme not in MODULES:
        message = f"{source.key('url')}: there is no engine for {shown_url(source.url)}"
        help = "write the path of a file, a folder or a pattern, or duckdb://FILE, postgres://HOST/DATABASE, spark://…"
        raise DataError(message, help)
    made: Engine = import_module(f"{__name__}.{MODULES[scheme]}").Engine(source, limits)
    return made
