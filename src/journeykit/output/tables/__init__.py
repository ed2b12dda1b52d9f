"""Scores, low points and opportunities as tables and as JSON; one module each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from journeykit.model import Journey
from journeykit.scoring import Scores

if TYPE_CHECKING:
    from journeykit.output.table import Column

VERSION = 1
"""Version of the JSON; it changes only when a program that reads it could break."""


class ScoredJourney(NamedTuple):
    """A journey, the file it comes from, and its scores."""

    file: str
    journey: Journey
    scores: Scores


def document(journeys: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the JSON document of a list of journeys."""
    return {"version": VERSION, "journeys": list(journeys)}


def head(scored: ScoredJourney) -> dict[str, Any]:
    """Return what names a journey in JSON."""
    return {"file": scored.file, "id": scored.journey.id, "title": scored.journey.title}


def file_column(files: Sequence[str]) -> Column:
    """Return the column that names the file: for people without the ending and a folder that all have in common.

    It is left out for people if there is only one file.
    """
    from journeykit.output.table import Column

    folders = {PurePath(file).parent for file in files}

    def show(file: str) -> str:
        short = PurePath(file).name if len(folders) == 1 else file
        for ending in (".journey.yaml", ".journey.yml", ".yaml", ".yml"):
            short = short.removesuffix(ending)
        return short

    return Column("file", "File", show, for_programs=len(files) == 1)
