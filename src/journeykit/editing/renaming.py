"""Rename an id wherever the file names it, and the id of a journey in all files that name it.

An id that is made from a title is written down first. The result is read again: it is refused if it has errors that the
text did not have, or if a name would mean something else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from journeykit.changing import Edit, apply_edits, text_edits
from journeykit.changing.edits import minimal_edit
from journeykit.changing.emitter import inline
from journeykit.editing.partial import PartialDocument
from journeykit.editing.references import JOURNEY, Definition, definitions, references, same, spans_naming
from journeykit.fix import Fix, Set
from journeykit.model.values import SLUG
from journeykit.reading import Document

WORDS = ("channel", "feeling")
"""Kinds whose ids are words; the others have ids of small letters, digits and hyphens."""


class RenameRefusedError(Exception):
    """A rename that is not made; the text says why."""


class OpenFile(Protocol):
    """A file with its text as it is now, which may not be saved."""

    @property
    def file(self) -> Path:
        """Its path."""

    @property
    def document(self) -> Document:
        """Its text as it was read."""

    @property
    def partial(self) -> PartialDocument:
        """The content of the text, as far as it can be read."""

    def read(self, text: str) -> Document:
        """Read another text of the file."""

    def read_partial(self, text: str) -> PartialDocument:
        """Return the content of another text of the file."""


def rename(open_file: OpenFile, kind: str, id: str, new: str) -> list[Edit]:
    """Return the edits that rename what has an id. Raises RenameRefusedError if it cannot be renamed."""
    found = defined(open_file, kind, id)
    if found is None:
        raise RenameRefusedError("this file defines nothing that is named here")
    new = new.strip()
    _check_name(open_file, found, new)
    return _renamed(open_file, found, new)


def rename_journey(files: Iterable[OpenFile], id: str, new: str) -> dict[Path, list[Edit]]:
    """Return the edits of each file that has or names the journey with an id; `files` are all of the repository.

    Raises RenameRefusedError if it cannot be renamed.
    """
    new, files = new.strip(), list(files)
    for one in files:
        if new != id and defined(one, JOURNEY, new):
            raise RenameRefusedError(f"{one.file.name} has the id {new} already")
    edits: dict[Path, list[Edit]] = {}
    count = 0
    for one in files:
        if (found := defined(one, JOURNEY, id)) is not None:
            count += 1
            _check_name(one, found, new)
            edits[one.file] = _renamed(one, found, new)
        elif named := _edits_naming(one, JOURNEY, id, new):
            edits[one.file] = _checked(one, named, JOURNEY, id, new)
    if count != 1:
        raise RenameRefusedError(f"{count or 'no'} journeys have the id {id}")
    return edits


def _renamed(open_file: OpenFile, found: Definition, new: str) -> list[Edit]:
    return _checked(open_file, _edits(open_file, found, new), found.kind, found.id, new)


def defined(open_file: OpenFile, kind: str, id: str) -> Definition | None:
    """Return the definition of an id of a kind; None if the file has none."""
    return next((one for one in definitions(open_file.partial) if one.kind == kind and same(kind, one.id, id)), None)


def _check_name(open_file: OpenFile, found: Definition, new: str) -> None:
    if not new:
        raise RenameRefusedError("a name has at least one letter")
    if found.kind not in WORDS and not re.fullmatch(SLUG, new):
        raise RenameRefusedError(f"an id has small letters without accents, digits and hyphens: not {new}")
    for one in definitions(open_file.partial):
        if one.kind == found.kind and one != found and same(found.kind, one.id, new):
            raise RenameRefusedError(f"there is a {found.kind} with the id {new} already")


def _edits(open_file: OpenFile, found: Definition, new: str) -> list[Edit]:
    source = open_file.partial.source
    named = _edits_naming(open_file, found.kind, found.id, new)
    is_item = not found.path or isinstance(found.path[-1], int)
    by_key = not is_item and found.span == source.locate(found.path, "key")
    if by_key or source.has((*found.path, "id")):
        span = found.span if by_key else source.locate((*found.path, "id"))
        return [*named, Edit(span.start, span.end, inline(new, flow=True))]
    before = open_file.document.source.text
    renamed = open_file.read(apply_edits(before, named))  # first, since the id is only then one that is named
    fix = Fix("Write the id", (Set((*found.path, "id"), new),), safe=True)
    written = text_edits(renamed.source, fix, renamed.shared, ordered=True)
    if not written:
        raise RenameRefusedError(f"the id is made from the title; write id: {new} there")
    return [minimal_edit(before, apply_edits(renamed.source.text, written))]


def _edits_naming(open_file: OpenFile, kind: str, id: str, new: str) -> list[Edit]:
    """Return the edits of the places that refer to an id."""
    spans = dict.fromkeys(spans_naming(open_file.partial, kind, id))
    return [Edit(span.start, span.end, inline(new, flow=True)) for span in spans]


def _checked(open_file: OpenFile, edits: Sequence[Edit], kind: str, id: str, new: str) -> list[Edit]:
    """Return edits in the order of the text.

    Raises RenameRefusedError if the text with the edits has new errors, or fewer or more places that name the id.
    """
    text = apply_edits(open_file.document.source.text, edits)
    before = Counter(finding.rule for finding in open_file.document.findings)
    after = Counter(finding.rule for finding in open_file.read(text).findings)
    named = [one for one in references(open_file.read_partial(text)) if one.kind == kind and one.id == new]
    if after - before or len(named) != len(spans_naming(open_file.partial, kind, id)):
        raise RenameRefusedError(f"with the name {new} {open_file.file.name} would say something else")
    return sorted(edits, key=lambda edit: edit.start)
