"""Edits of the text in the editor, and those of formatting."""

from __future__ import annotations

from lsprotocol.types import TextEdit

from journeykit.changing import Edit
from journeykit.changing.fmt import format_journey
from journeykit.server.analysis import Analysis
from journeykit.source import Span


def text_edit(analysis: Analysis, edit: Edit) -> TextEdit:
    """Return an edit as a type of the protocol."""
    return TextEdit(analysis.positions.range_of(Span(edit.start, edit.end)), edit.text)


def minimal_edit(before: str, after: str) -> Edit:
    """Return the edit that turns one text into another: the lines between their common start and end."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    above, below = sum(map(len, old[:start])), sum(map(len, old[len(old) - end :]))
    return Edit(above, len(before) - below, "".join(new[start : len(new) - end]))


def _common(one: list[str], other: list[str]) -> int:
    """Return how many lines two texts share at their start."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def formatting_edits(analysis: Analysis) -> tuple[list[TextEdit], str]:
    """Return the edits that format a text as `journeykit fmt`, and the reason if it cannot be formatted.

    The reason is "" for a text that is not a journey.
    """
    if analysis.document.journey is None:
        return [], ""
    before = analysis.document.source.text
    formatted = format_journey(analysis.document)
    edits = [] if formatted.text == before else [text_edit(analysis, minimal_edit(before, formatted.text))]
    return edits, formatted.problem
