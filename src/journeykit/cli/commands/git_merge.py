"""Merge three versions of a journey, for git.

git runs this itself once `journeykit git-setup` was run. Touchpoints are merged by id, wherever they moved, and each of
their keys by itself; comments and layout stay. The result is written over OURS; what both changed differently is left
between markers, and the exit status is then 1.

Examples:

  journeykit git-merge draft.yaml my.yaml draft.yaml

  journeykit git-merge draft.yaml my.yaml draft.yaml 7 journeys/my.journey.yaml
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from journeykit.changing.merging.block_writer import Markers
from journeykit.cli import options
from journeykit.cli.console import ConsoleReporter
from journeykit.project import Project
from journeykit.project.merging import MergeRequest

Base = Annotated[Path, typer.Argument(metavar="BASE", help="The common ancestor of both; empty if there is none.")]
Ours = Annotated[Path, typer.Argument(metavar="OURS", help="Our version; the merge is written over it.")]
Theirs = Annotated[Path, typer.Argument(metavar="THEIRS", help="Their version.")]
Size = Annotated[
    int,
    typer.Argument(metavar="SIZE", parser=options.number_parser(1, whole=True), help="Length of the conflict markers."),
]
Name = Annotated[str, typer.Argument(metavar="PATH", help="The path of the file that is merged.")]
BaseLabel = Annotated[str, typer.Argument(metavar="BASE-NAME", help="The name of the base in conflict markers.")]
OursLabel = Annotated[str, typer.Argument(metavar="OURS-NAME", help="The name of our version.")]
TheirsLabel = Annotated[str, typer.Argument(metavar="THEIRS-NAME", help="The name of their version.")]


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
    markers = Markers(_label(ours_name, "ours"), _label(base_name, "base"), _label(theirs_name, "theirs"), size)
    name = path or str(ours)
    project = replace(Project.around_or_default(Path(name).absolute()), reporter=ConsoleReporter())
    raise typer.Exit(project.merge(MergeRequest(base, ours, theirs, name, markers)))


def _label(given: str, default: str) -> str:
    """Return git's name for a version; older ones pass the placeholder itself."""
    return default if not given or given.startswith("%") else given
