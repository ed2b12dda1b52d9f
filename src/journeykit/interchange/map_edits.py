"""Changes of a map as edits of its text, each read again before it counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from journeykit.changing import apply_edits, text_edits
from journeykit.changing.inserting import insertion
from journeykit.changing.moving import moved
from journeykit.changing.parsed_text import NotEditableError, ParsedText
from journeykit.fix import Change, Fix, Remove, Set
from journeykit.linting.suppression import comments_of
from journeykit.reading import Document, read_text
from journeykit.reading.schema_guesses import at_path
from journeykit.source import KeyPath


class Insert(NamedTuple):
    """A new item of a list, before the item that is at `path` now."""

    path: KeyPath
    value: dict[str, Any]


class Move(NamedTuple):
    """An item that goes before another one, or to the end of a list."""

    path: KeyPath
    before: KeyPath


Step = Change | Insert | Move
PLACEHOLDER = {"title": "(the touchpoint that goes here)"}
"""An item that gives a list its place in the text until the first touchpoint is moved there."""


def made_in_text(document: Document, step: Step) -> Document | None:
    """Return the document with a change; None where it cannot be made without loss."""
    if isinstance(step, Insert):
        return _with_insert(document, step)
    if isinstance(step, Move):
        return _with_move(document, step)
    return with_changes(document, [step])


def with_changes(document: Document, changes: Sequence[Change]) -> Document | None:
    """Return the document with changes; None where they cannot be made without loss."""
    edits = text_edits(document.source, Fix("update", tuple(changes), False), document.shared)
    if not edits:
        return None
    return read_text(apply_edits(document.source.text, edits), document.source.name, document.shared)


def _with_move(document: Document, step: Move) -> Document | None:
    """Return the document with an item moved; a list that is empty gets its place in the text first."""
    into = step.before[:-1]
    assert document.yaml is not None
    if at_path(document.yaml.data, into):
        return moved(document, step.path, step.before)
    prepared = with_changes(document, [Set(into, [PLACEHOLDER])])
    after = moved(prepared, step.path, (*into, 0)) if prepared else None
    return with_changes(after, [Remove((*into, 1))]) if after else None


def _with_insert(document: Document, step: Insert) -> Document | None:
    """Return the document with a new item in a list: before another one as lines of its own, else at the end."""
    path, number = step.path[:-1], int(step.path[-1])
    assert document.yaml is not None
    assert document.yaml.root is not None
    parsed = ParsedText(document.source.text, document.yaml.root, document.yaml.data)
    items = at_path(parsed.data, path)
    if not isinstance(items, list) or number >= len(items):
        return with_changes(document, [Set((*path, len(items) if isinstance(items, list) else 0), step.value)])
    try:
        edit = insertion(parsed, path, number, step.value)
    except NotEditableError:
        return None
    after = read_text(apply_edits(document.source.text, [edit]), document.source.name, document.shared)
    same = [one.text for one in comments_of(after.source)] == [one.text for one in comments_of(document.source)]
    return after if same and after.journey is not None else None
