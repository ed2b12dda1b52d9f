"""DuckDB: files, and databases of its own, in this process; shut off from all other files and from the network."""

from __future__ import annotations

import calendar
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from journeykit.data import engines
from journeykit.data.engines import OFFSET, Column, DataError, Relation, missing_driver
from journeykit.data.engines.files import Header, as_utf8, beginning, files_of, format_of, header_of, line_of_header
from journeykit.data.engines.limiting import limited
from journeykit.data.engines.months import MONTHS
from journeykit.data.sources import EPOCHS, shown_url

_KINDS = {
    "VARCHAR": "text", "BOOLEAN": "truth", "DATE": "date", "TIMESTAMP WITH TIME ZONE": "instant", "DOUBLE": "number",
    "FLOAT": "number", "JSON": "text",
}  # fmt: skip
_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_BLANK_BEFORE_OFFSET = "(:[0-9][0-9](?:[.][0-9]+)?) ([zZ]|[+-][0-9])"
"""What DuckDB does not read: 09:00 +02:00."""
_USUAL = "____-__-_____:__:__"
"""The form of most ISO times, which has no place for an offset."""
_DAYS = 719_162
"""From the first day of the year 1 to 1970."""


class Engine(engines.Engine):
    """DuckDB in this process."""

    name = "DuckDB"
    mark = "$"
    has_lists = True

    def trimmed(self, sql: str) -> str:
        return f"trim({sql})"

    def matches(self, sql: str, pattern: str) -> str:
        return f"regexp_full_match({sql}, {self.literal(pattern)})"

    def real(self, sql: str) -> str:
        return f"TRY_CAST({sql} AS DOUBLE)"

    def millis(self, column: Column) -> str:
        c, zone, written = column.alias, self.source.zone, self.source.format
        if written in EPOCHS and column.kind in ("text", "number", "whole"):
            number = c if column.kind != "text" else f"TRY_CAST({c} AS DOUBLE)"
            return f"TRY_CAST(floor({number}{' * 1000' if written == 'epoch-s' else ''}) AS BIGINT)"
        if column.kind == "instant":
            return _whole_millis(_in_utc(c))
        local = c
        if column.kind == "text" and not written:
            return _whole_millis(self._iso(c))
        if column.kind == "text":
            local = self._parsed(f"trim({c})", written)
            if "%z" in written:
                return _whole_millis(_in_utc(local))
        elif column.kind not in ("time", "date"):
            return "CAST(NULL AS BIGINT)"
        moved = f"CAST({local} AS TIMESTAMP)"
        return _whole_millis(moved if zone == "UTC" else _in_utc(f"{moved} AT TIME ZONE {self.literal(zone)}"))

    def _iso(self, c: str) -> str:
        """Return a text that is an ISO time as a time of UTC; each text is matched as seldom as can be."""
        # CET is read as Rome's time, also in summer, or passed over: no words but these two.
        known = f"NOT regexp_matches({c}, '[A-Za-z]{{2}}') OR regexp_matches({c}, '(UTC|GMT) *$')"
        joined = f"regexp_replace({c}, '{_BLANK_BEFORE_OFFSET}', '\\1\\2')"
        moment = f"COALESCE(TRY_CAST({c} AS TIMESTAMPTZ), TRY_CAST({joined} AS TIMESTAMPTZ))"
        usual = f"CASE WHEN {c} LIKE '{_USUAL}' THEN TRY_CAST({c} AS TIMESTAMP) END"
        if self.source.zone == "UTC":
            return f"COALESCE({usual}, {_in_utc(f'CASE WHEN {known} THEN {moment} END')})"
        in_zone = f"AT TIME ZONE {self.literal(self.source.zone)}"
        has_offset = self.matches(f"trim({c})", OFFSET)
        other = f"CASE WHEN {has_offset} THEN {moment} ELSE TRY_CAST({c} AS TIMESTAMP) {in_zone} END"
        return _in_utc(f"COALESCE({usual} {in_zone}, CASE WHEN {known} THEN {other} END)")

    def local(self, column: Column) -> str:
        c, written = column.alias, self.source.format
        if column.kind in ("time", "date"):
            return f"CAST({c} AS TIMESTAMP)"
        if column.kind != "text" or written.startswith("epoch") or "%z" in written:
            return "CAST(NULL AS TIMESTAMP)"
        if written:
            return self._parsed(f"trim({c})", written)
        return f"CASE WHEN NOT {self.matches(f'trim({c})', OFFSET)} THEN TRY_CAST({c} AS TIMESTAMP) END"

    def _parsed(self, text: str, written: str) -> str:
        """Return a text that is written in some way as a time; names of months may be of another language."""
        read = f"try_strptime({text}, {self.literal(written)})"
        if not re.search("%-?[bB]", written):
            return read
        for number, words in enumerate(MONTHS, 1):
            name = calendar.month_name[number] if "B" in written else calendar.month_abbr[number]
            pattern = self.literal(rf"(?i)(^|[^\pL])({words})\pL*")
            text = f"regexp_replace({text}, {pattern}, '\\1{name}')"
        return f"COALESCE({read}, try_strptime({text}, {self.literal(written)}))"

    def day(self, millis: str) -> str:
        if self.source.zone == "UTC":
            return f"(({millis}) + {_DAYS * 86_400_000}) // 86400000 - {_DAYS}"  # // cuts towards 0
        zone = self.literal(self.source.zone)
        return f"CAST(make_timestamptz(({millis}) * 1000) AT TIME ZONE {zone} AS DATE) - DATE '1970-01-01'"

    def date(self, day: str) -> str:
        return f"(DATE '1970-01-01' + CAST({day} AS INTEGER))"

    def condition(self, sql: str) -> str:
        return f"TRY(({sql}\n))"

    # The connection.

    def open(self) -> None:
        try:
            import duckdb
        except ImportError:
            raise missing_driver("duckdb", "data") from None
        self._duckdb = duckdb
        self._connection: Any = None
        self._folder = tempfile.mkdtemp(prefix="journeykit-")  # of mode 700
        self._address = self.source.address()
        self._database = self._address.removeprefix("duckdb://") if self.source.scheme == "duckdb" else ""
        self._files = self._local_files()
        config: dict[str, Any] = {
            "temp_directory": self._folder, "memory_limit": f"{self.limits.memory // (1 << 20)}MiB",
            "autoinstall_known_extensions": False, "autoload_known_extensions": False,
            "custom_user_agent": "journeykit",
        }  # fmt: skip
        self._connection = duckdb.connect(":memory:", config=config)
        self._run("SET TimeZone = 'UTC'")
        self._run("SET enable_progress_bar = false")
        if self._database:
            path = self.literal(self._files[0])
            self._guarded(f"ATTACH {path} AS jk (READ_ONLY)")
            self._run("USE jk")
        paths = ", ".join(map(self.literal, self._files))
        self._run(f"SET allowed_paths = [{paths}]")
        self._run(f"SET allowed_directories = [{self.literal(self._folder + os.sep)}]")
        self._run("SET enable_external_access = false")
        self._run("SET lock_configuration = true")
        self._names: tuple[str, ...] = ()
        self._own: dict[str, tuple[str, ...]] = {}
        """The columns of each text file."""
        self._headers: dict[str, Header] = {}
        self._lines: dict[str, str] = {}
        """Copies of XES files as JSON lines, in the temporary folder."""

    def close(self) -> None:
        try:
            if getattr(self, "_connection", None) is not None:
                self._connection.close()
        finally:
            if getattr(self, "_folder", None):
                shutil.rmtree(self._folder, ignore_errors=True)

    def _local_files(self) -> list[str]:
        path = self._database or self._address
        files = files_of(self.source.folder, path)
        if not files and _is_special(self.source.folder / path):
            raise self.fault(f"{path} is no file of data, but a pipe or a device", "write its rows into a file", "url")
        if not files:
            raise self.fault(f"there is no file {path}", self._near(path), "url")
        sheet = next((one for one in files if one.lower().endswith((".xlsx", ".xls", ".ods"))), None)
        if sheet:
            raise self.fault(f"{Path(sheet).name} is a workbook", "save the sheet as CSV", "url")
        wrong = next((one for one in files if not self._database and not format_of(one)), None)
        if wrong:
            help = "a table is .parquet, .csv, .tsv, .jsonl or .xes, also with .gz or .zst"
            raise self.fault(f"{Path(wrong).name} is no kind of file that can be read", help, "url")
        return files

    def _near(self, path: str) -> str:
        """Return what the folder of a file has instead."""
        folder = (self.source.folder / path).parent
        if not folder.is_dir():
            return f"there is no folder {folder}"
        names = sorted(one.name for one in folder.iterdir() if format_of(one.name) and one.is_file())[:8]
        return f"the folder has {', '.join(names)}" if names else "the folder has no data"

    # Statements.

    def _run(self, sql: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        used = {name: values[name] for name in re.findall(rf"\$({self.prefix}\d+)\b", sql)} if values else None
        found: list[tuple[Any, ...]] = self._connection.execute(sql, used).fetchall()
        return found

    def _guarded(self, sql: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Run a statement; what DuckDB says of a failure is told only where it can hold no value of the data."""
        duckdb = self._duckdb
        try:
            return limited(self, lambda: self._run(sql, values), self._connection.interrupt)
        except (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException) as error:
            raise self.fault(f"DuckDB: {_first_line(error)}") from None
        except duckdb.OutOfMemoryException:
            raise self.fault("DuckDB has not enough memory", "give it more: --memory 4GB") from None
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise self.fault(f"cannot be read{_reason(error)}", "", "url") from None
        except duckdb.Error as error:
            kind = type(error).__name__.removesuffix("Exception")
            raise self.fault(f"DuckDB cannot do this ({kind})", "", "url") from None

    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        return self._guarded(sql, self.values)

    def keep(self, name: str, *parts: str) -> None:
        if self.shown is None:
            self._run(f"DROP TABLE IF EXISTS {name}")
        for place, sql in enumerate(parts):
            made = f"INSERT INTO {name}" if place else f"CREATE TEMP TABLE {name} AS"
            self.answered(f"{made} {self.with_kept(sql)}")

    def drop(self, *names: str) -> None:
        for name in names if self.shown is None else ():
            self.kept.pop(name, None)
            self._run(f"DROP TABLE IF EXISTS {name}")

    # What is read.

    def names(self) -> Sequence[str]:
        if self._names:
            return self._names
        if self._has_types:
            self._types = self._described(self._stored())
            self._names = tuple(self._types)
        else:
            headers = [self._names_of(path) for path in self._files]
            self._names = headers[0]
        return self._names

    def header_below(self, name: str) -> str:
        for path in self._headers:
            start = beginning(path)
            number = None if start is None else line_of_header(start, name)
            if number:
                above = "line 1" if number == 2 else f"lines 1 to {number - 1}"
                return (
                    f"the header of {Path(path).name} seems to be line {number}: delete {above}, or export without them"
                )
        return ""

    @property
    def _has_types(self) -> bool:
        """Whether columns have types, and each statement may read them anew: of Parquet and databases."""
        return bool(self._database or self.source.query) or all(format_of(one) == "parquet" for one in self._files)

    def _described(self, read: str) -> dict[str, str]:
        """Return the types of columns by name."""
        return {row[0]: row[1] for row in self._guarded(f"DESCRIBE SELECT * FROM {read}")}

    def table(self) -> str:
        if self.source.query or self.source.table:
            return self.stored()
        place = self.literal(shown_url(self.source.url))
        reader = {"parquet": "read_parquet", "json": "read_json", "xes": "read_json"}.get(
            format_of(self.source.url), ""
        )
        self.text_only = reader != "read_parquet"
        return f"{reader}({place})" if reader else f"read_csv({place}, header=true, all_varchar=true)"

    def _stored(self) -> str:
        if self.source.query:
            self._check_query(self.source.query)
        elif not self._database:
            return f"read_parquet([{', '.join(map(self.literal, self._files))}], union_by_name=true)"
        return self.stored()

    def _check_query(self, query: str) -> None:
        try:
            statements = self._connection.extract_statements(query)
        except self._duckdb.Error as error:
            raise self.fault(f"is no SQL: {_first_line(error)}", "", "query") from None
        if len(statements) != 1 or statements[0].type != self._duckdb.StatementType.SELECT:
            raise self.fault("must be one SELECT", "", "query")

    def _names_of(self, path: str) -> tuple[str, ...]:
        if path not in self._own:
            if format_of(path) == "xes":
                self._lines[path], self._own[path] = self._as_lines(path)
            elif format_of(path) == "csv":
                self._headers[path] = self._header(path)
                self._own[path] = self._headers[path].names
            else:
                self._own[path] = tuple(self._described(self._reading(path, ())))
        return self._own[path]

    def _as_lines(self, path: str) -> tuple[str, tuple[str, ...]]:
        """Return a copy of an XES file as JSON lines, in the temporary folder, and the names of its columns."""
        from journeykit.data.engines.xes import XesError, as_lines

        name = Path(path).name
        if path.lower().endswith(".zst"):
            raise self.fault(f"{name} cannot be unpacked", "unpack it, or pack it as .xes.gz", "url")
        try:
            made, names = as_lines(path, self._folder)
        except XesError as error:
            raise self.fault(f"{name}: {error}", "", "url") from None
        except (OSError, EOFError) as error:
            raise self.fault(f"{name} cannot be read: {getattr(error, 'strerror', None) or 'it is damaged'}") from None
        if not names:
            raise self.fault(f"{name} has no events", "", "url")
        return made, names

    def _header(self, path: str) -> Header:
        name = Path(path).name
        try:
            start = beginning(path)
        except (OSError, EOFError) as error:
            reason = getattr(error, "strerror", None) or "it is damaged"
            raise self.fault(f"{name} cannot be read: {reason}", "", "url") from None
        if start is None:
            rows = self._guarded(
                f"SELECT a FROM read_csv({self.literal(path)}, delim='\x1f', quote='', escape='', header=false, "
                "auto_detect=false, columns={'a': 'VARCHAR'}, ignore_errors=true, strict_mode=false) LIMIT 1"
            )
            start = "".join(row[0] or "" for row in rows).encode()
        if not start.strip():
            raise self.fault(f"{name} is empty", "", "url")
        found = header_of(start, self.source.delimiter)
        if found is None:
            help = "line 1 is blank: delete it" if start.lstrip(b"\xef\xbb\xbf \t")[:1] in b"\r\n" else ""
            raise self.fault(f"{name} has no header that can be read", help, "url")
        return found

    def _as_utf8(self, path: str, encoding: str) -> str:
        """Return a copy of a text file as UTF-8, in the temporary folder."""
        if path.lower().endswith(".zst"):
            raise self.fault(f"{Path(path).name} is no UTF-8", "unpack it, or save it as UTF-8", "url")
        try:
            return as_utf8(path, encoding, self._folder)
        except OSError as error:
            raise self.fault(f"{Path(path).name} cannot be read: {error.strerror}", "", "url") from None

    def _reading(self, path: str, names: Sequence[str], rejects: str = "") -> str:
        """Return what reads a file, as SQL."""
        place = self.literal(path)
        kind = format_of(path)
        if kind == "parquet":
            return f"read_parquet({place})"
        if kind == "xes":
            place = self.literal(self._lines[path])
        if kind in ("json", "xes"):
            columns = ", ".join(f"{self.literal(name)}: 'VARCHAR'" for name in names)
            said = f", columns={{{columns}}}" if names else ""
            return f"read_json({place}, format='newline_delimited', ignore_errors=true{said})"
        header = self._headers[path]
        columns = ", ".join(f"{self.literal(name)}: 'VARCHAR'" for name in header.names)
        ends = header.line_end.replace("\r", "\\r").replace("\n", "\\n")
        if ends:
            rejects = f", new_line='{ends}'{rejects}"
        if header.lines_before:
            rejects = f", skip={header.lines_before}{rejects}"
        if header.encoding != "utf-8":
            place = self.literal(self._as_utf8(path, header.encoding))
        return (
            f"read_csv({place}, delim={self.literal(header.delimiter)}, quote='\"', escape='\"', header=true, "
            f"auto_detect=false, columns={{{columns}}}{rejects})"
        )

    def relation(self, names: Sequence[str], conditions: Mapping[str, str], where: str) -> Relation:
        return (self._view if self._has_types else self._copy)(names, conditions, where)

    def _view(self, names: Sequence[str], conditions: Mapping[str, str], where: str) -> Relation:
        """Return a relation that is read anew by each statement: Parquet and databases."""
        return self.viewed(names, [_kind(self._types[name]) for name in names], conditions, self._stored(), where)

    def _copy(self, names: Sequence[str], conditions: Mapping[str, str], where: str) -> Relation:
        """Read the needed columns of text files once, into a table that lies in the temporary folder if it is large."""
        notes = []
        unread = self._fill(names, conditions, where)
        if unread is None:  # what began as UTF-8 does not go on as such
            self._headers = {path: one._replace(encoding="cp1252") for path, one in self._headers.items()}
            unread = self._fill(names, conditions, where) or 0
        if any(one.encoding == "cp1252" for one in self._headers.values()):
            notes.append("the text is no UTF-8; it was read as Windows-1252")
        columns = {name: Column(f"c{place}", "text") for place, name in enumerate(names)}
        conditions = {name: f"q{place}" for place, name in enumerate(conditions)}
        moment = "jk_t" if self._place_of_time(names) else ""
        return Relation("temp.main.jk_rows s", columns, conditions, unread, tuple(notes), moment)

    def _place_of_time(self, names: Sequence[str]) -> str:
        """Return the alias of the column of the time, which is read once, with the file; "" if there is none."""
        at = self.source.at.casefold().strip()
        return next((f"c{place}" for place, name in enumerate(names) if at and name.casefold().strip() == at), "")

    def _fill(self, names: Sequence[str], conditions: Mapping[str, str], where: str) -> int | None:
        """Fill the table; return how many rows could not be read, None if that is because of the encoding."""
        parts = []
        for path in self._files:
            own = self._own_names(path, names)
            rejects = ", store_rejects=true, rejects_table='jk_rejects', rejects_scan='jk_scans', rejects_limit=100000"
            read = self._reading(path, own, rejects)
            parts.append(self.selected(own, conditions, read, where))
        for table in ("jk_rows", "jk_rejects", "jk_scans"):
            self._run(f"DROP TABLE IF EXISTS {table}")
        time = self._place_of_time(names)
        moment = f", {self.millis(Column(time, 'text'))} AS jk_t" if time else ""
        self._guarded(f"CREATE TEMP TABLE jk_rows AS SELECT *{moment} FROM ({' UNION ALL '.join(parts)}) f")
        return self._unread()

    def _own_names(self, path: str, names: Sequence[str]) -> list[str]:
        """Return the names of columns as one of several files has them."""
        own = {one.casefold().strip(): one for one in self._names_of(path)}
        for name in names:
            if name.casefold().strip() not in own:
                help = f"the other files have it, such as {Path(self._files[0]).name}"
                raise self.fault(f'{Path(path).name} has no column "{name}"', help, "url")
        return [own[name.casefold().strip()] for name in names]

    def _unread(self) -> int | None:
        unread = 0
        if self._headers:
            found = self._run(
                "SELECT count(DISTINCT (file_id, line)), "
                "count(*) FILTER (WHERE CAST(error_type AS VARCHAR) = 'INVALID ENCODING') FROM jk_rejects"
            )
            unread, encoding = found[0]
            if encoding and all(one.encoding == "utf-8" for one in self._headers.values()):
                return None
        for path in self._files:
            if format_of(path) == "json":
                place = self.literal(path)
                sql = f"SELECT count(*) FROM read_ndjson_objects({place}, ignore_errors=true) WHERE json IS NULL"
                unread += self._guarded(sql)[0][0]
        if unread:
            total = self._run("SELECT count(*) FROM jk_rows")[0][0] + unread
            if unread > total / 100:
                raise self._too_many(unread, total)
        return unread

    def _too_many(self, unread: int, total: int) -> DataError:
        lines = ""
        if self._headers:
            rows = self._run("SELECT DISTINCT line FROM jk_rejects ORDER BY line LIMIT 3")
            lines = f", the first in line {', '.join(str(row[0]) for row in rows)}"
        message = f"{unread:,} of {total:,} rows cannot be read{lines}"
        return self.fault(message, "are these rows of another table, or is the delimiter another?", "url")


def _is_special(path: Path) -> bool:
    """Return whether a path is neither a file nor a folder, but a pipe, a socket or a device."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _whole_millis(sql: str) -> str:
    """Return a time without an offset as whole milliseconds since 1970, those before it too."""
    return f"date_diff('ms', TIMESTAMP '1970-01-01', {sql})"


def _in_utc(sql: str) -> str:
    """Return a time with an offset as one of UTC without it."""
    return f"make_timestamp(epoch_us({sql}))"


def _kind(type_name: str) -> str:
    if type_name.startswith(("TIMESTAMP WITH", "TIMESTAMPTZ")):
        return "instant"
    if type_name.startswith(("TIMESTAMP", "DATETIME")):
        return "time"
    if type_name.startswith(_WHOLE):
        return "whole"
    return "number" if type_name.startswith("DECIMAL") else _KINDS.get(type_name, "other")


def _first_line(error: Exception) -> str:
    return shown_url(str(error).split("\n", 1)[0].split(": ", 1)[-1])


def _reason(error: Exception) -> str:
    text = str(error)
    if "invalid state" in text:
        return ": its line ends are of several kinds, or it is damaged"
    for reason in ("No such file", "Permission denied", "not a valid DuckDB database", "No magic bytes"):
        if reason in text:
            return f": {reason}"
    return ""
