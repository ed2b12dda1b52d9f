"""Answers of customers in Parquet, and how others count them: `python -m benchmarks.answers WHAT FILE [ROWS]`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

QUESTIONS = 12
_SCALES = {"csat": (1, 5), "ces": (1, 7), "nps": (0, 10)}
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
    """Count and compute by pandas what `measure` shows."""
    import numpy as np
    import pandas as pd  # type: ignore[import-untyped, import-not-found, unused-ignore]

    rows: Any = pd.read_parquet(file)
    rows["quarter"] = rows.answered_at.dt.year * 10 + rows.answered_at.dt.quarter
    rows["time"] = (rows.solved_at - rows.answered_at).dt.total_seconds()
    days = rows.answered_at.min().date(), rows.answered_at.max().date()
    keys = ["question", "kind", "quarter", "score"]
    counts = rows.groupby(keys, dropna=False).size().reset_index()
    found = figures((q, k, at, None if s != s else s, n) for q, k, at, s, n in counts.itertuples(index=False))
    states = rows.groupby(["quarter", rows.solved_at.isna(), rows.time < 0]).size()
    over = rows[rows.time >= 0]
    grouped = over.groupby("quarter").time
    quantiles = [times.quantile(ranks(len(times))).to_list() for _, times in grouped]
    logs = np.log(over.time).groupby(over.quarter).agg(["mean", "std"])
    print(len(rows), days, found, states.to_dict(), quantiles, grouped.mean().to_list(), logs.values.tolist())


def polars(file: str) -> None:
    """Count and compute by Polars what `measure` shows."""
    import polars as pl  # type: ignore[import-not-found, unused-ignore]

    at, time = pl.col("answered_at"), pl.col("time")
    rows = pl.scan_parquet(file).with_columns(
        quarter=at.dt.year() * 10 + at.dt.quarter(), time=pl.col("solved_at") - pl.col("answered_at")
    )
    about = rows.select(pl.len(), first=at.min(), last=at.max())
    counts = rows.group_by("question", "kind", "quarter", "score").len()
    states = rows.group_by("quarter", pl.col("solved_at").is_null(), negative=time < pl.duration()).len()
    over = rows.filter(time >= pl.duration()).with_columns(log=time.dt.total_milliseconds().log())
    log = pl.col("log")
    quantiles = [time.quantile(rank).alias(f"q{place}") for place, rank in enumerate(ranks(pl.len()))]
    times = over.group_by("quarter").agg(time.mean(), *quantiles, mean=log.mean(), std=log.std())
    found = pl.collect_all([about, counts, states, times])
    print(found[0].rows(), figures(found[1].iter_rows()), found[2].rows(), found[3].rows())


def ranks(n: Any) -> list[Any]:
    """Return median and 90 % with the ends of their intervals by order statistics, as shares of n."""
    shares = ((share, share * (1 - share)) for share in (0.5, 0.9))
    return [share + side * (spread / n) ** 0.5 for share, spread in shares for side in (-1.96, 0.0, 1.96)]


def figures(counts: Iterable[tuple[str, str, int, float | None, int]]) -> list[tuple[Any, ...]]:
    """Return n, blank answers, those off the scale, and values with 95 % intervals by question, kind and quarter.

    `counts` has question, kind, quarter, score or None, and how many.
    """
    cells: dict[tuple[str, str, int], dict[float | None, int]] = {}
    for question, kind, quarter, score, n in counts:
        cells.setdefault((question, kind, quarter), {})[score] = n
    return [(*cell, *_cell(cell[1], scores)) for cell, scores in cells.items()]


def _cell(kind: str, scores: dict[float | None, int]) -> tuple[Any, ...]:
    low, high = _SCALES[kind]
    right = {score: n for score, n in scores.items() if score is not None and low <= score <= high}
    n, blank = sum(right.values()), scores.get(None, 0)
    if kind == "nps":
        codes: dict[float, float] = {score: 100.0 * ((score >= 9) - (score <= 6)) for score in right}
    else:
        codes = {score: 100 * (score - low) / (high - low) for score in right}
    mean = sum(codes[score] * m for score, m in right.items()) / n
    half = 1.96 * (sum(m * (codes[score] - mean) ** 2 for score, m in right.items()) / (n - 1) / n) ** 0.5
    share = sum(m for score, m in right.items() if score >= (5 if kind == "ces" else high - 1)) / n
    z2 = 1.96**2 / n
    middle, wide = (share + z2 / 2) / (1 + z2), (z2 * share * (1 - share) + z2**2 / 4) ** 0.5 / (1 + z2)
    return n, blank, sum(scores.values()) - n - blank, mean, half, share, middle - wide, middle + wide, right


if __name__ == "__main__":
    told: dict[str, Callable[..., None]] = {"make": make, "scan": scan, "pandas": pandas, "polars": polars}
    told[sys.argv[1]](*sys.argv[2:])
