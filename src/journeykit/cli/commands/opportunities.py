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
from journeykit.cli.inputs import list_files, list_settings
from journeykit.cli.scoring_run import ScoringOptions, print_tables, score_all
from journeykit.config import load_config
from journeykit.output.summary import counted
from journeykit.output.tables import improvements


def command(
    paths: options.Paths = None,
    profile: options.Profile = None,
    source: options.Source = None,
    output_format: options.TableAs = options.TableFormat.full,
    output: options.Output = None,
    stdin_filename: options.StdinFilename = "stdin",
    allow_empty: options.AllowEmpty = False,
    show_files: options.ShowFiles = False,
    show_settings: options.ShowSettings = False,
    quiet: options.Quiet = False,
    color: options.Colour = options.Color.auto,
    config: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """The improvement list, ranked."""
    settings = load_config(config, isolated)
    if show_settings:
        return list_settings(settings.overridden(profile=profile, source=source))
    if show_files:
        return list_files(paths, settings, allow_empty)
    how = ScoringOptions(profile, source)
    run = score_all(paths, settings, how, stdin_filename=stdin_filename, allow_empty=allow_empty, color=color)
    table = improvements.improvements(run.scored)
    print_tables(run, [table], improvements.data, output_format, output, color)
    say(f"{counted(len(table.rows), 'opportunity', 'opportunities')} in {counted(len(run.scored), 'journey')}.", quiet)
    raise typer.Exit(run.status)
