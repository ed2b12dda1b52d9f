"""Tell a journey in plain lines, for git's diffs.

git runs this itself once `journeykit git-setup` was run, and compares what it prints: each touchpoint with its score
and all that is said of it. A file that is no journey is printed as it is.

Examples:

  journeykit git-textconv my.yaml

  journeykit git-textconv examples/smallest.journey.yaml
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from journeykit.cli.console import emit_bytes
from journeykit.cli.telling import told

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file to tell of.")]


def command(file: File) -> None:
    """Tell a journey."""
    emit_bytes(told(file))
