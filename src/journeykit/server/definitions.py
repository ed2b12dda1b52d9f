"""Go to definition, and find references."""

from __future__ import annotations

from lsprotocol.types import Range

from journeykit.server.analysis import Analysis
from journeykit.server.references import definitions, named_at, references, same, span_of


def definition(analysis: Analysis, offset: int) -> list[Range]:
    """Return where the thing named at an offset is defined; an empty list if the file does not define it."""
    outline = analysis.outline
    sort, id = named_at(outline, offset) or ("", "")
    found = [one.span for one in definitions(outline) if one.sort == sort and same(sort, one.id, id)]
    return [analysis.positions.range_of(span) for span in found]


def uses(analysis: Analysis, offset: int, with_definition: bool) -> list[Range]:
    """Return all places that name the thing named or defined at an offset."""
    outline = analysis.outline
    sort, id = named_at(outline, offset) or ("", "")
    found = [
        span_of(outline, reference)
        for reference in references(outline)
        if reference.sort == sort and same(sort, reference.id, id)
    ]
    ranges = [analysis.positions.range_of(span) for span in dict.fromkeys(found)]
    return [*(definition(analysis, offset) if with_definition else ()), *ranges]
