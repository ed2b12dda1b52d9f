"""A server of PostgreSQL with a folder and a port of its own, and tables in it and in Parquet files."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.engines.cases import Table

PASSWORD = "it's a \\ secret"


class Server(NamedTuple):
    """A server that runs."""

    port: int
    url: str
    """Of its reader, without the password."""
    socket: Path


def program(name: str) -> str | None:
    """Return a program of PostgreSQL, which Debian keeps out of the PATH."""
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(newest[-1]) if newest else None)


@contextmanager
def postgres() -> Iterator[Server]:
    """Run a server, as somebody who is not root: as that it does not start."""
    import pwd

    folder = Path(tempfile.mkdtemp(prefix="jk-pg-"))
    user: dict[str, Any] = {}
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = None
    try:
        secret = folder / "secret"
        secret.write_text(PASSWORD, encoding="utf-8")
        secret.chmod(0o644)
        init = [
            "-D",
            str(folder / "data"),
            "-U",
            "anna",
            "-E",
            "UTF8",
            "-A",
            "scram-sha-256",
            f"--pwfile={secret}",
            "-N",
        ]
        language = ["--locale-provider=icu", "--icu-locale=en-US"]  # which sorts a before B
        _run([str(program("initdb")), *init, "--locale=C", *language], folder, user)
        options = ["-p", str(port), "-k", str(folder), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        with (folder / "log").open("wb") as out:
            process = subprocess.Popen(
                [str(program("postgres")), "-D", str(folder / "data"), *options],
                stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=folder, **user,
            )  # fmt: skip
        _wait(process, port, folder)
        yield Server(port, f"postgres://anna@127.0.0.1:{port}/postgres", folder)
    finally:
        if process is not None:
            process.terminate()
            process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str], folder: Path, user: dict[str, Any]) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120, **user)


def _wait(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, (folder / "log").read_text(errors="replace")
        try:
            connect(port).close()
        except Exception:
            time.sleep(0.1)
        else:
            return
    raise AssertionError((folder / "log").read_text(errors="replace"))


def connect(port: int) -> Any:
    """Connect as the owner."""
    from pg8000.native import Connection

    return Connection("anna", host="127.0.0.1", port=port, database="postgres", password=PASSWORD)


def into_postgres(port: int, table: Table) -> None:
    """Make a table."""
    connection = connect(port)
    types = {"DOUBLE": "DOUBLE PRECISION"}
    columns = ", ".join(f"{quoted(name)} {types.get(kind, kind)}" for name, kind in table.columns.items())
    connection.run("BEGIN")
    connection.run(f"CREATE TABLE {table.name} ({columns})")
    names = [f"v{place}" for place in range(len(table.columns))]
    insert = connection.prepare(f"INSERT INTO {table.name} VALUES ({', '.join(f':{name}' for name in names)})")
    for row in table.rows:
        insert.run(**dict(zip(names, row, strict=True)))
    connection.run("COMMIT")
    connection.close()


def into_parquet(folder: Path, table: Table) -> Path:
    """Write a Parquet file."""
    import duckdb

    path = folder / f"{table.name}.parquet"
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    columns = ", ".join(f"{quoted(name)} {kind.replace('TEXT', 'VARCHAR')}" for name, kind in table.columns.items())
    connection.execute(f"CREATE TABLE t ({columns})")
    connection.executemany(f"INSERT INTO t VALUES ({', '.join('?' * len(table.columns))})", list(table.rows))
    connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    connection.close()
    return path


def quoted(name: str) -> str:
    """Return a name as SQL."""
    return '"' + name.replace('"', '""') + '"'
