"""Find what makes a journey map weak.

Each file is validated, then judged by the rules.

A finding is taken back by a comment, `# journeykit: ignore[rule-id] reason`, at the end of its line or on the line
above; `# journeykit: ignore-file[rule-id]` does so for the whole file. `journeykit explain RULE` tells what a rule is
for.

`--write-baseline` notes what is found now; with that file as `--baseline`, or `baseline` in the settings, only what is
new is a finding.

`--fix` mends in the files what needs no second thought and leaves everything else as it is written; `--unsafe-fixes`
adds what may change a meaning. `--diff` shows what they would do.

Examples:

  journeykit lint examples --show info

  journeykit lint --select feelings,persona --ignore bad-start --output-format github
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Optional

import typer

from journeykit.cli import completing, options
from journeykit.cli.baselining import NAME, held_against_baseline
from journeykit.cli.console import paint, say
from journeykit.cli.fixing import Fixing
from journeykit.cli.inputs import Asked, read_each
from journeykit.cli.journeys import reads_journeys
from journeykit.errors import UsageError
from journeykit.finding import Severity
from journeykit.linting import Linted, Selection, lint
from journeykit.output.paint import one_line, shown_name
from journeykit.output.report import Report, findings_format, tells_edits
from journeykit.output.summary import counted, lint_summary

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
BaselineFile = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--baseline", metavar="FILE", help="Leave out what this file holds."),
]
WriteBaseline = Annotated[
    bool,
    typer.Option("--write-baseline", help=f"Write what is found into the baseline. [default: {NAME}]"),
]
Fix = Annotated[bool, typer.Option("--fix", help="Mend what can safely be mended.")]
UnsafeFixes = Annotated[
    bool, typer.Option("--unsafe-fixes", help="Count, and with --fix make, fixes that may change a meaning too.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Print what --fix would change; write nothing.")]


@reads_journeys("select", "ignore", "show", "fail_on", "baseline")
def command(
    asked: Asked,
    select: Select = None,
    ignore: Ignore = None,
    show: Show = None,
    fail_on: FailOn = None,
    baseline: BaselineFile = None,
    write_baseline: WriteBaseline = False,
    fix: Fix = False,
    unsafe_fixes: UnsafeFixes = False,
    diff: Diff = False,
    today: options.Today = None,
    output_format: options.FindingsAs = options.FULL,
    output: options.Output = None,
) -> None:
    """What makes a journey map weak."""
    del select, ignore, show, fail_on, baseline  # they stand in the settings
    if diff and write_baseline:
        raise UsageError("--diff writes nothing, --write-baseline writes a file", "give one of them")
    config = asked.config
    selection = Selection.configured(config)
    if not selection.rules:
        raise UsageError("no rule is left to run", "select others, or ignore fewer")
    day = options.day(today)
    fixing = Fixing(asked, fix, unsafe_fixes, diff, edits=tells_edits(output_format))
    inputs = read_each(asked, fixing.judging(lambda document: lint(document, selection, day)), light=True)
    if diff:
        fixing.finish_diff(inputs.made, inputs.failed, output)
    left = held_against_baseline(config, selection, inputs, write_baseline)
    levels = Severity.of(config.show), inputs.names, Severity.of(config.fail_on)
    report = Report(left.findings, len(inputs.made), *levels, own_pages(selection), unsafe_fixes)
    ink = paint(asked.color, output is not None, fixing.findings_to)
    fixing.report(findings_format(output_format)(report, ink), inputs.made, output)
    for line in left.remarks:
        say(line, asked.quiet)
    if left.findings or not write_baseline:
        say(lint_summary(report, sum(one.suppressed for one in inputs.made), left.known), asked.quiet)
    failed = sum((fixing.tell(inputs.made, left.findings), tell_failures(inputs.made), inputs.failed))
    raise typer.Exit(2 if failed else int(bool(report.at_least(report.fail_on))))


def own_pages(selection: Selection) -> dict[str, str]:
    """The pages of rules that are not ours."""
    return {rule.id: rule.page for rule in selection.known.values() if rule.plugin}


def tell_failures(made: Iterable[Linted]) -> bool:
    """Say which own rules raised, each once; whether there are any."""
    failures = [failure for one in made for failure in one.failures]
    for rule in dict.fromkeys(failure.rule for failure in failures):
        first, *others = (failure for failure in failures if failure.rule == rule)
        more = f" and {counted(len(others), 'other file')}" if others else ""
        where = f"{shown_name(first.file)}{more}"
        say(f"journeykit: own rule {rule} ({first.plugin}) failed on {where}: {one_line(first.error)}")
    if failures:
        say("  JOURNEYKIT_TRACEBACK=1 shows where")
    return bool(failures)
