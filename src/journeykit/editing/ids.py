"""Ids that are made from titles stay what they are where something refers to them: they are written down first."""

from __future__ import annotations

from collections.abc import Callable

from journeykit.editing.analysis import Analysis
from journeykit.editing.references import definitions, references
from journeykit.editing.steps import changed
from journeykit.fix import Set
from journeykit.model.meaning import Defines
from journeykit.reading import Document
from journeykit.source import KeyPath


def made_and_named(analysis: Analysis) -> dict[KeyPath, str]:
    """Return the ids that are made from titles and named elsewhere in the file, by the paths of what has them."""
    named = {(one.kind, one.id) for one in references(analysis.partial)}
    source = analysis.document.source
    return {
        one.path: one.id
        for one in definitions(analysis.partial)
        if (one.kind, one.id) in named
        and one.path
        and isinstance(one.path[-1], int)
        and not source.has((*source.in_file(one.path)[0], "id"))
    }


def keeping_ids(
    analysis: Analysis, make: Callable[[Document], Document], moved_to: Callable[[KeyPath], KeyPath | None]
) -> Document:
    """Return what `make` leaves; ids that would change are written down before, where something names them.

    `moved_to` returns the path at which a part is afterwards, None if it is gone.
    """
    after = make(analysis.document)
    named = made_and_named(analysis)
    if not named:
        return after
    now = _ids_of(after)
    lost = {path: id for path, id in named.items() if (new := moved_to(path)) is not None and now.get(new) != id}
    if not lost:
        return after
    return make(changed(analysis.document, [Set((*path, "id"), id) for path, id in lost.items()]))


def _ids_of(document: Document) -> dict[KeyPath, str]:
    assert document.journey is not None
    return {
        leaf.path[:-1]: leaf.value
        for leaf in document.journey.leaves(Defines)
        if leaf.side == "value" and leaf.path[-1] == "id"
    }
