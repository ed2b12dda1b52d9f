"""Show one journey in the terminal.

Its score, the emotional curve, the touchpoints and what to do first. The curve is the chart itself where the terminal
shows pictures (kitty, Ghostty, iTerm2, WezTerm, mintty, foot and others), and drawn with blocks elsewhere.

Examples:

  journeykit show my-new-job.journey.yaml

  journeykit show - --stdin-filename draft.yaml < draft.yaml
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from journeykit.cli import options
from journeykit.cli.console import emit, screen
from journeykit.cli.request import Request, project_for, targets_of
from journeykit.cli.results import print_report, score_journeys
from journeykit.cli.terminal_image import curve_image
from journeykit.errors import UsageError
from journeykit.output.paint import one_line
from journeykit.output.table import as_rich
from journeykit.output.table_report import TableReport
from journeykit.output.tables import ScoredJourney, document, journey, metrics, opportunities, scores
from journeykit.output.tables.scores import headline
from journeykit.output.terminal import render
from journeykit.project import ScoringOptions


class CurveAs(StrEnum):
    """How the curve is shown."""

    auto = "auto"
    kitty = "kitty"
    iterm2 = "iterm2"
    sixel = "sixel"
    blocks = "blocks"


File = Annotated[Path, typer.Argument(metavar="FILE", help="A journey; - is standard input.")]
PictureAs = Annotated[
    CurveAs,
    options.choice(
        CurveAs, "--picture", help="How the curve is shown; auto depends on the terminal, and is blocks in a pipe."
    ),
]


def command(
    file: File,
    picture: PictureAs = CurveAs.auto,
    profile: options.Profile = None,
    source: options.Source = None,
    stdin_filename: options.StdinFilename = "stdin",
    output_format: options.TableAs = options.FULL_TABLES,
    color: options.UseColor = options.Color.auto,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """One journey in the terminal."""
    if file.is_dir():
        raise UsageError(f"{file} is a folder", f"show takes one journey; journeykit score {file} lists them all")
    project = project_for(config, isolated)
    request = Request(project, targets_of([file], stdin_filename, allow_empty=True), color=color)
    run = score_journeys(request, ScoringOptions(profile, source))
    if output_format != options.FULL_TABLES:
        tables = scores.joined([(one.file, scores.touchpoints(one)) for one in run.scored])
        print_report(TableReport([tables], lambda: document(map(scores.data, run.scored))), output_format, None, color)
        raise typer.Exit(run.status)
    for scored in run.scored:
        emit(_text(scored, picture, project.settings.theme, color), images=True)
    raise typer.Exit(run.status)


def _text(scored: ScoredJourney, picture: CurveAs, theme: str, color: options.Color) -> str:
    columns, colored = screen(color)
    columns = min(columns, 120)
    found = scored.journey
    about = [found.persona.name, *([found.note] if found.note else [])]
    table = as_rich(journey.touchpoints(scored), columns)
    listed = opportunities.shortlist([scored])
    todo = (opportunities.ranked(listed), opportunities.closed(listed))
    tables = (*todo, metrics.service_metrics(scored), metrics.surveys(scored))
    below = [as_rich(one, columns) for one in tables if one.rows]
    title, *figures = headline(scored)
    above = "\n".join([title, *(f"  {one_line(line)}" for line in about)])
    return "\n".join(
        [
            render(above, "\n".join(figures), columns=columns, color=colored),
            curve_image(scored, picture.value, columns, theme, color),
            render(table, *below, columns=columns, color=colored),
        ]
    )
