"""Spark answers as DuckDB does. It takes a minute: only `make test-engines` runs it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.engines.cases import Case, asked, cases, comparable
from tests.engines.servers import into_parquet

CASES = cases()
if not os.environ.get("JOURNEYKIT_SPARK"):
    pytest.skip("Spark takes a minute: make test-engines", allow_module_level=True)
pytest.importorskip("pyspark", reason="pyspark is not installed: make test-engines")


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_all_rows_are_those_of_duckdb(tmp_path: Path, case: Case) -> None:
    path = into_parquet(tmp_path, case.table)
    right = comparable(asked(case, url=str(path)))
    query = f"SELECT * FROM parquet.`{path}`"
    assert comparable(asked(case, url="spark://local[1]", query=query)) == right
