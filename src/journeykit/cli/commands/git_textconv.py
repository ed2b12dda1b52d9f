"""Print a journey in plain lines, for git's diffs.

git runs this itself once `journeykit git-setup` was run, and compares what it prints: each touchpoint with its score
and its fields. A file that is no journey is printed as it is.

Examples:

  journeykit git-textconv my.yaml

  journeykit git-textconv examples/smallest.journey.yaml
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from journeykit.cli.console import emit_bytes
from journeykit.project import Project

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file to print.")]


def command(file: File) -> None:
    """Print the text that git compares."""
    emit_bytes(Project.around_or_default().text_for_git(file))  # git passes a copy from a folder of its own
