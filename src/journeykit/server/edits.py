"""Edits of the text in the editor, and those of formatting."""

from __future__ import annotations

from lsprotocol.types import TextEdit

from journeykit.changing import Edit
from journeykit.changing.edits import minimal_edit
from journeykit.changing.fmt import format_journey
from journeykit.server.analysis import Analysis
from journeykit.source import Span


def text_edit(analysis: Analysis, edit: Edit) -> TextEdit:
    """Return an edit as a type of the protocol."""
    return TextEdit(analysis.positions.range_of(Span(edit.start, edit.end)), edit.text)


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
