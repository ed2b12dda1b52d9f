"""Format files: write, check, diff, or return the canonical layout of a text."""

from __future__ import annotations

from collections.abc import Set
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import NamedTuple

from journeykit.changing.fmt import format_journey
from journeykit.output.paint import one_line, shown_name
from journeykit.project.reading import ReadResult, Targets, read_each
from journeykit.project.workspace import Workspace
from journeykit.project.writing import rewrite
from journeykit.reading import Document
from journeykit.source import Position


class Mode(Enum):
    """What happens to a file that is not in canonical layout; PRINT returns every text, changed or not."""

    WRITE = auto()
    CHECK = auto()
    DIFF = auto()
    PRINT = auto()


class FormattedFile(NamedTuple):
    """Whether a file's text changes, and its new text or a diff, by the mode.

    `problem` says why it could not be formatted, `note` what was left as it is.
    """

    name: str
    changes: bool = False
    text: str = ""
    problem: str = ""
    note: str = ""


def format_each(workspace: Workspace, targets: Targets, mode: Mode) -> ReadResult[FormattedFile]:
    """Format journeys."""
    return read_each(workspace, targets, partial(format_document, mode=mode, named=targets.named), picklable=True)


def format_document(document: Document, mode: Mode, named: Set[Path] = frozenset()) -> FormattedFile:
    """Format a document; a file that is no journey is left alone, and so is a link that is not among the `named`."""
    name, old = document.source.name, document.source.text
    if document.journey is None:
        first = document.findings[0]
        reason = f"not formatted: it is no journey: {one_line(first.message)}"
        return FormattedFile(name, problem=_at(name, first.start, reason))
    found = format_journey(document)
    if found.broken:
        return FormattedFile(name, problem=_at(name, found.at, f"not formatted: {found.problem}"))
    note = _at(name, found.at, f"left as it is: {found.problem}") if found.problem else ""
    if mode is Mode.WRITE and (problem := rewrite(Path(name), old, found.text, named)):
        return FormattedFile(name, problem=problem)
    return FormattedFile(name, found.text != old, _text(name, old, found.text, mode), note=note)


def _text(name: str, old: str, new: str, mode: Mode) -> str:
    if mode is Mode.PRINT:
        return new
    if mode is not Mode.DIFF or new == old:
        return ""
    from journeykit.output.unified_diff import unified_diff

    return unified_diff(name, old, new)


def _at(name: str, place: Position, message: str) -> str:
    return f"{shown_name(name)}:{place.line}:{place.column}: {message}"
