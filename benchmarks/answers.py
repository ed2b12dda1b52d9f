"""Answers of customers in Parquet, and how others count them: `python -m benchmarks.answers WHAT FILE [ROWS]`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

QUESTIONS = 12
_MADE = f"""
SELECT 'touchpoint-' || (hash(i * 7) % {QUESTIONS}) AS question,
       CASE hash(i * 11) % 4 WHEN 0 THEN 'nps' WHEN 1 THEN 'ces' ELSE 'csat' END AS kind,
       CASE WHEN hash(i * 13) % 50 = 0 THEN NULL WHEN hash(i * 11) % 4 = 0 THEN CAST(hash(i * 17) % 11 AS INTEGER)
            WHEN hash(i * 11) % 4 = 1 THEN 1 + CAST(hash(i * 17) % 7 AS INTEGER)
            ELSE 1 + CAST(hash(i * 17) % 5 AS INTEGER) END AS score,
       TIMESTAMP '2024-01-01' + INTERVAL (hash(i * 19) % 63072000) SECOND AS answered_at,
       answered_at + INTERVAL (60 + hash(i * 23) % 900000) SECOND AS solved_at
"""


def make(file: str, rows: str) -> None:
    """Write answers of two years to 12 questions, and when a case was solved."""
    import duckdb

    duckdb.execute(f"COPY ({_MADE} FROM range({int(rows)}) t(i)) TO '{file}' (FORMAT parquet)")


def scan(file: str) -> None:
    """Read and hash every needed column: `count(*)` and `max()` read the end of the file only."""
    import duckdb

    columns = ", ".join(f"bit_xor(hash({name}))" for name in ("question", "kind", "score", "answered_at", "solved_at"))
    print(duckdb.execute(f"SELECT {columns} FROM '{file}'").fetchall())


def pandas(file: str) -> None:
    """Count by pandas."""
    import pandas as pd  # type: ignore[import-untyped, import-not-found, unused-ignore]

    rows: Any = pd.read_parquet(file)
    rows["quarter"] = rows.answered_at.dt.year * 10 + rows.answered_at.dt.quarter
    counts = rows.groupby(["question", "kind", "quarter", "score"], dropna=False).size()
    rows["time"] = (rows.solved_at - rows.answered_at).dt.total_seconds()
    print(len(counts), rows.groupby("quarter").time.quantile([0.5, 0.9]).to_list())


def polars(file: str) -> None:
    """Count by Polars."""
    import polars as pl  # type: ignore[import-not-found, unused-ignore]

    at = pl.col("answered_at")
    rows = pl.scan_parquet(file).with_columns(
        quarter=at.dt.year() * 10 + at.dt.quarter(), time=pl.col("solved_at") - pl.col("answered_at")
    )
    counts = rows.group_by("question", "kind", "quarter", "score").len()
    times = rows.group_by("quarter").agg(half=pl.col("time").quantile(0.5), most=pl.col("time").quantile(0.9))
    found = pl.collect_all([counts, times])
    print(len(found[0]), found[1].sort("quarter").rows())


if __name__ == "__main__":
    told: dict[str, Callable[..., None]] = {"make": make, "scan": scan, "pandas": pandas, "polars": polars}
    told[sys.argv[1]](*sys.argv[2:])
