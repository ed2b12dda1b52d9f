"""Print the JSON Schema of the format, for editors.

Examples:

  journeykit schema > journey.schema.json

  journeykit schema -o .vscode/journey.schema.json
"""

from __future__ import annotations

from importlib.resources import files

from journeykit.cli import options
from journeykit.cli.console import emit


def command(output: options.Output = None) -> None:
    """Print the JSON Schema."""
    emit(files("journeykit.model").joinpath("journey.schema.json").read_text(encoding="utf-8"), output, data=True)
