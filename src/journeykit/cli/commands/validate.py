"""Check whether each file is a journey.

All faults of a file are reported in one run, each at its exact place.

Examples:

  journeykit validate examples

  cat my.yaml | journeykit validate - --stdin-filename my.yaml --output-format json
"""

from __future__ import annotations

import typer

from journeykit.cli import options
from journeykit.cli.console import emit, paint, say
from journeykit.cli.request import Request, reads_journeys
from journeykit.output.report import FOR_PEOPLE, Report, findings_format
from journeykit.output.summary import validate_summary


@reads_journeys()
def command(
    request: Request,
    output_format: options.FindingsAs = options.FULL,
    output: options.Output = None,
) -> None:
    """Errors of journeys."""
    read = request.project.validate_each(request.targets)
    report = Report(read.findings, len(read.results), names=read.names)
    emit(
        findings_format(output_format)(report, paint(request.color, output is not None)),
        output,
        data=output_format not in FOR_PEOPLE,
    )
    say(validate_summary(report), request.quiet)
    raise typer.Exit(2 if read.failed else int(bool(report.findings)))
