"""The layout of `journeykit fmt`."""

from __future__ import annotations

from lsprotocol.types import TextEdit

from journeykit.changing.fmt import format_journey
from journeykit.server.analysis import Analysis
from journeykit.server.edits import change, text_edit


def formatting(analysis: Analysis) -> tuple[list[TextEdit], str]:
    """The edits that lay a text out, and why it is left alone if it is; what is no journey has its errors already."""
    if analysis.document.journey is None:
        return [], ""
    before = analysis.document.source.text
    made = format_journey(analysis.document)
    return ([] if made.text == before else [text_edit(analysis, change(before, made.text))]), made.problem
