"""Print what commands that score have in common: tables, and findings of files that are no journeys."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from journeykit.cli.console import emit, layout, paint, say
from journeykit.cli.options import Color, TableFormat
from journeykit.cli.request import Request
from journeykit.finding import Finding
from journeykit.output.report import Report, findings_format
from journeykit.output.table_report import TableReport, table_format
from journeykit.project import ScoringOptions
from journeykit.project.scoring import ScoreRun


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


def print_report(report: TableReport, form: TableFormat, output: Path | None, color: Color) -> None:
    """Print tables in a format."""
    emit(table_format(form.value)(report, layout(color, to_file=output is not None)), output, data=form.value != "full")
