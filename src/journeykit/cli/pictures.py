"""Print which pictures were written, and which could not be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from journeykit.cli.console import say
from journeykit.output.paint import shown_name

if TYPE_CHECKING:
    from journeykit.comparing.journey_diff import JourneyDiff
    from journeykit.project.pictures import DrawnPicture


def print_pictures(drawn: Iterable[DrawnPicture], quiet: bool) -> bool:
    """Print the names of the pictures, each warning once, and errors; return whether there were none."""
    warned: set[str] = set()
    well = True
    for picture in drawn:
        file = shown_name(picture.file)
        if picture.error:
            well = False
            say(f"journeykit: {file}: {picture.error}" + (f"\n  {picture.help}" if picture.help else ""))
            continue
        say(f"Wrote {picture.names}.", quiet)
        for warning in picture.warnings:
            if warning not in warned:
                say(f"journeykit: {file}: {warning}")
                warned.add(warning)
    return well


def print_differences(
    changes: Sequence[JourneyDiff], target: Path, theme: str, quiet: bool, old: str = "", new: str = ""
) -> None:
    """Draw the journeys that differ, and print what was written."""
    from journeykit.project.pictures import draw_differences

    drawn = draw_differences(changes, target, theme, old, new)
    if not drawn:
        say("journeykit: no journey differs in two versions: nothing is drawn", quiet)
    print_pictures(drawn, quiet)
