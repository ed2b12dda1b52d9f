"""Drawing several journeys as one picture: where it goes, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from journeykit.charts.picture import Picture, draw_overlay
from journeykit.cli.console import STDOUT, emit, emit_bytes, make_folder, say, write_bytes
from journeykit.cli.drawing import Outcome, tell
from journeykit.errors import UsageError
from journeykit.output.tables import Scored

NAME = "overlay"


def overlay(scored: Sequence[Scored], pictures: Sequence[Picture], output: Path | None, quiet: bool) -> bool:
    """Draw all journeys over each other, once for each format; UsageError where it cannot be."""
    if not scored:  # none was found, and the user allowed it
        return True
    if output is not None and len(pictures) > 1 and (output == STDOUT or _is_file(output, pictures)):
        where = "standard output" if output == STDOUT else output
        raise UsageError(f"{where} can hold one picture only", "name a folder with -o, or one format")
    pairs = [(one.journey, one.scores) for one in scored]
    outcomes = []
    for picture in pictures:
        data, warnings = draw_overlay(pairs, picture)
        target = _target(picture, output)
        if output == STDOUT:
            for warning in warnings:
                say(f"journeykit: {warning}")
            emit_bytes(data)
            continue
        make_folder(target.parent)
        write_bytes(target, data)
        outcomes.append(Outcome(target, str(target), warnings=tuple(warnings)))
    return tell(outcomes, quiet)


def in_words(scored: Sequence[Scored], output: Path | None) -> bool:
    """Print what the picture says; UsageError where there can be none."""
    from journeykit.charts.overlay.alt_text import told

    if scored:
        emit(told([(one.journey, one.scores) for one in scored]), output)
    return True


def _is_file(output: Path, pictures: Sequence[Picture]) -> bool:
    return output.suffix.lstrip(".").lower() in {picture.format for picture in pictures}


def _target(picture: Picture, output: Path | None) -> Path:
    """The file that is named, else `overlay` in the folder that is named, else in the current one."""
    if output is not None and _is_file(output, [picture]):
        return output
    time = "-time" if picture.axis == "time" else ""
    return (output or Path()) / f"{NAME}{time}.{picture.format}"
