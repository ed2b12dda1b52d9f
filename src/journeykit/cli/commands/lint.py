"""Find what makes a journey map weak.

Each file is validated, then checked by the rules.

A finding is suppressed by a comment, `# journeykit: ignore[rule-id] reason`, at the end of its line or on the line
above; `# journeykit: ignore-file[rule-id]` does so for the whole file. `journeykit explain RULE` prints what a rule is
for.

`--write-baseline` saves the current findings; with that file as `--baseline`, or `baseline` in the settings, only new
findings are reported.

`--fix` makes safe fixes in the files and changes nothing else; `--unsafe-fixes` adds fixes that may change a meaning.
`--diff` prints what they would change.

Examples:

  journeykit lint examples --show info

  journeykit lint --select feelings,persona --ignore bad-start --output-format github
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from journeykit.cli import completing, options
from journeykit.cli.console import emit, emit_bytes, paint, say
from journeykit.cli.request import Request, reads_journeys
from journeykit.cli.results import applied, print_fixed, refused
from journeykit.errors import UsageError
from journeykit.finding import Finding, Severity
from journeykit.linting import Linted, Selection
from journeykit.linting.baseline import NAME
from journeykit.output.paint import one_line, shown_name
from journeykit.output.report import FOR_PEOPLE, Report, findings_format, shows_edits
from journeykit.output.summary import (
    counted,
    fixable_summary,
    lint_summary,
    refused_summary,
    would_fix_summary,
)
from journeykit.project.baseline import Unknown
from journeykit.project.fixing import FixedFile, FixOptions
from journeykit.project.linting import LintRun
from journeykit.project.writing import BOM
from journeykit.reading.faults import PAGES

Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        autocompletion=completing.selectable,
        metavar="NAMES",
        help="Only these rules or families, with commas. [default: all]",
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        autocompletion=completing.selectable,
        metavar="NAMES",
        help="Leave out these rules or families, with commas.",
    ),
]
Show = Annotated[
    options.Level | None,
    options.choice(options.Level, "--show", help="The mildest findings to print. [default: warning]"),
]
FailOn = Annotated[
    options.Level | None,
    options.choice(
        options.Level, "--fail-on", help="The mildest findings that make the exit status 1. [default: warning]"
    ),
]
BaselineFile = Annotated[
    str | None,
    typer.Option("--baseline", metavar="FILE", help="Leave out the findings in this file."),
]
WriteBaseline = Annotated[
    bool,
    typer.Option("--write-baseline", help=f"Write the findings to the baseline. [default: {NAME}]"),
]
Fix = Annotated[bool, typer.Option("--fix", help="Make safe fixes.")]
UnsafeFixes = Annotated[
    bool, typer.Option("--unsafe-fixes", help="Also count, and with --fix make, fixes that may change a meaning.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Print what --fix would change; write nothing.")]


@reads_journeys("select", "ignore", "show", "fail_on", "baseline")
def command(
    request: Request,
    select: Select = None,
    ignore: Ignore = None,
    show: Show = None,
    fail_on: FailOn = None,
    baseline: BaselineFile = None,
    write_baseline: WriteBaseline = False,
    fix: Fix = False,
    unsafe_fixes: UnsafeFixes = False,
    diff: Diff = False,
    no_plugins: options.NoPlugins = False,
    today: options.Today = None,
    cache: options.UseCache = True,
    output_format: options.FindingsAs = options.FULL,
    output: options.Output = None,
) -> None:
    """What makes a journey map weak."""
    del select, ignore, show, fail_on, baseline, cache  # they override the settings
    if diff and write_baseline:
        raise UsageError("--diff writes nothing, --write-baseline writes a file", "give one of them")
    request = request.without_plugins() if no_plugins else request
    project = replace(request.project, today=options.day(today) or request.project.today)
    fixes = FixOptions(fix, unsafe_fixes, diff, shows_edits(output_format), to_text=_prints_text(request, fix, diff))
    run = project.lint_each(request.targets, fixes, write_baseline=write_baseline)
    if diff:
        raise typer.Exit(_print_diff(run, request, output, unsafe_fixes))
    read, left, settings = run.read, run.left, project.settings
    levels = Severity.of(settings.show), read.names, Severity.of(settings.fail_on)
    report = Report(left.findings, len(read.results), *levels, own_pages(run.selection), unsafe_fixes)
    ink = paint(request.color, output is not None, sys.stderr if fixes.to_text else sys.stdout)
    text = findings_format(output_format)(report, ink)
    if fixes.to_text:
        _print_text(request, read.results)
    if fixes.to_text and output is None:
        sys.stderr.write(text)
    else:
        emit(text, output, data=output_format not in FOR_PEOPLE)
    for line in _baseline_remarks(left, named=bool(settings.baseline)):
        say(line, request.quiet)
    if left.findings or not write_baseline:
        say(lint_summary(report, sum(one.suppressed for one in read.results), left.known), request.quiet)
    failed = sum((_print_fixes(run, fixes, request.quiet), print_failures(read.results), read.failed))
    raise typer.Exit(2 if failed else int(bool(report.at_least(report.fail_on))))


def own_pages(selection: Selection) -> dict[str, str]:
    """Return the pages of rules that are not ours."""
    return {rule.id: rule.page for rule in selection.known.values() if rule.plugin}


def print_failures(linted: Iterable[Linted]) -> bool:
    """Print which own rules raised, each once; return whether there are any."""
    failures = [failure for one in linted for failure in one.failures]
    for rule in dict.fromkeys(failure.rule for failure in failures):
        first, *others = (failure for failure in failures if failure.rule == rule)
        more = f" and {counted(len(others), 'other file')}" if others else ""
        where = f"{shown_name(first.file)}{more}"
        say(f"journeykit: own rule {rule} ({first.plugin}) failed on {where}: {one_line(first.error)}")
    if failures:
        say("  JOURNEYKIT_TRACEBACK=1 shows where")
    return bool(failures)


def _prints_text(request: Request, fix: bool, diff: bool) -> bool:
    """Return whether the fixed text of standard input goes to standard output."""
    if not fix or diff or not request.targets.has_stdin:
        return False
    if len(request.targets.paths) > 1:
        raise UsageError("standard input is fixed to standard output", "name no other files beside -")
    return True


def _print_text(request: Request, linted: Sequence[Linted]) -> None:
    """Print the fixed text of standard input; the given bytes if nothing was fixed, whatever they are."""
    given = request.targets.stdin
    new = next((one.text for one in linted if isinstance(one, FixedFile)), None)
    mark = BOM if given.startswith(BOM) else b""
    emit_bytes(given if new is None else mark + new.encode())


def _print_diff(run: LintRun, request: Request, output: Path | None, unsafe: bool) -> int:
    """Print what fixing would change; return the exit status."""
    from journeykit.output.unified_diff import painted

    fixed = [one for one in run.read.results if isinstance(one, FixedFile)]
    text = "".join(one.diff for one in fixed)
    ink = paint(request.color, output is not None)
    emit(painted(text, ink) if ink.on or (output is None and sys.stdout.isatty()) else text, output)
    say(would_fix_summary(applied(fixed), list(run.left.findings), unsafe), request.quiet)
    if not_made := refused_summary(refused(fixed)):
        say(not_made, request.quiet)
    if invalid := len({finding.file for finding in run.left.findings if finding.rule in PAGES}):
        say(f"{counted(invalid, 'file is', 'files are')} no journey: see journeykit validate.", request.quiet)
    return 2 if run.read.failed else int(bool(text))


def _print_fixes(run: LintRun, options: FixOptions, quiet: bool) -> bool:
    """Print what was fixed and what could be; return whether a file could not be written."""
    findings: Sequence[Finding] = run.left.findings
    fixed = [one for one in run.read.results if isinstance(one, FixedFile)]
    failed = print_fixed(fixed, len(findings), options.fix, quiet)
    if more := fixable_summary(findings, options.unsafe, options.fix):
        say(more, quiet)
    return failed


def _baseline_remarks(left: Unknown, named: bool) -> list[str]:
    """Return what to print about the baseline; entries that are found no longer make no run fail."""
    path = shown_name(str(left.path))
    if left.written is not None:
        advice = "" if named else f"; lint with --baseline {left.path}"
        return [f"{path} holds {counted(left.written, 'finding')} now{advice}."]
    if not left.stale:
        return []
    are, them = ("is", "it") if left.stale == 1 else ("are", "them")
    entries = counted(left.stale, "entry", "entries")
    return [f"{entries} of {path} {are} found no longer; --write-baseline takes {them} out."]
