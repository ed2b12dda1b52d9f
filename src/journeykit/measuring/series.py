"""The series: all periods as a table beside the map, extended on each run.

A row is what was measured of one item in one period. The newest periods are asked anew and their rows replaced, as late
answers come in; older rows stay as they are written. So a run from the start of the last period but one makes the same
table as one over everything.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from journeykit.data.periods import period_bounds, period_of
from journeykit.data.questions import Grain
from journeykit.errors import UsageError
from journeykit.measuring.measurements import Measurement, scale_of

COLUMNS = (
    "touchpoint", "source", "item", "metric", "statistic", "unit", "scale", "period", "n", "missing", "out_of_scale",
    "value", "low", "high", "low_base", "suppressed", "counts",
)  # fmt: skip
"""The columns of the file, in order."""
KEY = ("source", "item", "metric")


class Point(NamedTuple):
    """One period of a series."""

    period: str
    n: int | None
    value: float | None
    low: float | None
    high: float | None
    low_base: bool
    suppressed: bool


class Strip(NamedTuple):
    """The series of one item that was asked in one way: source, question, scale and statistic are the same."""

    touchpoint: str
    source: str
    item: str
    metric: str
    statistic: str
    unit: str
    scale: str
    points: tuple[Point, ...]


def row_of(one: Measurement) -> list[object]:
    """Return the row of a measurement of everybody in one period."""
    main = one.main
    missing = None if one.suppressed else sum(n for kind, n in one.missing.items() if kind != "out of scale")
    scale = scale_of(one.definition) if one.definition.kind == "answer" else one.definition.clock or ""
    name, unit = (main.name, main.unit) if main else ("", "")
    item = " ".join(one.cell.item.split())  # a row is one line
    figures = (main.value, main.low, main.high) if main else (None, None, None)
    counts = " ".join(f"{score:g}={n}" for score, n in one.counts.items() if n)
    outside = None if one.suppressed else one.missing.get("out of scale", 0)
    return [
        one.touchpoint or "", one.source, item, one.cell.metric, name, unit, scale, one.cell.period,
        one.n, missing, outside, *figures, one.low_base, one.suppressed, counts,
    ]  # fmt: skip


def extended(old: str, new: str, since: str) -> str:
    """Return a series of which all rows from the period `since` on are replaced by those of a new one.

    Both are CSV with the heading of `COLUMNS`; rows are sorted by item and period.
    """
    kept = [line for line, row in _records(old) if row["period"] < since]
    heading = new.partition("\n")[0] + "\n"
    rows = {tuple(row[key] for key in (*KEY, "period")): line for line, row in _records(heading + "".join(kept))}
    rows |= {tuple(row[key] for key in (*KEY, "period")): line for line, row in _records(new)}
    return heading + "".join(rows[key] for key in sorted(rows))


def _records(text: str) -> list[tuple[str, dict[str, str]]]:
    lines = text.splitlines(keepends=True)
    if not lines:
        return []
    columns = next(csv.reader([lines[0]]))
    return [(line, dict(zip(columns, next(csv.reader([line])), strict=True))) for line in lines[1:]]


def check(text: str, name: str) -> list[dict[str, str]]:
    """Return the rows of a series. Raises UsageError if the text is none."""
    try:
        rows = list(csv.DictReader(io.StringIO(text), strict=True))
    except csv.Error as error:
        raise UsageError(f"{name}: no table: {error}") from None
    columns = tuple(rows[0]) if rows else tuple(next(csv.reader([text.partition("\n")[0]]), ()))
    if columns != COLUMNS or any(None in row or None in row.values() for row in rows):
        raise UsageError(f"{name}: not a series that journeykit measure wrote", f"its columns are {', '.join(COLUMNS)}")
    return rows


def start_of_next(rows: Sequence[Mapping[str, str]], grain: Grain, name: str) -> date | None:
    """Return from when to ask again: the start of the last period but one; None if there are no rows.

    Raises UsageError if the series has periods of another length.
    """
    last = max((row["period"] for row in rows if row["period"]), default="")
    bounds = period_bounds(last)
    if bounds is None:
        return None
    if period_of(bounds[0], grain) != last:
        raise UsageError(
            f"{name}: its periods are like {last}, not {grain}s", "--period says which; another needs another file"
        )
    before = period_bounds(period_of(bounds[0] - timedelta(1), grain))
    return before[0] if before else None


def strips(rows: Iterable[Mapping[str, str]], name: str) -> list[Strip]:
    """Return the series of each item, broken where it was asked in another way. Raises UsageError for a bad number."""
    found: dict[tuple[str, ...], list[Point]] = {}
    for row in rows:
        key = tuple(row[column] for column in ("touchpoint", "source", "item", "metric", "scale"))
        try:
            n = int(row["n"]) if row["n"] else None
            value, low, high = (float(row[column]) if row[column] else None for column in ("value", "low", "high"))
        except ValueError:
            raise UsageError(f"{name}: a number of {row['period']} cannot be read") from None
        point = Point(row["period"], n, value, low, high, row["low_base"] == "True", row["suppressed"] == "True")
        named = next((each for each in found if each[:5] == key and row["statistic"] in ("", each[5])), None)
        found.setdefault(named or (*key, row["statistic"], row["unit"]), []).append(point)
    return [Strip(*_strip(key), tuple(sorted(points))) for key, points in found.items()]


def _strip(key: tuple[str, ...]) -> tuple[str, str, str, str, str, str, str]:
    touchpoint, source, item, metric, scale, statistic, unit = key
    return touchpoint, source, item, metric, statistic, unit, scale
