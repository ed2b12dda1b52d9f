"""A log in Parquet or CSV, and how others count it: `python -m benchmarks.logs WHAT FILE [CASES [EVENTS]]`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

EVENTS_OF_CASE = 10
COLUMNS = ("case", "activity", "at", "team", "channel")
_MADE = """
WITH c AS (SELECT i, {least} + draw(i, 1, {spread}) AS n FROM range({cases}) t(i)),
e AS (SELECT i, n, unnest(range(n)) AS j FROM c),
f AS (SELECT i, n, j,
    CASE WHEN j = 0 OR draw(i, 10 + j, 12) = 0 THEN 0
         ELSE CAST(exp(draw(i, 100 + j, 14000) / 1000.0) AS BIGINT) END AS d,
    CASE WHEN j = 0 THEN 0 WHEN j = n - 1 THEN 11 WHEN j = n - 2 AND draw(i, 2, 10) > 0 THEN 10
         WHEN draw(i, 200 + j, 10) < 8 THEN 1 + (j - 1) % 4 ELSE 1 + draw(i, 300 + j, 9) END AS a FROM e)
SELECT 'case-' || i AS "case",
    ['Submitted', 'Assigned', 'In progress', 'Waiting for customer', 'Customer replied', 'Escalated',
     'Waiting for supplier', 'Solution proposed', 'Rejected', 'Reopened', 'Resolved', 'Closed'][a + 1] AS activity,
    TIMESTAMP '2022-01-01' + to_seconds(draw(i, 3, 63000000) + CAST(SUM(d) OVER (PARTITION BY i ORDER BY j) AS BIGINT))
        AS "at",
    CASE WHEN a IN (5, 6) THEN 'Specialists' WHEN draw(i, 400 + j, 20) > 0 THEN 'Team ' || draw(i, 4, 12) END AS team,
    CASE WHEN draw(i, 500 + j, 8) > 0 THEN ['phone', 'mail', 'web', 'chat'][1 + draw(i, 5, 4)] ELSE 'mail' END
        AS channel
FROM f ORDER BY "at"
"""


def make(file: str, cases: str, events: str = str(EVENTS_OF_CASE)) -> None:
    """Write the log of a service desk, so many events in the mean case, in the order of time."""
    import duckdb

    duckdb.execute("CREATE MACRO draw(a, b, n) AS CAST(hash(a * 1000 + b) % n AS BIGINT)")
    form = "csv" if file.endswith(".csv") else "parquet"
    lengths = {"least": int(events) * 2 // 5, "spread": int(events) * 6 // 5 + 1}
    duckdb.execute(f"COPY ({_MADE.format(cases=int(cases), **lengths)}) TO '{file}' (FORMAT {form})")


def scan(file: str) -> None:
    """Read and hash every column."""
    import duckdb

    columns = ", ".join(f'bit_xor(hash("{name}"))' for name in COLUMNS)
    print(duckdb.execute(f"SELECT {columns} FROM {_read(file)}").fetchall())


def cases(file: str) -> None:
    """Group by case, and no more."""
    import duckdb

    grouped = f'SELECT "case", min("at") AS first, max("at") AS last FROM {_read(file)} GROUP BY "case"'
    print(duckdb.execute(f"SELECT count(*), max(last - first) FROM ({grouped})").fetchall())


def _read(file: str) -> str:
    return f"read_csv('{file}', all_varchar = true)" if file.endswith(".csv") else f"'{file}'"


def pandas(file: str) -> None:
    """Count activities, starts, ends, steps with their times, handoffs and ways by pandas."""
    import pandas as pd  # type: ignore[import-untyped, import-not-found, unused-ignore]

    rows: Any = pd.read_parquet(file).drop_duplicates()
    for name in ("case", "activity", "team"):
        rows[name] = rows[name].astype("category")
    rows = rows.sort_values(["case", "at", "activity"])
    new = rows["case"] != rows["case"].shift()
    rows = rows[new | (rows.activity != rows.activity.shift())]
    by_case = rows.groupby("case", observed=True)
    rows["next"], rows["took"] = by_case.activity.shift(-1), -by_case["at"].diff(-1)
    steps = rows.groupby(["activity", "next"], observed=True)["took"].describe(percentiles=[0.5, 0.9])
    moved = rows.groupby([rows.team, by_case.team.shift(-1)], observed=True).size()
    reach = rows.groupby("activity", observed=True)["case"].nunique()
    ways = by_case.activity.agg(lambda one: tuple(one.cat.codes)).value_counts()
    print(
        len(rows), len(steps), len(moved), reach.to_dict(), len(ways), by_case.activity.last().value_counts().to_dict()
    )


def polars(file: str) -> None:
    """Count the same by Polars."""
    import polars as pl  # type: ignore[import-not-found, unused-ignore]

    of_case = {"partition_by": "case"}
    rows = (
        pl.scan_parquet(file).unique().with_columns(pl.col("activity").cast(pl.Categorical)).sort("case", "at")
        .filter((pl.col("activity") != pl.col("activity").shift().over(**of_case)).fill_null(True))
        .with_columns(
            next=pl.col("activity").shift(-1).over(**of_case),
            took=pl.col("at").shift(-1).over(**of_case) - pl.col("at"),
            to=pl.col("team").shift(-1).over(**of_case),
        ).collect()
    )  # fmt: skip
    took = pl.col("took")
    steps = rows.group_by("activity", "next").agg(pl.len(), took.quantile(0.5).alias("half"), took.quantile(0.9))
    reach = rows.group_by("activity").agg(pl.col("case").n_unique())
    moved = rows.group_by("team", "to").len()
    ways = rows.group_by("case", maintain_order=True).agg(pl.col("activity").to_physical()).group_by("activity").len()
    print(len(rows), len(steps), len(moved), reach.rows(), len(ways))


def pm4py(file: str) -> None:
    """Count activities, starts, ends, steps with their times, and variants by pm4py."""
    import pandas as pd
    import pm4py  # type: ignore[import-untyped, import-not-found, unused-ignore]

    names = {"case_id": "case", "activity_key": "activity", "timestamp_key": "at"}
    rows = pm4py.format_dataframe(pd.read_parquet(file), **names)
    counts, starts, ends = pm4py.discover_dfg(rows)
    times, _, _ = pm4py.discover_performance_dfg(rows)
    print(len(counts), len(starts), len(ends), len(times), len(pm4py.get_variants(rows)))


if __name__ == "__main__":
    told: dict[str, Callable[..., None]] = {
        "make": make, "scan": scan, "cases": cases, "pandas": pandas, "polars": polars, "pm4py": pm4py,
    }  # fmt: skip
    told[sys.argv[1]](*sys.argv[2:])
