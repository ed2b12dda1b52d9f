"""What customers answered and did, beside what the map says.

The data that a map names are counted by an engine; only counts leave it. Each figure has its interval and its base.
What fewer than five people answered is not shown, nor what it could be computed from. `--write` puts the figures into
the file, so that `score` reads them without any data.

Examples:

  journeykit measure examples

  journeykit measure support-ticket.journey.yaml --write --series support-ticket.measures.csv
"""

from __future__ import annotations

import re
import shlex
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from journeykit.cli import options
from journeykit.cli.console import clock, emit, paint, say
from journeykit.cli.request import Request, reads_journeys
from journeykit.cli.results import print_faults, print_report
from journeykit.errors import UsageError
from journeykit.output.paint import shown_name
from journeykit.output.summary import counted
from journeykit.output.table_report import TableReport

if TYPE_CHECKING:
    from journeykit.output.tables.measures import MeasuredJourney
    from journeykit.project.measuring import MeasureOptions, MeasureRun


class By(StrEnum):
    """What a row of the table is."""

    touchpoint = "touchpoint"
    metric = "metric"
    period = "period"


class Period(StrEnum):
    """The periods that answers are counted in."""

    day = "day"
    week = "week"
    month = "month"
    quarter = "quarter"
    year = "year"
    all = "all"


SIZES = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
LEAST_MEMORY = 64 << 20
SECONDS = {"": 1, "s": 1, "min": 60, "h": 3600}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f'"{text}" is no day; write YYYY-MM-DD') from None


def _memory(text: str) -> int:
    found = re.fullmatch(r"([\d.]+)\s*([KMGT]?)i?B?", text.strip(), re.IGNORECASE)
    try:
        size = int(float(found[1]) * SIZES[found[2].upper()]) if found else 0
    except ValueError:
        size = 0
    if size < LEAST_MEMORY:
        raise typer.BadParameter(f'"{text}" is no size of at least 64MB; write 500MB or 2GB')
    return size


def _time(text: str) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(s|min|h|)", text.strip())
    seconds = float(found[1]) * SECONDS[found[2]] if found else 0
    if not seconds:
        raise typer.BadParameter(f'"{text}" is no time; write 90s, 10min or 1h')
    return seconds


Data = Annotated[list[str] | None, typer.Option("--data", metavar="NAME", help="Only these sources of the settings.")]
Since = Annotated[
    date | None, typer.Option("--since", metavar="DATE", parser=_day, help="Only what happened from this day on.")
]
Until = Annotated[
    date | None, typer.Option("--until", metavar="DATE", parser=_day, help="Only what happened until this day.")
]
PeriodOption = Annotated[Period, options.choice(Period, "--period", help="The periods that are counted apart.")]
ByOption = Annotated[
    By | None, options.choice(By, "--by", help="One table: a row for each of these. [default: all beside the map]")
]
Segment = Annotated[
    list[str] | None,
    typer.Option("--segment", metavar="COLUMN[=VALUE]", help="Also tell apart by a column, or two crossed."),
]
AllowStaff = Annotated[bool, typer.Option("--allow-staff", help="Segments may tell members of staff apart.")]
Memory = Annotated[str, typer.Option("--memory", metavar="SIZE", help="How much memory an engine may use.")]
Timeout = Annotated[str, typer.Option("--timeout", metavar="TIME", help="How long one statement may take.")]
Write = Annotated[bool, typer.Option("--write", help="Put the figures into the files.")]
Diff = Annotated[bool, typer.Option("--diff", help="Print what --write would change, and change nothing.")]
Replace = Annotated[bool, typer.Option("--replace", help="Write over figures of another source or period too.")]
Series = Annotated[
    Path | None, typer.Option("--series", metavar="FILE", help="Extend a table of all periods beside the map.")
]


Propose = Annotated[
    Path | None,
    typer.Option("--propose", metavar="FILE", help="Print settings for a file of data, with every guess marked."),
]
ShowSql = Annotated[bool, typer.Option("--show-sql", help="Print every statement, and change and count nothing.")]


@reads_journeys()
def command(
    request: Request,
    data: Data = None,
    since: Since = None,
    until: Until = None,
    period: PeriodOption = Period.quarter,
    by: ByOption = None,
    segment: Segment = None,
    allow_staff: AllowStaff = False,
    write: Write = False,
    diff: Diff = False,
    replace: Replace = False,
    series: Series = None,
    propose: Propose = None,
    show_sql: ShowSql = False,
    memory: Memory = "1GB",
    timeout: Timeout = "10min",
    output_format: options.TableAs = options.FULL_TABLES,
    output: options.Output = None,
) -> None:
    """What customers answered and did, beside the map."""
    from journeykit.data.questions import Limits
    from journeykit.project.measuring import MeasureOptions

    if propose is not None:
        from journeykit.data.propose import propose as proposal

        emit(proposal(propose), output, data=True)
        return
    wanted = MeasureOptions(
        tuple(data or ()), since, until, period.value, tuple(segment or ()), allow_staff, replace,
        Limits(_memory(memory), _time(timeout)), series,
    )  # fmt: skip
    if series is not None and (segment or data):
        raise UsageError("--series has everybody's figures of all sources", "leave out --segment and --data")
    if show_sql:
        from journeykit.project.measuring import statements

        emit("".join(f"{one}\n" for one in statements(request.project, request.targets, wanted)), output)
        return
    with clock("counting", request.quiet):
        run = request.project.measure_each(request.targets, wanted)
    print_faults(run.findings, run.files, request.color)
    status = run.status
    if diff or write:
        status = max(status, _change(request, run, wanted, diff))
    if not diff:
        print_report(_report(run.measured, by), output_format, output, request.color)
    if series is not None and not diff:
        _extend(run, wanted, series, request.quiet)
    if not run.measured and not run.failed and not run.findings:
        say(_why_nothing(request), request.quiet)
    raise typer.Exit(status)


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
    make = {By.touchpoint: measures.touchpoints, By.metric: measures.newest_statistics, By.period: measures.statistics}
    if not measured:
        return TableReport([rows], lambda: measures.document(measured, command))
    if by is not None:
        blocks = [joined([(one.file, make[by](one)) for one in measured])]
        return TableReport(blocks, lambda: measures.document(measured, command), rows=rows)
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
    say(f"{counted(changed, 'figure')} {verb}.", request.quiet)
    return status or int(diff and bool(changed))


def _extend(run: MeasureRun, wanted: MeasureOptions, file: Path, quiet: bool) -> None:
    from journeykit.project.measuring import extend_series

    number = extend_series(run, wanted)
    say(f"{shown_name(str(file))}: {counted(number, 'row')}.", quiet)
