"""Print what commands have in common: tables, findings of files that are no journeys, and what was fixed."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from journeykit.cli.console import emit, paint, say, screen
from journeykit.cli.options import Color, TableFormat
from journeykit.cli.request import Request
from journeykit.finding import Finding
from journeykit.output.report import Report, findings_format
from journeykit.output.summary import fixed_summary, refused_summary
from journeykit.output.table_report import TableReport, table_format
from journeykit.project import ScoringOptions

if TYPE_CHECKING:
    from journeykit.project.fixing import FixedFile
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


def applied(fixed: Iterable[FixedFile]) -> Counter[str]:
    """Return how many fixes were, or would be, applied by rule."""
    return sum((one.applied for one in fixed), Counter())


def refused(fixed: Iterable[FixedFile]) -> Counter[str]:
    """Return how many fixes were not applied by reason."""
    return sum((one.refused for one in fixed), Counter())


def print_fixed(fixed: Sequence[FixedFile], left: int, made: bool, quiet: bool) -> bool:
    """Print which files could not be written, and what was fixed, if fixes were made; return whether there are any."""
    problems = [one.problem for one in fixed if one.problem]
    for problem in problems:
        say(f"journeykit: {problem}")
    lines = [fixed_summary(applied(fixed), left)] if made else []
    for line in filter(None, [*lines, refused_summary(refused(fixed))]):
        say(line, quiet)
    return bool(problems)


def print_report(report: TableReport, form: TableFormat, output: Path | None, color: Color) -> None:
    """Print tables in a format."""
    emit(table_format(form.value)(report, screen(color, to_file=output is not None)), output, data=form.value != "full")
