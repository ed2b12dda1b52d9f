"""Give something another id: `kind`, `id`, `to`. All that names it follows, a journey's id in all files too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeykit.changing import apply_edits
from journeykit.editing.analysis import Analysis
from journeykit.editing.made import Made
from journeykit.editing.places import journey_of
from journeykit.editing.references import JOURNEY
from journeykit.editing.refusal import ActRefusedError, MalformedError
from journeykit.editing.renaming import RenameRefusedError, rename, rename_journey
from journeykit.editing.repository import files_beside


def make(analysis: Analysis, act: Mapping[str, Any]) -> Made:
    """Return the text, and those of other files, with another id."""
    journey_of(analysis)
    kind, id, to = act.get("kind"), act.get("id"), act.get("to")
    if not (isinstance(kind, str) and isinstance(id, str) and isinstance(to, str)):
        raise MalformedError('a rename has "kind", "id" and "to"')
    label = f"id: {to}"
    before = analysis.document.source.text
    try:
        if kind != JOURNEY:
            text = apply_edits(before, rename(analysis, kind, id, to))
            return Made.of(analysis, analysis.read(text), label)
        files = [analysis, *files_beside(analysis)]
        edits = rename_journey(files, id, to)
    except RenameRefusedError as refused:
        raise ActRefusedError(str(refused), "choose another id") from None
    texts = {one.file: apply_edits(one.document.source.text, edits[one.file]) for one in files if edits.get(one.file)}
    text = texts.pop(analysis.file, before)
    return Made.of(analysis, analysis.read(text), label)._replace(others=texts)
