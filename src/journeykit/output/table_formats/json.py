"""JSON with the values themselves, unrounded; unknown values are null."""

from __future__ import annotations

import json

from journeykit.output.table import Table
from journeykit.output.table_report import Screen, TableReport


def write(report: TableReport, screen: Screen) -> str:
    """Return the report's document as JSON, or its main table as a list with an object for each row."""
    del screen
    document = report.document() if report.document else _objects(report.main)
    return json.dumps(document, ensure_ascii=True, indent=2) + "\n"


def _objects(table: Table) -> list[dict[str, object]]:
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]
