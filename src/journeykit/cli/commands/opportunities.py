"""Rank the improvement list, with simulated gain.

Priority is reach x impact x confidence / effort; gain is the rise of the journey's score once the targets are met and
the removed touchpoints are gone; need is high where something matters and satisfies little.

Examples:

  journeykit opportunities examples

  journeykit opportunities --output-format markdown > improvements.md
"""

from __future__ import annotations

import typer

from journeykit.cli import options
from journeykit.cli.console import say
from journeykit.cli.inputs import Asked
from journeykit.cli.journeys import reads_journeys
from journeykit.cli.scoring_run import ScoringOptions, print_tables, score_all
from journeykit.output.summary import counted
from journeykit.output.tables import improvements


@reads_journeys("profile", "source")
def command(
    asked: Asked,
    profile: options.Profile = None,
    source: options.Source = None,
    output_format: options.TableAs = options.TableFormat.full,
    output: options.Output = None,
) -> None:
    """The improvement list, ranked."""
    how = ScoringOptions(profile, source)
    run = score_all(asked, how)
    table = improvements.improvements(run.scored)
    print_tables(run, [table], improvements.data, output_format, output, asked.color)
    say(
        f"{counted(len(table.rows), 'opportunity', 'opportunities')} in {counted(len(run.scored), 'journey')}.",
        asked.quiet,
    )
    raise typer.Exit(run.status)
