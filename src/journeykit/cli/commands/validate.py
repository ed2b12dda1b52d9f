"""Check whether each file is a journey.

All faults of a file are reported in one run, each at its exact place.

Examples:

  journeykit validate examples

  cat my.yaml | journeykit validate - --stdin-filename my.yaml --output-format json
"""

from __future__ import annotations

import typer

from journeykit.cli import options
from journeykit.cli.console import emit, paint, say
from journeykit.cli.inputs import list_files, list_settings, read_each
from journeykit.config import load_config
from journeykit.output.report import Report, findings_format
from journeykit.output.summary import validate_summary


def command(
    paths: options.Paths = None,
    output_format: options.FindingsAs = options.FindingsFormat.full,
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
    """Is each file a journey?"""
    settings = load_config(config, isolated)
    if show_settings:
        return list_settings(settings)
    if show_files:
        return list_files(paths, settings, allow_empty)
    inputs = read_each(paths, settings, lambda document: document.journey is not None, stdin_filename, allow_empty)
    report = Report(inputs.findings, len(inputs.made))
    emit(findings_format(output_format)(report, paint(color, output is not None)), output)
    say(validate_summary(report), quiet)
    raise typer.Exit(2 if inputs.failed else int(bool(report.findings)))
