"""PostgreSQL answers as DuckDB does; it is only read, and no message tells a secret."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from journeykit.data.asking import ask, sql
from journeykit.data.engines import DataError
from journeykit.data.questions import Found, Limits, Wanted
from journeykit.data.sources import Source, read_source
from journeykit.errors import UsageError
from tests.conftest import ROOT, slow
from tests.engines.cases import Case, asked, cases, comparable
from tests.engines.servers import PASSWORD, Server, connect, into_parquet, into_postgres, postgres, program

CASES = cases()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    pytest.importorskip("pg8000", reason="pg8000 is not installed: make test-engines")
    if not (program("initdb") and program("postgres")):
        pytest.skip("there is no server of PostgreSQL: apt-get install postgresql")
    with postgres() as started:
        for table in {case.table.name: case.table for case in CASES}.values():
            into_postgres(started.port, table)
        owner = connect(started.port)
        owner.run("CREATE SEQUENCE counter")
        owner.close()
        yield started


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("tables")
    return {table.name: into_parquet(folder, table) for table in {one.table.name: one.table for one in CASES}.values()}


GRAINS = [slow(case) if case.name.startswith("survey-") else case for case in CASES]


@pytest.mark.parametrize("case", GRAINS, ids=[case.name for case in CASES])
def test_all_rows_are_those_of_duckdb(
    server: Server, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch, case: Case
) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    right = comparable(asked(case, url=str(files[case.table.name])))
    assert comparable(asked(case, url=server.url, table=case.table.name)) == right


@pytest.fixture
def reading(server: Server, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Source]:
    """A source of answers on the server; `connect` starts with the password of the environment."""
    monkeypatch.setenv("PGPASSWORD", PASSWORD)

    def source(**settings: Any) -> Source:
        given = {"kind": "answers", "url": server.url, "columns": {"score": "csat"}, **settings}
        return read_source(ROOT / "journeykit.toml", "it", given)

    return source


def count(source: Source, limits: Limits = Limits()) -> Found:  # noqa: B008
    return ask(source, Wanted(frozenset({"answers"}), "all"), limits)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"table": "gone"}, 'PostgreSQL: relation "gone" does not exist'),
        ({"query": "SELECT 5 AS score; DROP TABLE survey"}, "PostgreSQL: syntax error"),
        ({"query": "SELECT 5 AS score) x; DROP TABLE survey; SELECT (1"}, "cannot insert multiple commands"),
        ({"query": "DELETE FROM survey RETURNING 5 AS score"}, "PostgreSQL: syntax error"),
        ({"query": "SELECT setval('counter', 7) AS score"}, "cannot do this (25006): it is read only"),
        ({"query": "SELECT CAST('anna@x.org' AS INTEGER) AS score"}, "cannot do this (22P02)"),
        ({"query": "SELECT 5 AS score, 6 AS score"}, "has two columns of one name"),
        ({"query": "SELECT 5 AS score", "columns": {"scores": "csat"}}, 'there is no column "scores"'),
        ({}, "is missing: which table of the database"),
    ],
)
def test_what_cannot_be_asked(reading: Callable[..., Source], settings: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError) as error:
        count(reading(**settings))
    assert message in str(error.value)
    assert "anna" not in str(error.value)


def test_a_statement_may_take_only_so_long(reading: Callable[..., Source]) -> None:
    query = "SELECT 5 AS score FROM pg_sleep(30)"
    with pytest.raises(DataError, match="a statement took more than"):
        count(reading(query=query), Limits(timeout=0.5))


def test_secrets_come_from_the_environment_and_are_in_no_message(
    server: Server, reading: Callable[..., Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sum(one.n for one in count(reading(query="SELECT 5 AS score")).scores) == 1
    monkeypatch.setenv("PGUSER", "anna")
    monkeypatch.setenv("PGDATABASE", "postgres")
    folder = reading(url=f"postgres:///?host={server.socket}&port={server.port}", query="SELECT 5 AS score")
    assert sum(one.n for one in count(folder).scores) == 1
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setenv("DWH", f"postgresql://anna:hunter2@127.0.0.1:{server.port}/postgres?sslmode=disable")
    for url, message in {
        "${DWH}": f"127.0.0.1:{server.port} refuses this user or password",
        server.url: f"127.0.0.1:{server.port} refuses this user or password",
        f"{server.url}?sslmode=require": "cannot be reached: it refuses encryption",
        "postgres://anna@127.0.0.1:1/postgres": "127.0.0.1:1 cannot be reached: Connection refused",
        "postgres://anna@127.0.0.1:x/postgres": "is no address of a database",
    }.items():
        with pytest.raises(DataError) as error:
            count(reading(url=url, query="SELECT 5 AS score"))
        assert message in str(error.value)
        assert "hunter2" not in str(error.value) and "anna" not in str(error.value)
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    with pytest.raises(DataError, match='has no database "gone"'):
        count(reading(url=server.url.replace("/postgres", "/gone"), query="SELECT 5 AS score"))


def test_a_format_of_text_is_for_files(reading: Callable[..., Source]) -> None:
    one = reading(query="SELECT 5 AS score, '1/2/2026' AS at", at="at", format="%d/%m/%Y")
    with pytest.raises(DataError, match="is for files") as error:
        count(one)
    assert "to_timestamp" in error.value.help


def test_statements_are_shown_without_a_driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept for later statements stands in each that reads it."""
    monkeypatch.setitem(sys.modules, "pg8000", None)
    settings = {"kind": "events", "url": "postgres://x", "table": "a.b", "case": "c", "activity": "a'", "at": "t"}
    one = read_source(tmp_path / "journeykit.toml", "it", settings)
    shown = sql(one, Wanted(frozenset({"events"})))
    assert any(statement.startswith("WITH jk_events AS (") and "jk_runs AS (" in statement for statement in shown)
    assert all('FROM "a"."b"' in statement for statement in shown)
    with pytest.raises(UsageError, match="pg8000 is not installed") as error:
        count(one)
    assert error.value.help == "pip install 'journeykit[postgres]'"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process at once")
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_what_ends_the_program_ends_its_statement(
    server: Server, tmp_path: Path, sent: signal.Signals, status: int
) -> None:
    (tmp_path / "journeykit.toml").write_text(
        f'[data.it]\nkind = "answers"\nurl = "{server.url}"\nquery = "SELECT 4 AS score FROM pg_sleep(60)"\n'
        '[data.it.columns]\nscore = "csat"\n',
        encoding="utf-8",
    )
    text = "title: It\npersona: Anna\ndata: [it]\ntouchpoints: [call, wait]\n"
    (tmp_path / "it.journey.yaml").write_text(text, encoding="utf-8")
    running = "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'journeykit' AND state = 'active'"
    owner = connect(server.port)
    program = subprocess.Popen(
        [sys.executable, "-m", "journeykit", "measure", "it.journey.yaml"],
        cwd=tmp_path, env={**os.environ, "PGPASSWORD": PASSWORD}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    )  # fmt: skip
    try:
        wait_until(lambda: owner.run(running)[0][0] == 1)
        program.send_signal(sent)
        out, err = program.communicate(timeout=30)
        assert (program.returncode, out) == (status, b"")
        assert b"Traceback" not in err
        wait_until(lambda: owner.run(running)[0][0] == 0)
    finally:
        program.kill()
        program.wait()
        owner.close()


def wait_until(true: Callable[[], bool]) -> None:
    """Wait at most half a minute."""
    for _ in range(300):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it took too long")
