"""`--show-sql`: the statements, without opening anything."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from journeykit.data.asking import sql
from journeykit.data.engines import DataError
from journeykit.data.questions import Wanted
from tests.sources.reading import source


def test_every_statement_is_shown_and_nothing_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    shown = sql(
        source(
            tmp_path,
            url="gone.csv",
            columns={"it's": {"metric": "csat", "missing": {"don't ask": "not asked"}}},
            at="t",
        ),
        Wanted(frozenset({"answers"}), rows={"plan": ("pro",)}),
    )
    assert all("FROM" in one for one in shown)
    assert "'don''t ask'" in shown[-1]
    assert '"it\'s"' in shown[-1]
    assert "read_csv('gone.csv'" in shown[-1]
    assert "IN ('pro')" in shown[-1]
    assert "$jk" not in "".join(shown)


def test_an_address_is_shown_without_its_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", "hunter2")
    log = source(
        tmp_path, kind="events", url="https://anna@x.org/${KEY}/a.csv?sig=${KEY}", case="c", activity="a", at="t"
    )
    with pytest.raises(DataError) as error:
        sql(log, Wanted(frozenset({"events", "handoffs"})))
    assert error.value.message.endswith("there is no engine for https://x.org/${KEY}/a.csv")


def test_a_query_is_shown_as_it_is_run(tmp_path: Path) -> None:
    import duckdb

    one = source(tmp_path, url="duckdb://gone.duckdb", query="SELECT * FROM answers;\n", columns={"score": "csat"})
    for statement in sql(one, Wanted(frozenset({"answers"}))):
        assert len(duckdb.extract_statements(statement)) == 1
