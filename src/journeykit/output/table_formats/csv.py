"""CSV with the values themselves, unrounded; one table."""

from __future__ import annotations

from journeykit.output.table import as_csv
from journeykit.output.table_report import Screen, TableReport


def write(report: TableReport, screen: Screen) -> str:
    """Return the report's main table as CSV."""
    del screen
    return as_csv(report.main)
