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

from datetime import datetime
from typing import Annotated, Optional

import typer

from journeykit.cli import completing, options
from journeykit.cli.console import emit, paint, say
from journeykit.cli.inputs import list_files, list_settings, read_each
from journeykit.config import load_config
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
    Optional[datetime],  # noqa: UP045
    typer.Option("--today", metavar="DATE", formats=["%Y-%m-%d"], help="The day that dates are held against."),
]


def command(
    paths: options.Paths = None,
    select: Select = None,
    ignore: Ignore = None,
    show: Show = None,
    fail_on: FailOn = None,
    today: Today = None,
    output_format: options.FindingsAs = options.FindingsFormat.full,
    output: options.Output = None,
    stdin_filename: options.StdinFilename = "stdin",
    allow_empty: options.AllowEmpty = False,
    show_files: options.ShowFiles = False,
    show_settings: options.ShowSettings = False,
    quiet: options.Quiet = False,
    color: options.Colour = options.Color.auto,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """What makes a journey map weak."""
    settings = load_config(config, isolated).overridden(select=select, ignore=ignore, show=show, fail_on=fail_on)
    if show_settings:
        return list_settings(settings)
    if show_files:
        return list_files(paths, settings, allow_empty)
    selection = Selection.of(settings.select, settings.ignore)
    day = today.date() if today else None
    inputs = read_each(paths, settings, lambda one: lint(one, selection, day), stdin_filename, allow_empty)
    findings = tuple(finding for one in inputs.made for finding in one.findings)
    report = Report(findings, len(inputs.made), Severity.of(settings.show))
    emit(findings_format(output_format)(report, paint(color, output is not None)), output)
    say(lint_summary(report, sum(one.suppressed for one in inputs.made)), quiet)
    failing = report.at_least(Severity.of(settings.fail_on))
    raise typer.Exit(2 if inputs.failed else int(bool(failing)))
