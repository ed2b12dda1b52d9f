"""Find what happens to customers in a log of events.

LOG is a source of the settings, [data.NAME], or a file: a row is an event with its case, activity and time. A log
knows what happens, in which order, how long it takes, where customers turn back and where they end. It does not know
how that feels, nor why: a map that is made of it has no feelings, and says so.

-o MAP writes a first map: touchpoints with the log's own labels, reach, waits, what follows. --update MAP adds to a map
what happens and is on none of its touchpoints; nothing else of it changes.

What fewer than five cases have is not shown. Only counts leave the engine; no case is read.

Examples:

  journeykit discover tickets.csv --case ticket --activity status --at changed --ends Closed

  journeykit discover helpdesk.csv --where Type=Incident -o helpdesk.journey.yaml
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from journeykit.cli import options
from journeykit.cli.console import STDOUT, clock, emit, ending_at_sigterm, say
from journeykit.cli.request import project_for
from journeykit.cli.results import print_report
from journeykit.errors import UsageError
from journeykit.output.paint import one_line, shown_name
from journeykit.output.summary import counted
from journeykit.project.writing import make_folder, refuse_if_there, write_bytes

if TYPE_CHECKING:
    from journeykit.project.discovering import Discovery
    from journeykit.project.workspace import Workspace

Log = Annotated[str, typer.Argument(metavar="LOG", help="A source of the settings, or a file of events.")]
ROLES = {
    "case": "what one customer goes through: a ticket, an order",
    "activity": "what happened",
    "at": "when it happened",
    "channel": "the channel",
    "team": "the team",
    "order": "the order of events that have the same time",
}


def _column(role: str) -> typer.models.OptionInfo:
    made: typer.models.OptionInfo = typer.Option(f"--{role}", metavar="COLUMN", help=f"The column of {ROLES[role]}.")
    return made


Where = Annotated[
    list[str] | None, typer.Option("--where", metavar="COLUMN=VALUE", help="Only rows with this value; repeatable.")
]
Since = Annotated[
    date | None,
    typer.Option(
        "--since", metavar="DATE", parser=options.given_day, help="Only cases that begin on this day or later."
    ),
]
Until = Annotated[
    date | None,
    typer.Option("--until", metavar="DATE", parser=options.given_day, help="Only cases that begin until this day."),
]
Starts = Annotated[
    list[str] | None,
    typer.Option("--starts", metavar="LABELS", help="Only cases that begin with one of these activities."),
]
Ends = Annotated[
    list[str] | None,
    typer.Option("--ends", metavar="LABELS", help="What a case ends with; others are still open, or have left."),
]
MinReach = Annotated[
    float,
    options.number("--min-reach", high=1, help="The share of cases from which an activity is a touchpoint."),
]
StageBy = Annotated[str | None, typer.Option("--stage-by", metavar="COLUMN", help="The column that names stages.")]
LeastBase = Annotated[
    float,
    typer.Option(
        "--k",
        metavar="N",
        parser=options.number_parser(5, whole=True),
        help="Show nothing that fewer cases have (5 or more).",
    ),
]


Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="MAP", help="Write a first map; - prints it.")]
Update = Annotated[
    Path | None, typer.Option("--update", metavar="MAP", help="Add to a map what happens and is not on it.")
]
Diff = Annotated[
    bool, typer.Option("--diff", help="With --update: print what would change, write nothing, exit with 1 if anything.")
]
Check = Annotated[
    bool, typer.Option("--check", help="With --update: write nothing, exit with 1 if there is something to add.")
]
Lang = Annotated[str, typer.Option("--lang", metavar="TAG", help="The language of the labels, such as de.")]


def command(
    log: Log,
    case: Annotated[str | None, _column("case")] = None,
    activity: Annotated[str | None, _column("activity")] = None,
    at: Annotated[str | None, _column("at")] = None,
    channel: Annotated[str | None, _column("channel")] = None,
    team: Annotated[str | None, _column("team")] = None,
    order: Annotated[str | None, _column("order")] = None,
    format: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="How times are written, such as %d/%m/%Y %H:%M.")
    ] = None,
    where: Where = None,
    since: Since = None,
    until: Until = None,
    starts: Starts = None,
    ends: Ends = None,
    min_reach: MinReach = 0.05,
    stage_by: StageBy = None,
    k: LeastBase = 5,
    output: Output = None,
    update: Update = None,
    diff: Diff = False,
    check: Check = False,
    force: options.Force = False,
    lang: Lang = "en",
    show_sql: Annotated[bool, typer.Option("--show-sql", help="Print every statement, and count nothing.")] = False,
    memory: options.Memory = "1GB",
    timeout: options.Timeout = "10min",
    output_format: options.TableAs = options.FULL_TABLES,
    color: options.UseColor = options.Color.auto,
    quiet: options.Quiet = False,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """Find what happens to customers in a log of events."""
    from journeykit.data.questions import Limits
    from journeykit.output.tables.discovered import report
    from journeykit.project.discovering import DiscoverOptions, discover, statements

    if (diff or check) and update is None:
        raise UsageError("--diff and --check go with --update", "name the map: --update MAP")
    if update is not None and output is not None:
        raise UsageError("--update changes a map, -o writes a new one", "give one of them")
    if output not in (None, STDOUT) and not force:
        refuse_if_there(output, "name another file after -o, or add --force")
    project = project_for(config, isolated, quiet=quiet)
    named = {
        "case": case, "activity": activity, "at": at, "channel": channel, "team": team, "order": order,
        "format": format,
    }  # fmt: skip
    asked = DiscoverOptions(
        columns={key: value for key, value in named.items() if value}, rows=_rows(where or ()),
        since=since, until=until, starts=tuple(starts or ()), ends=tuple(ends or ()), min_reach=min_reach,
        stage_by=stage_by or "", minimum_base=int(k), limits=Limits(options.size(memory), options.seconds(timeout)),
    )  # fmt: skip
    if show_sql:
        emit("".join(f"{one}\n" for one in statements(project, log, asked)))
        return
    with clock("counting", quiet) as progress, ending_at_sigterm():
        found = discover(project, log, asked, progress)
    _tell_columns(found, quiet)
    if update is not None:
        raise typer.Exit(_update(project, found, update, diff, check, quiet))
    if output is not None:
        _write(project, found, output, lang, quiet)
    else:
        print_report(report(found.figures, found.source.activities), output_format, None, color)


def _write(project: Workspace, found: Discovery, path: Path, lang: str, quiet: bool) -> None:
    """Write a first map."""
    from journeykit.project.discovering import draft

    made = draft(project, found, lang)
    if path == STDOUT:
        emit(made.text, data=True)
    else:
        make_folder(path.parent)
        write_bytes(path, made.text.encode())
        name = shown_name(quote(str(path)))
        say(f"Wrote {shown_name(str(path))}, a draft: read it, then: journeykit lint {name}", quiet)
    for line in made.told:
        say(f"Noted in it: {one_line(line)}.", quiet)


def _update(project: Workspace, found: Discovery, path: Path, diff: bool, check: bool, quiet: bool) -> int:
    """Add to a map what happens and is not on it, or say what would be added; return the exit status."""
    from journeykit.project.discovering import update_map

    done = update_map(project, path, found)
    if diff:
        emit(done.diff)
    elif not check and done.made:
        done.write()
    for verb, part in done.parts:
        line = f"{'Not on the map' if diff or check else verb}: {one_line(part)}"
        if check and not diff:
            emit(f"{line}\n")
        else:
            say(line, quiet)
    for refused in done.refused:
        say(f"Not added: {one_line(refused.where)}: {refused.why}")
    verb = "would be added to" if diff or check else "added to"
    say(f"{counted(done.made, 'touchpoint')} {verb} {shown_name(str(path))}.", quiet)
    return 2 if done.refused else int(bool(done.made) and (diff or check))


def _rows(given: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for text in given:
        column, equals, value = text.partition("=")
        if not equals or not column.strip():
            raise UsageError(
                f'--where takes a column and a value, not "{one_line(text)}"', "write --where Type=Incident"
            )
        found[column] = (*found.get(column, ()), value)
    return found


def _tell_columns(found: Discovery, quiet: bool) -> None:
    """Say which columns were taken by their names."""
    if found.taken:
        listed = ", ".join(f'{role}: "{one_line(column)}"' for role, column in found.taken.items())
        say(f"Taken by their names: {listed}.", quiet)
