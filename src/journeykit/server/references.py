"""Find definitions and references in a file: go to definition, and find references."""

from __future__ import annotations

from pathlib import Path

from lsprotocol.types import Range

from journeykit.editing.partial import PartialDocument
from journeykit.editing.references import JOURNEY, definitions, is_path, same, spans_naming, symbol_at
from journeykit.files import leads_inside
from journeykit.model.meaning import Elsewhere
from journeykit.project.outside import repository_of
from journeykit.project.validating import find_journey
from journeykit.server.analysis import Analysis
from journeykit.source import Span


def definition_at(analysis: Analysis, offset: int) -> list[Range]:
    """Return the definition of what an offset refers to; an empty list if the file does not define it."""
    kind, id = symbol_at(analysis.partial, offset) or ("", "")
    return [analysis.positions.range_of(span) for span in _spans_defining(analysis.partial, kind, id)]


def references_at(analysis: Analysis, offset: int) -> list[Range]:
    """Return where the file defines and names what an offset refers to or defines."""
    return places_of(analysis, *(symbol_at(analysis.partial, offset) or ("", "")))


def places_of(analysis: Analysis, kind: str, id: str, with_definition: bool = True) -> list[Range]:
    """Return where a file names an id, after its definition if that is wanted."""
    spans = [
        *(_spans_defining(analysis.partial, kind, id) if with_definition else ()),
        *dict.fromkeys(spans_naming(analysis.partial, kind, id)),
    ]
    return [analysis.positions.range_of(span) for span in spans]


def _spans_defining(partial: PartialDocument, kind: str, id: str) -> list[Span]:
    return [one.span for one in definitions(partial) if one.kind == kind and same(kind, one.id, id)]


def file_at(analysis: Analysis, offset: int) -> Path | None:
    """Return the file that is named at an offset: a picture, or another journey; None if there is none."""
    partial = analysis.partial
    for path, value, meaning, side, _ in partial.journey.leaves(Elsewhere):
        span = partial.source.locate(path, side)
        named = meaning.kind in ("image", JOURNEY) and isinstance(value, str)
        if not named or not span.start <= offset <= span.end:
            continue
        if meaning.kind == JOURNEY and not is_path(value):
            found = find_journey(analysis.project, analysis.file, value)
            return Path(found) if found else None
        file = analysis.file.parent / value
        return file if file.is_file() and leads_inside(repository_of(analysis.file, analysis.project), file) else None
    return None
