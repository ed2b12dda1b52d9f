"""Tables as a terminal shows them."""

from __future__ import annotations

from journeykit.output.table import Table, as_rich
from journeykit.output.table_report import Screen, TableReport
from journeykit.output.terminal import render


def write(report: TableReport, screen: Screen) -> str:
    """Return the report's details, or its blocks, for a terminal; tables without rows are left out."""
    blocks = report.blocks if report.details is None else report.details
    shown = [block for block in blocks if not isinstance(block, Table) or block.rows]
    parts = (as_rich(block, screen.columns) if isinstance(block, Table) else block for block in shown)
    return render(*parts, columns=screen.columns, color=screen.color)
