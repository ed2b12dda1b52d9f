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
from journeykit.cli.inputs import Asked, read_each
from journeykit.cli.journeys import reads_journeys
from journeykit.output.report import Report, findings_format
from journeykit.output.summary import validate_summary


@reads_journeys()
def command(
    asked: Asked,
    output_format: options.FindingsAs = options.FULL,
    output: options.Output = None,
) -> None:
    """Is each file a journey?"""
    inputs = read_each(asked, lambda document: document.journey is not None, light=True)
    report = Report(inputs.findings, len(inputs.made), names=inputs.names)
    emit(findings_format(output_format)(report, paint(asked.color, output is not None)), output)
    say(validate_summary(report), asked.quiet)
    raise typer.Exit(2 if inputs.failed else int(bool(report.findings)))
