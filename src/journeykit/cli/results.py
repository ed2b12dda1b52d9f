"""Print what commands that score have in common: tables, and findings of files that are no journeys."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeykit.cli.console import emit, paint, rendered, say, terminal_width
from journeykit.cli.options import Color, TableFormat
from journeykit.cli.request import Request
from journeykit.finding import Finding
from journeykit.output.report import Report, findings_format
from journeykit.output.tables import ScoredJourney, as_json
from journeykit.project import ScoringOptions
from journeykit.project.scoring import ScoreRun

if TYPE_CHECKING:
    from journeykit.output.table import Table


def score_journeys(request: Request, options: ScoringOptions) -> ScoreRun:
    """Score the journeys of a request, and print on standard error why files are no journeys."""
    run = request.project.score_each(request.targets, options)
    print_faults(run.findings, run.files, request.color)
    return run


def print_faults(findings: Sequence[Finding], files: int, color: Color) -> None:
    """Print on standard error why files are no journeys."""
    if findings:
        blocks = findings_format("full")(Report(tuple(findings), files), paint(color, stream=sys.stderr))
        say(blocks.rstrip("\n") + "\n")


def print_tables(
    journeys: Sequence[ScoredJourney],
    tables: Iterable[Table],
    data: Callable[[ScoredJourney], dict[str, Any]],
    form: TableFormat,
    output: Path | None,
    color: Color,
    above: str = "",
) -> None:
    """Print tables in a format; CSV holds the first one, which is the command's main one."""
    from journeykit.output.table import as_csv, as_markdown, as_rich

    tables = list(tables)
    if form is TableFormat.json:
        text = as_json([data(scored) for scored in journeys])
    elif form is TableFormat.csv:
        text = as_csv(tables[0])
    elif form is TableFormat.markdown:
        text = "\n".join(as_markdown(table) for table in tables)
    else:
        shown = (as_rich(table, terminal_width()) for table in tables if table.rows)
        text = rendered(*([above] if above else []), *shown, color=Color.never if output else color)
    emit(text, output)


def table_text(table: Table, form: TableFormat, color: Color) -> str:
    """Return one table in a format."""
    from journeykit.output.table import as_csv, as_markdown, as_rich
    from journeykit.output.table import as_json as table_as_json

    if form is TableFormat.full:
        return rendered(as_rich(table, terminal_width()), color=color)
    return {"json": table_as_json, "csv": as_csv, "markdown": as_markdown}[form](table)
