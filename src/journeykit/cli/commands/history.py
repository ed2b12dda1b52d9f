"""The score of a journey over the commits of its file.

Each version of the file in git is a row, the oldest first: its score, the difference to the version before, mean, low
points, peaks. Renames are followed. What is in the working folder and not committed is the last row. All versions are
scored by the settings of the newest one, so that only the journey makes a difference.

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
from journeykit.cli.console import emit, rendered, say, terminal_width
from journeykit.cli.request import Request, reads_journeys
from journeykit.project import ScoringOptions

if TYPE_CHECKING:
    from journeykit.comparing.history import History

Limit = Annotated[int, typer.Option("--limit", metavar="N", min=0, help="The newest N versions; 0 is all.")]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="YYYY-MM-DD|REV", help="Versions of that day and later, or not in a revision."),
]
Chart = Annotated[
    Path | None,
    typer.Option("--chart", metavar="FILE", help="Draw it too: SVG, PNG or PDF, by the ending of FILE."),
]
ThemeName = Annotated[
    str | None,
    typer.Option(
        "--theme", metavar="NAME|FILE", autocompletion=completing.themes,
        help="Of the chart: light, dark, print, or a .toml file of your own.",
    ),
]  # fmt: skip
Cache = Annotated[bool, typer.Option("--cache/--no-cache", help="Remember the scores of texts in the cache folder.")]


@reads_journeys("profile", "source", "theme")
def command(
    request: Request,
    limit: Limit = 50,
    since: Since = None,
    chart: Chart = None,
    theme: ThemeName = None,
    cache: Cache = True,
    profile: options.Profile = None,
    source: options.Source = None,
    output_format: options.TableAs = options.TableFormat.full,
    output: options.Output = None,
) -> None:
    """Scores over the commits of files."""
    from journeykit.output.tables.history import remarks
    from journeykit.project.history import Period

    del theme  # it overrides the setting
    options_of_scores = ScoringOptions(profile, source)
    found, failed = request.project.histories(request.targets, Period(limit, since), options_of_scores, cache=cache)
    if chart is not None:
        from journeykit.cli.pictures import print_pictures
        from journeykit.project.pictures import draw_histories

        print_pictures([draw_histories(found, chart, request.project.settings.theme)], request.quiet)
    color = options.Color.never if output else request.color
    emit(_text(found, output_format, color), output)
    for remark in remarks(found):
        say(remark, request.quiet)
    raise typer.Exit(2 if failed else 0)


def _text(found: Sequence[History], form: options.TableFormat, color: options.Color) -> str:
    """Return a table for each file; one for all of them as CSV."""
    from journeykit.output.markdown import escaped
    from journeykit.output.table import as_csv, as_markdown, as_rich
    from journeykit.output.tables import as_json
    from journeykit.output.tables.history import data, heading, history

    tables = [history(one) for one in found]
    if form is options.TableFormat.json:
        return as_json([data(one) for one in found])
    if form is options.TableFormat.csv:
        from journeykit.comparing.history import History

        return as_csv(replace(history(History("", ())), rows=[row for table in tables for row in table.rows]))
    pairs = list(zip(map(heading, found), tables, strict=True))
    if form is options.TableFormat.markdown:
        return "\n".join(f"### {escaped(title)}\n\n{as_markdown(table)}" for title, table in pairs)
    parts = [part for title, table in pairs for part in (title, as_rich(table, terminal_width()))]
    return rendered(*parts, color=color)
