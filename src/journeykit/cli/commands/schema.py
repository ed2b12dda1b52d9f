"""Print the JSON Schema of the format, for editors.

With --normal it is that of `journeykit export --to json`, which has no shorthands.

Examples:

  journeykit schema > journey.schema.json

  journeykit schema -o .vscode/journey.schema.json
"""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated

import typer

from journeykit.cli import options
from journeykit.cli.console import emit

Normal = Annotated[bool, typer.Option("--normal", help="The schema of normalised journeys, as export --to json.")]


def command(normal: Normal = False, output: options.Output = None) -> None:
    """Print the JSON Schema."""
    if normal:
        from journeykit.model.json_schema import schema_text

        text = schema_text(normal=True)
    else:
        text = files("journeykit.model").joinpath("journey.schema.json").read_text(encoding="utf-8")
    emit(text, output, data=True)
