"""PostgreSQL: counts where the data lie, in one transaction that can write nothing."""

from __future__ import annotations

import getpass
import os
import socket
import ssl
import struct
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from journeykit.data import engines
from journeykit.data.engines import OFFSET, TIME, DataError, missing_driver

CONNECT_SECONDS = 15
CANCEL = 80877102
"""The number that asks a server to end the statement of another connection."""
_KINDS = {
    25: "text", 1043: "text", 16: "truth", 20: "whole", 21: "whole", 23: "whole", 700: "number", 701: "number",
    1700: "number", 1082: "date", 1114: "time", 1184: "instant",
}  # fmt: skip
"""Kinds of columns by the number of their type; `char(n)` is not among them, as its blanks are no text."""
_TIMEOUT, _NO_PASSWORD, _NO_DATABASE = "57014", "28P01", "3D000"


class Engine(engines.Database):
    """A server of PostgreSQL."""

    name = "PostgreSQL"
    reader = "the database"
    text_type = "TEXT"
    real_type = "DOUBLE PRECISION"
    _sorts_letters = ""

    def lower(self, sql: str) -> str:
        return f"lower({sql}{self._sorts_letters})"

    def by_code(self, sql: str) -> str:
        return f'{sql} COLLATE "C"'

    def matches(self, sql: str, pattern: str) -> str:
        return f"({sql}) ~ {self.literal(f'^(?:{pattern})$')}"

    def quotient(self, sql: str, by: str) -> str:
        return f"(({sql}) / ({by}))"

    def text_millis(self, text: str) -> str:
        local = f"CAST({text} AS TIMESTAMP) AT TIME ZONE {self.literal(self.source.zone)}"
        moment = f"CASE WHEN {self.matches(text, OFFSET)} THEN CAST({text} AS TIMESTAMPTZ) ELSE {local} END"
        return f"CASE WHEN {self.matches(text, TIME)} THEN {self.instant_millis(f'({moment})')} END"

    def instant_millis(self, sql: str) -> str:
        return f"CASE WHEN isfinite({sql}) THEN CAST(floor(EXTRACT(EPOCH FROM {sql}) * 1000) AS BIGINT) END"

    def local_millis(self, sql: str) -> str:
        return self.instant_millis(f"({sql} AT TIME ZONE {self.literal(self.source.zone)})")

    def day(self, millis: str) -> str:
        if self.source.zone == "UTC":
            return f"CAST(floor(({millis}) / 86400000.0) AS BIGINT)"
        moment = f"(TIMESTAMPTZ '1970-01-01 00:00:00Z' + ({millis}) * INTERVAL '1 millisecond')"
        return (
            f"CAST(CAST({moment} AT TIME ZONE {self.literal(self.source.zone)} AS DATE) - DATE '1970-01-01' AS BIGINT)"
        )

    def date(self, day: str) -> str:
        return f"(DATE '1970-01-01' + CAST({day} AS INTEGER))"

    # The connection.

    def open(self) -> None:
        try:
            import pg8000.exceptions
            import pg8000.native
        except ImportError:
            raise missing_driver("pg8000", "postgres") from None
        self._errors = pg8000.exceptions
        self._connection: pg8000.native.Connection | None = None
        self._types = {}
        self._connect(pg8000.native.Connection)
        for sql in (
            "SET TimeZone = 'UTC'", "SET standard_conforming_strings = on", "SET bytea_output = hex",
            f"SET statement_timeout = {max(1, int(self.limits.timeout * 1000))}",
            "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
        ):  # fmt: skip
            self._run(sql)
        found = self._run("SELECT 1 FROM pg_catalog.pg_collation WHERE collname = 'und-x-icu'")
        self._sorts_letters = ' COLLATE "und-x-icu"' if found else ""

    def _connect(self, connect: Any) -> None:
        try:
            address = _Address(self.source.address())
        except (ValueError, OSError, KeyError):
            help = "write postgres://USER@HOST:PORT/DATABASE; the password is PGPASSWORD of the environment"
            raise self.fault("is no address of a database", help, "url") from None
        where = address.shown
        self._where = address
        try:
            if address.socket:
                place: dict[str, Any] = {"unix_sock": address.socket, "timeout": CONNECT_SECONDS}
            else:
                place = {"host": address.host, "sock": address.opened()}
            self._connection = connect(
                address.user, database=address.database, password=address.password, ssl_context=_ssl(address.ssl),
                application_name="journeykit", **place,
            )  # fmt: skip
            self._connection._usock.settimeout(self.limits.timeout + CONNECT_SECONDS)
        except self._errors.DatabaseError as error:
            code = _field(error, "C")
            if code == _NO_DATABASE:
                raise self.fault(f'{where} has no database "{address.database}"', "", "url") from None
            if code.startswith("28"):
                help = "set PGUSER and PGPASSWORD, or write postgres://${DWH_USER}:${DWH_PASSWORD}@…"
                raise self.fault(f"{where} refuses this user or password", help, "url") from None
            raise self.fault(f"{where} gives no connection ({code or 'no reason said'})", "", "url") from None
        except (OSError, self._errors.InterfaceError, ValueError) as error:
            raise self.fault(f"{where} cannot be reached: {_why(error)}", "", "url") from None

    def close(self) -> None:
        connection, self._connection = getattr(self, "_connection", None), None
        if connection is not None:
            try:
                connection.close()
            except (OSError, self._errors.InterfaceError, self._errors.DatabaseError):
                return  # it is closed already

    def _run(self, sql: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Run one statement; what the server says is told only where it can hold no value of the data."""
        assert self._connection is not None
        try:
            # With a value, a statement is parsed on its own: a second one after a semicolon is refused.
            rows = self._connection.run(sql, **(values or {f"{self.prefix}none": None}))
        except self._errors.DatabaseError as error:
            raise self._failed(error) from None
        except (OSError, self._errors.InterfaceError) as error:
            self.close()
            raise self.fault(f"the connection was lost: {_why(error)}", "", "url") from None
        except BaseException:  # Ctrl-C or SIGTERM; the server would go on although nobody listens
            self._cancel()
            raise
        return [tuple(row) for row in rows or ()]

    def _cancel(self) -> None:
        """Ask the server, by a connection of its own, to end the statement that runs."""
        key = getattr(self._connection, "_backend_key_data", None)  # pg8000 has no word for it
        if key is None:
            return
        with suppress(OSError), self._where.opened() as opened:
            opened.sendall(struct.pack("!ii", 8 + len(key), CANCEL) + key)
            opened.recv(1)  # the server closes it once the request is passed on

    def _failed(self, error: Exception) -> DataError:
        code = _field(error, "C")
        if code == _TIMEOUT:
            message = f"a statement took more than {self.limits.timeout:g} seconds"
            return self.fault(message, "give it more time: --timeout 30min")
        if code.startswith("42"):  # names and grammar, which hold no value of the data
            return self.fault(f"PostgreSQL: {_field(error, 'M')}", _field(error, "H"))
        reasons = {"25": "it is read only", "53": "it has no memory or disk left", "57": "it was stopped"}
        reason = reasons.get(code[:2], "")
        return self.fault(f"PostgreSQL cannot do this ({code or 'no reason said'}){reason and ': '}{reason}")

    def fetch(self, sql: str) -> list[tuple[Any, ...]]:
        return self._run(sql, self.values)

    # What is read.

    def described(self, sql: str) -> Sequence[tuple[str, str]]:
        self._run(sql)
        assert self._connection is not None
        columns = self._connection.columns or ()
        return [(one["name"], _KINDS.get(one["type_oid"], "other")) for one in columns]


class _Address:
    """What an address and the environment say, as `psql` reads them."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        query = {key: values[-1] for key, values in parse_qs(parts.query).items()}

        def said(value: str | None, *names: str) -> str:
            return value or next((os.environ[name] for name in names if os.environ.get(name)), "")

        self.host = said(unquote(parts.hostname or "") or query.get("host"), "PGHOST") or "localhost"
        self.port = int(parts.port or said(query.get("port"), "PGPORT") or 5432)
        self.user = said(unquote(parts.username or "") or query.get("user"), "PGUSER") or getpass.getuser()
        self.password = said(unquote(parts.password or "") or query.get("password"), "PGPASSWORD")
        self.database = said(unquote(parts.path.removeprefix("/")) or query.get("dbname"), "PGDATABASE") or self.user
        self.ssl = (
            said(query.get("sslmode"), "PGSSLMODE") or "prefer",
            said(query.get("sslrootcert"), "PGSSLROOTCERT"),
        )
        self.socket = os.path.join(self.host, f".s.PGSQL.{self.port}") if self.host.startswith("/") else ""  # noqa: PTH118
        self.shown = f"{self.host}:{self.port}"

    def opened(self) -> socket.socket:
        """Return a socket that is connected. Raises OSError."""
        if not self.socket:
            return socket.create_connection((self.host, self.port), CONNECT_SECONDS)
        found = socket.socket(socket.AF_UNIX)
        found.settimeout(CONNECT_SECONDS)
        found.connect(self.socket)
        return found


def _ssl(said: tuple[str, str]) -> Any:
    """Return what the driver is told of encryption."""
    mode, root = said
    if mode in ("verify-ca", "verify-full"):
        context = ssl.create_default_context(cafile=root or None)
        context.check_hostname = mode == "verify-full"
        return context
    return {"disable": False, "allow": None, "prefer": None, "require": True}.get(mode, True)


def _field(error: Exception, key: str) -> str:
    """Return a field of an error of the server: `C` its code, `M` its message, `H` its hint."""
    fields = error.args[0] if error.args else None
    return str(fields.get(key, "")) if isinstance(fields, dict) else ""


def _why(error: Exception) -> str:
    """Return why a server was not reached: the system's words, which hold no credentials."""
    if isinstance(error, TimeoutError):
        return "it does not answer"
    if isinstance(error, ssl.SSLError):
        return "its certificate is not trusted" if isinstance(error, ssl.SSLCertVerificationError) else "no encryption"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return "it refuses encryption" if "SSL" in str(error) else "the connection was closed"
