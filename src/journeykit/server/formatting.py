"""Formatting, as `journeykit fmt` does it."""

from __future__ import annotations

from lsprotocol.types import TextEdit

from journeykit.changing.fmt import format_journey
from journeykit.server.analysis import Analysis
from journeykit.server.edits import change, text_edit


def formatting(analysis: Analysis) -> tuple[list[TextEdit], str]:
    """Return the edits that format a text, and the reason if it cannot be formatted ("" for what is no journey)."""
    if analysis.document.journey is None:
        return [], ""
    before = analysis.document.source.text
    formatted = format_journey(analysis.document)
    edits = [] if formatted.text == before else [text_edit(analysis, change(before, formatted.text))]
    return edits, formatted.problem
