"""The series: all periods as a table beside the map, extended on each run.

A row is what was measured of one item of one journey in one period. The newest periods of each source are asked anew
and their rows replaced, as late answers come in; older rows, and those of other journeys and sources, stay as they are
written. So a run from the start of the last period but one makes the same table as one over everything.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from journeykit.data.periods import period_bounds, period_of
from journeykit.data.questions import Grain
from journeykit.errors import UsageError
from journeykit.measuring.measurements import Measurement, scale_of

COLUMNS = (
    "journey", "touchpoint", "source", "item", "metric", "statistic", "unit", "scale", "period", "n", "missing",
    "out_of_scale", "value", "low", "high", "low_base", "suppressed", "counts",
)  # fmt: skip
"""The columns of the file, in order."""
KEY = ("journey", "source", "item", "metric", "period")
"""The columns that tell rows apart, and by which they are sorted."""

Asked: TypeAlias = tuple[str, str]
"""The id of a journey and the name of a source that it was measured by."""


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


def row_of(journey: str, one: Measurement) -> list[object]:
    """Return the row of a measurement of everybody in one period of the journey with this id."""
    main = one.main
    missing = None if one.suppressed else sum(n for kind, n in one.missing.items() if kind != "out of scale")
    scale = scale_of(one.definition) if one.definition.kind == "answer" else one.definition.clock or ""
    name, unit = (main.name, main.unit) if main else ("", "")
    item = " ".join(one.cell.item.split())  # a row is one line
    figures = (main.value, main.low, main.high) if main else (None, None, None)
    counts = " ".join(f"{score:g}={n}" for score, n in one.counts.items() if n)
    outside = None if one.suppressed else one.missing.get("out of scale", 0)
    return [
        journey, one.touchpoint or "", one.source, item, one.cell.metric, name, unit, scale, one.cell.period,
        one.n, missing, outside, *figures, one.low_base, one.suppressed, counts,
    ]  # fmt: skip


def extended(old: str, new: str, since: Mapping[Asked, str]) -> str:
    """Return a series of which all rows of what was asked are replaced, from the first period that was asked of it on.

    Both are CSV with the heading of `COLUMNS`; "" is before all periods.
    """
    kept = [line for line, row in _records(old) if not _is_new(row, since)]
    heading = new.partition("\n")[0] + "\n"
    fresh = [line for line, row in _records(new) if _is_new(row, since)]
    rows = {tuple(row[key] for key in KEY): line for line, row in _records("".join([heading, *kept, *fresh]))}
    return heading + "".join(rows[key] for key in sorted(rows))


def _is_new(row: Mapping[str, str], since: Mapping[Asked, str]) -> bool:
    start = since.get(_asked(row))
    return start is not None and row["period"] >= start


def _asked(row: Mapping[str, str]) -> Asked:
    return row["journey"], row["source"]


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


def starts_of_next(
    rows: Iterable[Mapping[str, str]], grain: Grain, late: Mapping[str, int], name: str
) -> dict[Asked, date]:
    """Return from when to ask again: the start of the last period, less as many as may still change in a source.

    Raises UsageError if the series has periods of another length.
    """
    newest: dict[Asked, str] = {}
    for row in rows:
        newest[_asked(row)] = max(newest.get(_asked(row), ""), row["period"])
    return {
        asked: start
        for asked, last in newest.items()
        if (start := _start(last, grain, late.get(asked[1], 1), name)) is not None
    }


def _start(last: str, grain: Grain, late: int, name: str) -> date | None:
    """Return the start of the period that is as many before the last one; None of what has no periods."""
    bounds = period_bounds(last)
    if bounds is None:
        return None
    if period_of(bounds[0], grain) != last:
        raise UsageError(
            f"{name}: its periods are like {last}, not {grain}s", "--period says which; another needs another file"
        )
    for _ in range(late):
        bounds = bounds and period_bounds(period_of(bounds[0] - timedelta(1), grain))
    return bounds and bounds[0]


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
