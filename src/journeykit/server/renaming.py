"""Rename an id wherever the file names it, and the id of a journey in all files that name it, for editors."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lsprotocol.types import PrepareRenamePlaceholder, TextEdit
from pygls.exceptions import JsonRpcException

from journeykit.editing import renaming
from journeykit.editing.references import JOURNEY, spans_naming, symbol_at
from journeykit.server.analysis import Analysis
from journeykit.server.edits import text_edit


class RenameError(JsonRpcException):
    """A rename that is not made; editors show the message."""

    CODE = -32803
    MESSAGE = "not renamed"


def renamable(analysis: Analysis, offset: int) -> PrepareRenamePlaceholder | None:
    """Return the range of the id at an offset and the id; None if nothing that can be renamed is named there."""
    kind, id = symbol_at(analysis.partial, offset) or ("", "")
    found = renaming.defined(analysis, kind, id)
    if found is None and kind != JOURNEY:
        return None
    spans = [*([found.span] if found else ()), *spans_naming(analysis.partial, kind, id)]
    (span, *_) = [span for span in spans if span.start <= offset <= span.end]
    return PrepareRenamePlaceholder(analysis.positions.range_of(span), found.id if found else id)


def rename(analysis: Analysis, offset: int, new: str) -> list[TextEdit]:
    """Return the edits that rename what is named at an offset. Raises RenameError if it cannot be renamed."""
    kind, id = symbol_at(analysis.partial, offset) or ("", "")
    try:
        return [text_edit(analysis, edit) for edit in renaming.rename(analysis, kind, id, new)]
    except renaming.RenameRefusedError as refused:
        raise RenameError(str(refused)) from None


def rename_journey(files: Iterable[Analysis], id: str, new: str) -> dict[Path, list[TextEdit]]:
    """Return the edits of each file that has or names the journey with an id; `files` are all of the repository.

    Raises RenameError if it cannot be renamed.
    """
    files = list(files)
    known = {one.file: one for one in files}
    try:
        found = renaming.rename_journey(files, id, new)
    except renaming.RenameRefusedError as refused:
        raise RenameError(str(refused)) from None
    return {file: [text_edit(known[file], edit) for edit in edits] for file, edits in found.items()}
