"""The score of a journey over the commits of its file.

Each version of the file in git is a row, the oldest first: its score, the difference to the version before, mean, low
points, peaks. Renames are followed. What is in the working folder and not committed is the last row. All versions are
scored by the settings of the newest one, so that only the journey makes a difference.

Examples:

  journeykit history my-new-job.journey.yaml --chart history.svg

  journeykit history my-new-job.journey.yaml --since 2026-01-01 --output-format csv
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from journeykit.cli import completing, options
from journeykit.cli.console import say
from journeykit.cli.inputs import Asked
from journeykit.cli.journeys import reads_journeys

Limit = Annotated[int, typer.Option("--limit", metavar="N", min=0, help="The newest N versions; 0 is all.")]
Since = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--since", metavar="YYYY-MM-DD|REV", help="Versions of that day and later, or not in a revision."),
]
Chart = Annotated[
    Optional[Path],  # noqa: UP045
    typer.Option("--chart", metavar="FILE", help="Draw it too: SVG, PNG or PDF, by the ending of FILE."),
]
ThemeName = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--theme", metavar="NAME|FILE", autocompletion=completing.themes,
        help="Of the chart: light, dark, print, or a .toml file of your own.",
    ),
]  # fmt: skip
Cache = Annotated[bool, typer.Option("--cache/--no-cache", help="Remember the scores of texts in the cache folder.")]


@reads_journeys("profile", "source", "theme")
def command(
    asked: Asked,
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
    from journeykit.cli.history_run import How, Stretch, draw, files_of, histories_of, print_histories
    from journeykit.output.tables.history import remarks

    del theme  # it stands in the settings
    files = files_of(asked)
    found, failed = histories_of(files, Stretch(limit, since), How(asked.config, profile, source, cache))
    if chart is not None:
        draw(found, chart, asked.config.theme, asked.quiet)
    print_histories(found, output_format, output, asked.color)
    for remark in remarks(found):
        say(remark, asked.quiet)
    raise typer.Exit(2 if failed else 0)
