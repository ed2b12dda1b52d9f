"""Compare a map with what customers answered and did.

The data that a map names are counted by an engine; only counts leave it. Each figure has its interval and its base.
What fewer than five people answered is not shown, nor what it could be computed from. `--write` puts the figures into
the file, so that `score` reads them without any data.

`--check` finds where a map and its data disagree (`journeykit explain reach-drift`): reach, waits, shares of decisions,
order, ways and ends that the log has otherwise, figures that are not those of their source. It is a gate like `lint`,
with its formats, comments and baseline. `--fix` takes over what the data say, `--diff` prints what that would change.

Examples:

  journeykit measure support-ticket.journey.yaml

  journeykit measure --check --fail-on error --output-format github

  journeykit measure support-ticket.journey.yaml --write --series support-ticket.measures.csv
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from journeykit.cli import options
from journeykit.cli.console import clock, emit, ending_at_sigterm, paint, say
from journeykit.cli.request import Request, reads_journeys
from journeykit.cli.results import applied, print_faults, print_fixed, print_report
from journeykit.errors import UsageError
from journeykit.finding import Severity
from journeykit.output.paint import shown, shown_name
from journeykit.output.report import FOR_PEOPLE, Report, findings_format
from journeykit.output.summary import counted, lint_summary, would_fix_summary
from journeykit.output.table_report import TableReport
from journeykit.project.fixing import FixedFile, FixOptions

if TYPE_CHECKING:
    from journeykit.output.tables.measures import MeasuredJourney
    from journeykit.project.measuring import MeasureOptions, MeasureRun


class By(StrEnum):
    """What a row of the table is."""

    touchpoint = "touchpoint"
    metric = "metric"
    period = "period"
    way = "way"


class Correction(StrEnum):
    """How p-values of all comparisons of a run are corrected together."""

    holm = "holm"
    benjamini_hochberg = "benjamini-hochberg"


class Period(StrEnum):
    """The periods that answers are counted in."""

    day = "day"
    week = "week"
    month = "month"
    quarter = "quarter"
    year = "year"
    all = "all"


Data = Annotated[list[str] | None, typer.Option("--data", metavar="NAME", help="Only these sources of the settings.")]
Since = Annotated[
    date | None,
    typer.Option("--since", metavar="DATE", parser=options.given_day, help="Only what happened from this day on."),
]
Until = Annotated[
    date | None,
    typer.Option("--until", metavar="DATE", parser=options.given_day, help="Only what happened until this day."),
]
PeriodOption = Annotated[Period, options.choice(Period, "--period", help="Count each of these periods by itself.")]
ByOption = Annotated[
    By | None, options.choice(By, "--by", help="One table: a row for each of these. [default: all beside the map]")
]
Segment = Annotated[
    list[str] | None,
    typer.Option(
        "--segment", metavar="COLUMN[=VALUE]", help="Also count the groups that a column makes, or two combined."
    ),
]
AllowStaff = Annotated[bool, typer.Option("--allow-staff", help="Segments may tell members of staff apart.")]
CorrectionOption = Annotated[
    Correction, options.choice(Correction, "--correction", help="How p-values are corrected together.")
]
Write = Annotated[bool, typer.Option("--write", help="Put the figures into the files.")]
Diff = Annotated[
    bool, typer.Option("--diff", help="Print what --write, or --check --fix, would change, and change nothing.")
]
Check = Annotated[bool, typer.Option("--check", help="Find where map and data disagree.")]
Fix = Annotated[bool, typer.Option("--fix", help="With --check: write what the data say.")]
FailOn = Annotated[
    options.Level | None,
    options.choice(
        options.Level,
        "--fail-on",
        help="With --check: the mildest findings that make the exit status 1. [default: warning]",
    ),
]
FailOnDrop = Annotated[
    bool, typer.Option("--fail-on-drop", help="With --check: a figure that fell by more than chance is an error.")
]
Show = Annotated[
    options.Level | None,
    options.choice(options.Level, "--show", help="With --check: the mildest findings to print. [default: warning]"),
]
BaselineFile = Annotated[
    str | None, typer.Option("--baseline", metavar="FILE", help="With --check: leave out the findings in this file.")
]
WriteBaseline = Annotated[
    bool, typer.Option("--write-baseline", help="With --check: write the findings to the baseline.")
]
Replace = Annotated[bool, typer.Option("--replace", help="Also overwrite figures of another source or period.")]
Series = Annotated[
    Path | None, typer.Option("--series", metavar="FILE", help="Add the figures of all periods to this CSV file.")
]


Propose = Annotated[
    Path | None,
    typer.Option("--propose", metavar="FILE", help="Print settings for a file of data, with every guess marked."),
]
ShowSql = Annotated[bool, typer.Option("--show-sql", help="Print every statement, and change and count nothing.")]


@reads_journeys("show", "fail_on", "baseline")
def command(
    request: Request,
    data: Data = None,
    since: Since = None,
    until: Until = None,
    period: PeriodOption = Period.quarter,
    by: ByOption = None,
    segment: Segment = None,
    allow_staff: AllowStaff = False,
    correction: CorrectionOption = Correction.holm,
    write: Write = False,
    diff: Diff = False,
    replace: Replace = False,
    check: Check = False,
    fix: Fix = False,
    show: Show = None,
    fail_on: FailOn = None,
    fail_on_drop: FailOnDrop = False,
    baseline: BaselineFile = None,
    write_baseline: WriteBaseline = False,
    series: Series = None,
    propose: Propose = None,
    show_sql: ShowSql = False,
    memory: options.Memory = "1GB",
    timeout: options.Timeout = "10min",
    output_format: options.ReportAs = options.FULL_REPORT,
    output: options.Output = None,
) -> None:
    """What customers answered and did, beside the map."""
    from journeykit.data.questions import Limits
    from journeykit.project.measuring import MeasureOptions

    if propose is not None:
        from journeykit.data.propose import propose as proposal

        emit(proposal(propose), output, data=True)
        return
    _check_options(check, output_format, write or series is not None or bool(segment or by), (
        ("--fix", fix), ("--show", show), ("--fail-on", fail_on), ("--fail-on-drop", fail_on_drop),
        ("--baseline", baseline is not None), ("--write-baseline", write_baseline),
    ))  # fmt: skip
    wanted = MeasureOptions(
        tuple(data or ()), since, until, period.value, tuple(segment or ()), allow_staff, replace,
        Limits(options.size(memory), options.seconds(timeout)), series, correction.value,
    )  # fmt: skip
    if series is not None and (segment or data or until):
        raise UsageError(
            "--series has everybody's figures of all sources, until today", "leave out --segment, --data and --until"
        )
    if show_sql:
        from journeykit.project.measuring import statements

        planned = statements(request.project, request.targets, wanted)
        print_faults(planned.findings, planned.files, request.color)
        emit("".join(f"{shown(one)}\n" for one in planned.sql), output)
        if not planned.sql and not planned.findings:
            say(_why_nothing(request), request.quiet)
        raise typer.Exit(2 if planned.failed else int(bool(planned.findings)))
    with clock("counting", request.quiet), ending_at_sigterm():
        run = request.project.measure_each(request.targets, wanted)
    if check:
        raise typer.Exit(
            _drift(request, run, output_format, output, FixOptions(fix, True, diff), fail_on_drop, write_baseline)
        )
    print_faults(run.findings, run.files, request.color)
    status = run.status
    if diff or write:
        status = max(status, _change(request, run, wanted, diff))
    if not diff:
        print_report(_report(run.measured, by), options.TableFormat(output_format), output, request.color)
    if series is not None and not diff:
        _extend(run, wanted, series, request.quiet)
    if not run.measured and not run.failed and not run.findings:
        say(_why_nothing(request), request.quiet)
    raise typer.Exit(status)


def _check_options(check: bool, output_format: str, with_tables: bool, of_check: Iterable[tuple[str, object]]) -> None:
    """Raise UsageError for options of the tables beside `--check`, and for those of `--check` without it."""
    if check and with_tables:
        raise UsageError("--check compares map and data", "leave out --write, --series, --segment and --by")
    known = options.FindingsFormat if check else options.TableFormat
    if output_format not in [one.value for one in known]:
        what = "findings" if check else "tables; --check prints findings"
        listed = ", ".join(one.value for one in known)
        raise UsageError(f"{output_format} is no format of {what}", f"known: {listed}")
    for name, given in of_check:
        if given and not check:
            raise UsageError(f"{name} belongs to --check", f"journeykit measure --check {name}")


def _drift(
    request: Request, run: MeasureRun, form: str, output: Path | None, fixes: FixOptions, drop: bool, baseline: bool
) -> int:
    """Print where map and data disagree, and make or preview fixes; return the exit status."""
    found = request.project.drift_each(run, fixes, fail_on_drop=drop, write_baseline=baseline)
    settings, fixed = request.project.settings, [one for one in found.results if isinstance(one, FixedFile)]
    if fixes.diff:
        text = "".join(one.diff for one in fixed)
        emit(text, output)
        say(
            would_fix_summary(applied(fixed), list(found.left.findings), True),
            request.quiet,
        )
        return 2 if run.failed else int(bool(text or run.findings))
    files = [one.file for one in run.measured]
    report = Report(
        (*run.findings, *found.left.findings), run.files, Severity.of(settings.show), tuple(files),
        Severity.of(settings.fail_on), drift_pages(), unsafe_fixes=True,
    )  # fmt: skip
    emit(findings_format(form)(report, paint(request.color, output is not None)), output, data=form not in FOR_PEOPLE)
    if found.left.written is not None:
        say(f"{shown_name(str(found.left.path))} holds {counted(found.left.written, 'finding')} now.", request.quiet)
    if found.left.findings or not baseline:
        say(lint_summary(report, sum(one.suppressed for one in found.results), found.left.known), request.quiet)
    unwritten = print_fixed(fixed, len(found.left.findings), fixes.fix, request.quiet)
    if not run.measured and not run.failed and not run.findings:
        say(_why_nothing(request), request.quiet)
    return 2 if run.failed or unwritten else int(bool(report.at_least(report.fail_on)))


def drift_pages() -> dict[str, str]:
    """Return the pages of the rules on drift, as formats print them that explain rules."""
    from journeykit.drift import drift_rules

    return {id: rule.page for id, rule in drift_rules().items()}


def _why_nothing(request: Request) -> str:
    known = request.project.settings.data
    if not known:
        return "No data: the settings have no [data.NAME]; journeykit measure --propose FILE prints one to start with."
    return f"No journey names data; write data: [{next(iter(known))}] into the file, or take --data NAME."


def _report(measured: list[MeasuredJourney], by: By | None) -> TableReport:
    """Return the tables to print; for programs one of all statistics."""
    from journeykit.output.tables import measures
    from journeykit.output.tables.scores import joined

    command = shlex.join(["journeykit", *sys.argv[1:]])
    rows = measures.joined_statistics(measured)
    make = {
        By.touchpoint: measures.touchpoints, By.metric: measures.newest_statistics, By.period: measures.statistics,
        By.way: measures.ways,
    }  # fmt: skip
    if not measured:
        return TableReport([rows], lambda: measures.document(measured, command))
    if by is not None:
        blocks = [joined([(one.file, make[by](one)) for one in measured])]
        return TableReport(
            blocks, lambda: measures.document(measured, command), rows=blocks[0] if by is By.way else rows
        )
    tables = [block for one in measured for block in measures.report(one)]
    return TableReport(
        [*tables, measures.method(measured, command)], lambda: measures.document(measured, command), rows=rows
    )


def _change(request: Request, run: MeasureRun, wanted: MeasureOptions, diff: bool) -> int:
    """Write figures into the files, or print what would change; return the exit status."""
    from journeykit.output.unified_diff import painted
    from journeykit.project.measuring import write_measured

    status = changed = 0
    for one in run.measured:
        found = write_measured(one, wanted, request.targets.named, to_file=not diff)
        if found.problem:
            say(f"journeykit: {found.problem}")
        for each in found.refused:
            place = each.measurement.touchpoint or "the journey"
            say(f"journeykit: {shown_name(found.file)}: {place}: {each.conflict}\n  --replace writes over it")
        if diff and found.diff:
            ink = paint(request.color)
            emit(painted(found.diff, ink) if ink.on or sys.stdout.isatty() else found.diff)
        status = 2 if found.problem or found.refused else status
        changed += found.number
        for line in found.remarks:
            say(line, request.quiet)
    verb = "would change" if diff else "written"
    if run.measured:
        say(f"{counted(changed, 'figure')} {verb}.", request.quiet)
    return status or int(diff and bool(changed))


def _extend(run: MeasureRun, wanted: MeasureOptions, file: Path, quiet: bool) -> None:
    from journeykit.project.measuring import extend_series

    number = extend_series(run, wanted)
    say(f"{shown_name(str(file))}: {counted(number, 'row')}.", quiet)
