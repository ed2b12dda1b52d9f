"""CSV with the values themselves, unrounded; one table."""

from __future__ import annotations

from journeykit.output.table import as_csv
from journeykit.output.table_report import Layout, TableReport


def write(report: TableReport, layout: Layout) -> str:
    """Return the report's main table as CSV."""
    del layout
    return as_csv(report.main)
