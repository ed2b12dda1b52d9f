"""The score of a journey over the commits of its file.

Each version of the file in git is a row, the oldest first: its score, the difference to the version before, mean, low
points, peaks. Renames are followed. What is in the working folder and not committed is the last row. All versions are
scored by the settings of the newest one, so that scores differ only where the journey does.

Examples:

  journeykit history my-new-job.journey.yaml --chart history.svg

  journeykit history my-new-job.journey.yaml --since 2026-01-01 --output-format csv
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from journeykit.cli import completing, options
from journeykit.cli.console import say
from journeykit.cli.request import Request, reads_journeys
from journeykit.cli.results import print_report
from journeykit.output.table_report import TableReport
from journeykit.project import ScoringOptions

if TYPE_CHECKING:
    from journeykit.comparing.history import History

Limit = Annotated[
    int,
    typer.Option(
        "--limit",
        metavar="N",
        parser=options.number_parser(0, whole=True),
        help="The newest N versions; 0 is all.",
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="YYYY-MM-DD|REV", help="Only versions since a day, or those that a revision does not have."
    ),
]
Chart = Annotated[
    Path | None,
    typer.Option("--chart", metavar="FILE", help="Also draw the history: SVG, PNG or PDF, by the ending of FILE."),
]
ThemeName = Annotated[
    str | None,
    typer.Option(
        "--theme", metavar="NAME|FILE", autocompletion=completing.themes,
        help="Theme of the chart: light, dark, print, or a .toml file.",
    ),
]  # fmt: skip


@reads_journeys("profile", "source", "theme")
def command(
    request: Request,
    limit: Limit = 50,
    since: Since = None,
    chart: Chart = None,
    theme: ThemeName = None,
    cache: options.UseCache = True,
    profile: options.Profile = None,
    source: options.Source = None,
    output_format: options.TableAs = options.FULL_TABLES,
    output: options.Output = None,
) -> None:
    """Scores over the commits of files."""
    from journeykit.output.tables.history import remarks
    from journeykit.project.history import VersionRange

    del theme, cache  # they override the settings
    scoring = ScoringOptions(profile, source)
    found, failed = request.project.histories(request.targets, VersionRange(limit, since), scoring)
    if chart is not None:
        from journeykit.cli.pictures import print_pictures
        from journeykit.project.pictures import draw_histories

        print_pictures([draw_histories(found, chart, request.project.settings.theme)], request.quiet)
    print_report(_report(found), output_format, output, request.color)
    for remark in remarks(found):
        say(remark, request.quiet)
    raise typer.Exit(2 if failed else 0)


def _report(found: Sequence[History]) -> TableReport:
    """Return a table for each file; for programs one of all of them."""
    from journeykit.comparing.history import History
    from journeykit.output.tables import document
    from journeykit.output.tables.history import data, heading, history

    tables = [history(one) for one in found]
    blocks = [block for one, table in zip(found, tables, strict=True) for block in (heading(one), table)]
    rows = [row for table in tables for row in table.rows]
    return TableReport(blocks, lambda: document(map(data, found)), rows=replace(history(History("", ())), rows=rows))
