"""The figures of the site as files: JSON, CSV and SQLite, and a page that says what is in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from journeykit.output.table import Column as DataColumn
from journeykit.output.table import Table, as_csv
from journeykit.site.addresses import way
from journeykit.site.frame import Frame, heading, page
from journeykit.site.parts import Column, Row, cell, table
from journeykit.site.portfolio import OPEN, Portfolio
from journeykit.web.markup import element

AT = "data/index.html"
VERSION = 1
"""The version of the columns; it changes only when a program that reads them could break."""
Rows = list[dict[str, Any]]
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "journeys": (
        "journey", "file", "title", "persona", "owner", "state", "status", "basis", "lang", "updated", "review_due",
        "score", "low", "high", "low_points", "critical", "open", "overdue", "findings", "delta",
    ),
    "touchpoints": (
        "journey", "touchpoint", "number", "title", "stage", "phase", "channels", "owner", "teams", "score",
        "half_width", "weight", "severity", "kind", "opportunities",
    ),
    "opportunities": (
        "journey", "opportunity", "title", "touchpoints", "status", "owner", "kind", "impact", "effort", "priority",
        "gain", "due", "overdue", "done", "promised", "actual", "evidence", "result",
    ),
    "kpis": ("journey", "kpi", "name", "kind", "value", "target", "met", "n", "period"),
}  # fmt: skip
"""The columns of each table; `journey` is the name of the journey's folder on the site."""


def pages(portfolio: Portfolio, frame: Frame) -> Iterator[tuple[str, bytes]]:
    """Yield the files and the page that describes them."""
    tables = rows_of(portfolio)
    for name, rows in tables.items():
        yield f"data/{name}.csv", _csv(name, rows).encode()
        yield f"data/{name}.json", _json({"version": VERSION, name: rows})
    yield "data/journeys.db", _database(tables)
    words = frame.words
    columns = [Column(words("column.file"), sorts=False), Column(words("column.columns"), sorts=False)]
    rows_shown = [
        Row(
            [
                cell(
                    element("a", f"{name}.csv", href=way(AT, f"data/{name}.csv")), ", ",
                    element("a", f"{name}.json", href=way(AT, f"data/{name}.json")),
                ),
                cell(", ".join(COLUMNS[name])),
            ]
        )
        for name in tables
    ]  # fmt: skip
    rows_shown.append(
        Row([cell(element("a", "journeys.db", href=way(AT, "data/journeys.db"))), cell("SQLite: ", ", ".join(tables))])
    )
    title = words("data.title")
    lead = element("p", words("data.lead"), class_="lead")
    yield AT, page(frame, AT, title, heading(title, lead), table(frame, title, columns, rows_shown), part="data")


def rows_of(portfolio: Portfolio) -> dict[str, Rows]:
    """Return all tables."""
    found: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}
    for entry in portfolio.entries:
        name = portfolio.addresses[entry.number]
        open_ = [one for one in entry.todos if one.status in OPEN]
        found["journeys"].append(
            (
                name, entry.file, entry.title, entry.persona.name, entry.owner, entry.state, entry.status, entry.basis,
                entry.lang, entry.updated, entry.review_due, entry.score, entry.low, entry.high, entry.low_points,
                entry.critical, len(open_), sum(one.overdue for one in open_), len(entry.findings),
                entry.change.delta if entry.change else None,
            )
        )  # fmt: skip
        for point in entry.points:
            found["touchpoints"].append(
                (
                    name, point.id, point.number, point.title, point.stage, point.phase,
                    " ".join(id for id, _ in point.channels), point.owner, "; ".join(point.teams), point.score,
                    point.half_width, point.weight, point.severity, point.kind, " ".join(point.answers),
                )
            )  # fmt: skip
        for todo in entry.todos:
            found["opportunities"].append(
                (
                    name, todo.id, todo.title, " ".join(todo.at), todo.status, todo.owner, todo.kind, todo.impact,
                    todo.effort, todo.priority, todo.gain, todo.due, todo.overdue, todo.done, todo.promised,
                    todo.actual, todo.evidence, todo.result,
                )
            )  # fmt: skip
        for one in entry.figures:
            found["kpis"].append(
                (name, one.id, one.name, one.kind, one.raw, one.raw_target, one.met, one.n, one.period)
            )
    return {
        name: [{key: value if value != "" else None for key, value in zip(COLUMNS[name], row, strict=True)}
               for row in rows]
        for name, rows in found.items()
    }  # fmt: skip


def _csv(name: str, rows: Rows) -> str:
    columns = [DataColumn(key, key) for key in COLUMNS[name]]
    return as_csv(Table("", columns, [[row[key] for key in COLUMNS[name]] for row in rows]))


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "backslashreplace")


def _database(tables: Mapping[str, Rows]) -> bytes:
    """Return an SQLite file: made in memory, so that the same rows give the same bytes."""
    import sqlite3

    with sqlite3.connect(":memory:") as database:
        database.execute("PRAGMA user_version = 1")
        for name, rows in tables.items():
            columns = COLUMNS[name]
            database.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
            marks = ", ".join("?" * len(columns))
            database.executemany(
                f"INSERT INTO {name} VALUES ({marks})",
                [[row[key] for key in columns] for row in rows],
            )
        database.commit()
        data = database.serialize()
    database.close()
    return data
