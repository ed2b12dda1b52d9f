"""Rename an id wherever the file names it, and the id of a journey in all files that name it.

An id that is made from a title is written down first. The result is read again: it is refused if it has errors that the
text did not have, or if a name would mean something else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from lsprotocol.types import PrepareRenamePlaceholder, TextEdit
from pygls.exceptions import JsonRpcException

from journeykit.changing import Edit, apply_edits, text_edits
from journeykit.changing.emitter import inline
from journeykit.fix import Fix, Set
from journeykit.model.values import SLUG
from journeykit.server.analysis import Analysis
from journeykit.server.edits import minimal_edit, text_edit
from journeykit.server.references import (
    JOURNEY,
    Definition,
    definitions,
    references,
    same,
    spans_naming,
    symbol_at,
)

WORDS = ("channel", "feeling")
"""Kinds whose ids are words; the others have ids of small letters, digits and hyphens."""


class RenameError(JsonRpcException):
    """A rename that is not made; editors show the message."""

    CODE = -32803
    MESSAGE = "not renamed"


def renamable(analysis: Analysis, offset: int) -> PrepareRenamePlaceholder | None:
    """Return the range of the id at an offset and the id; None if nothing that can be renamed is named there."""
    kind, id = symbol_at(analysis.partial, offset) or ("", "")
    found = _defined(analysis, kind, id)
    if found is None and kind != JOURNEY:
        return None
    spans = [*([found.span] if found else ()), *spans_naming(analysis.partial, kind, id)]
    (span, *_) = [span for span in spans if span.start <= offset <= span.end]
    return PrepareRenamePlaceholder(analysis.positions.range_of(span), found.id if found else id)


def rename(analysis: Analysis, offset: int, new: str) -> list[TextEdit]:
    """Return the edits that rename what is named at an offset. Raises RenameError if it cannot be renamed."""
    found = _defined(analysis, *(symbol_at(analysis.partial, offset) or ("", "")))
    if found is None:
        raise RenameError("this file defines nothing that is named here")
    new = new.strip()
    _check_name(analysis, found, new)
    return _renamed(analysis, found, new)


def rename_journey(files: Iterable[Analysis], id: str, new: str) -> dict[Path, list[TextEdit]]:
    """Return the edits of each file that has or names the journey with an id; `files` are all of the repository.

    Raises RenameError if it cannot be renamed.
    """
    new, files = new.strip(), list(files)
    for analysis in files:
        if new != id and _defined(analysis, JOURNEY, new):
            raise RenameError(f"{analysis.file.name} has the id {new} already")
    edits: dict[Path, list[TextEdit]] = {}
    defined = 0
    for analysis in files:
        if (found := _defined(analysis, JOURNEY, id)) is not None:
            defined += 1
            _check_name(analysis, found, new)
            edits[analysis.file] = _renamed(analysis, found, new)
        elif named := _edits_naming(analysis, JOURNEY, id, new):
            edits[analysis.file] = _checked(analysis, named, JOURNEY, id, new)
    if defined != 1:
        raise RenameError(f"{defined or 'no'} journeys have the id {id}")
    return edits


def _renamed(analysis: Analysis, found: Definition, new: str) -> list[TextEdit]:
    return _checked(analysis, _edits(analysis, found, new), found.kind, found.id, new)


def _defined(analysis: Analysis, kind: str, id: str) -> Definition | None:
    return next((one for one in definitions(analysis.partial) if one.kind == kind and same(kind, one.id, id)), None)


def _check_name(analysis: Analysis, found: Definition, new: str) -> None:
    if not new:
        raise RenameError("a name has at least one letter")
    if found.kind not in WORDS and not re.fullmatch(SLUG, new):
        raise RenameError(f"an id has small letters without accents, digits and hyphens: not {new}")
    for one in definitions(analysis.partial):
        if one.kind == found.kind and one != found and same(found.kind, one.id, new):
            raise RenameError(f"there is a {found.kind} with the id {new} already")


def _edits(analysis: Analysis, found: Definition, new: str) -> list[Edit]:
    source = analysis.partial.source
    named = _edits_naming(analysis, found.kind, found.id, new)
    by_key = found.span == source.locate(found.path, "key")
    if by_key or source.has((*found.path, "id")):
        span = found.span if by_key else source.locate((*found.path, "id"))
        return [*named, Edit(span.start, span.end, inline(new, flow=True))]
    before = analysis.document.source.text
    renamed = analysis.read(apply_edits(before, named))  # first, since the id is only then one that is named
    fix = Fix("Write the id", (Set((*found.path, "id"), new),), safe=True)
    written = text_edits(renamed.source, fix, renamed.shared)
    if not written:
        raise RenameError(f"the id is made from the title; write id: {new} there")
    return [minimal_edit(before, apply_edits(renamed.source.text, written))]


def _edits_naming(analysis: Analysis, kind: str, id: str, new: str) -> list[Edit]:
    """Return the edits of the places that refer to an id."""
    spans = dict.fromkeys(spans_naming(analysis.partial, kind, id))
    return [Edit(span.start, span.end, inline(new, flow=True)) for span in spans]


def _checked(analysis: Analysis, edits: list[Edit], kind: str, id: str, new: str) -> list[TextEdit]:
    """Return edits as those of an editor.

    Raises RenameError if the text with the edits has new errors, or fewer or more places that name the id.
    """
    text = apply_edits(analysis.document.source.text, edits)
    before = Counter(finding.rule for finding in analysis.document.findings)
    after = Counter(finding.rule for finding in analysis.read(text).findings)
    named = [one for one in references(analysis.read_partial(text)) if one.kind == kind and one.id == new]
    if after - before or len(named) != len(spans_naming(analysis.partial, kind, id)):
        raise RenameError(f"with the name {new} {analysis.file.name} would say something else")
    return [text_edit(analysis, edit) for edit in sorted(edits, key=lambda edit: edit.start)]
