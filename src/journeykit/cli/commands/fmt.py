"""Lay journey files out in one way.

The order of keys, indentation and spaces are then the same everywhere. Comments, quotes and block texts stay as they
are written, and what a file says does not change; channels get their own names (e-mail becomes email). Standard input
goes to standard output. A file that is no journey is left alone.

Examples:

  journeykit fmt examples

  journeykit fmt --check --diff examples
"""

from __future__ import annotations

from typing import Annotated

import typer

from journeykit.cli.formatting import format_files
from journeykit.cli.inputs import Asked
from journeykit.cli.journeys import reads_journeys

Check = Annotated[
    bool, typer.Option("--check", help="Change nothing; list the files that would change, and exit with 1 if any.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Change nothing; print what would change, and exit with 1 if any.")]


@reads_journeys()
def command(asked: Asked, check: Check = False, diff: Diff = False) -> None:
    """Canonical layout."""
    raise typer.Exit(format_files(asked, check, diff))
