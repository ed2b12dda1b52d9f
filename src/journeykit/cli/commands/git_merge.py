"""Merge three versions of a journey, for git.

git runs this itself once `journeykit git-setup` was run. Touchpoints are merged by id, wherever they moved, and each of
their keys by itself; comments and layout stay. The result is written over OURS; what both changed differently is left
between markers, and the exit status is then 1.

Examples:

  journeykit git-merge draft.yaml my.yaml draft.yaml

  journeykit git-merge draft.yaml my.yaml draft.yaml 7 journeys/my.journey.yaml
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from journeykit.changing.merging.writing import Markers
from journeykit.cli.merging import Asked, label, merge_files

Base = Annotated[Path, typer.Argument(metavar="BASE", help="The version that both come of; empty if there is none.")]
Ours = Annotated[Path, typer.Argument(metavar="OURS", help="Our version; the merge is written over it.")]
Theirs = Annotated[Path, typer.Argument(metavar="THEIRS", help="Their version.")]
Size = Annotated[int, typer.Argument(metavar="SIZE", min=1, help="Length of the markers of conflicts.")]
Name = Annotated[str, typer.Argument(metavar="PATH", help="The file that these are versions of.")]
BaseLabel = Annotated[str, typer.Argument(metavar="BASE-NAME", help="What the markers call the base …")]
OursLabel = Annotated[str, typer.Argument(metavar="OURS-NAME", help="… our version …")]
TheirsLabel = Annotated[str, typer.Argument(metavar="THEIRS-NAME", help="… and theirs.")]


def command(
    base: Base,
    ours: Ours,
    theirs: Theirs,
    size: Size = 7,
    path: Name = "",
    base_name: BaseLabel = "base",
    ours_name: OursLabel = "ours",
    theirs_name: TheirsLabel = "theirs",
) -> None:
    """Merge three versions."""
    markers = Markers(label(ours_name, "ours"), label(base_name, "base"), label(theirs_name, "theirs"), size)
    raise typer.Exit(merge_files(Asked(base, ours, theirs, path or str(ours), markers)))
