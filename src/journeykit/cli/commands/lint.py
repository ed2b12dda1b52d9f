"""Find what makes a journey map weak.

Each file is validated, then judged by the rules.

A finding is taken back by a comment, `# journeykit: ignore[rule-id] reason`, at the end of its line or on the line
above; `# journeykit: ignore-file[rule-id]` does so for the whole file. `journeykit explain RULE` tells what a rule is
for.

Examples:

  journeykit lint examples --show info

  journeykit lint --select feelings,persona --ignore bad-start --output-format github
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Optional

import typer

from journeykit.cli import completing, options
from journeykit.cli.console import emit, paint, say
from journeykit.cli.inputs import Asked, read_each
from journeykit.cli.journeys import reads_journeys
from journeykit.errors import UsageError
from journeykit.finding import Severity
from journeykit.linting import Selection, lint
from journeykit.output.report import Report, findings_format
from journeykit.output.summary import lint_summary

Select = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--select",
        autocompletion=completing.selectable,
        metavar="NAMES",
        help="Only these rules or families, with commas. [default: all]",
    ),
]
Ignore = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--ignore",
        autocompletion=completing.selectable,
        metavar="NAMES",
        help="Not these rules or families, with commas.",
    ),
]
Show = Annotated[
    Optional[options.Level],  # noqa: UP045
    typer.Option("--show", help="The mildest findings to print. [default: warning]"),
]
FailOn = Annotated[
    Optional[options.Level],  # noqa: UP045
    typer.Option("--fail-on", help="The mildest findings that make the exit status 1. [default: warning]"),
]
Today = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--today", metavar="YYYY-MM-DD", help="The day that dates are held against."),
]


@reads_journeys("select", "ignore", "show", "fail_on")
def command(
    asked: Asked,
    select: Select = None,
    ignore: Ignore = None,
    show: Show = None,
    fail_on: FailOn = None,
    today: Today = None,
    output_format: options.FindingsAs = options.FULL,
    output: options.Output = None,
) -> None:
    """What makes a journey map weak."""
    del select, ignore, show, fail_on  # they stand in the settings
    config = asked.config
    selection = Selection.of(config.select, config.ignore)
    if not selection.rules:
        raise UsageError("no rule is left to run", "select others, or ignore fewer")
    day = _day(today)
    inputs = read_each(asked, lambda document: lint(document, selection, day), light=True)
    findings = tuple(finding for one in inputs.made for finding in one.findings)
    levels = Severity.of(config.show), inputs.names, Severity.of(config.fail_on)
    report = Report(findings, len(inputs.made), *levels)
    emit(findings_format(output_format)(report, paint(asked.color, output is not None)), output)
    say(lint_summary(report, sum(one.suppressed for one in inputs.made)), asked.quiet)
    raise typer.Exit(2 if inputs.failed else int(bool(report.at_least(report.fail_on))))


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise UsageError(f'--today takes a day, not "{text}"', "write YYYY-MM-DD") from None
