"""Find what a file defines, and where it names that."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from journeykit.editing.partial import PartialDocument
from journeykit.model.definitions import homes, kind_of
from journeykit.model.fields import Leaf
from journeykit.model.meaning import Defines, Elsewhere, Ref, Word
from journeykit.source import KeyOrValue, KeyPath, Span
from journeykit.vocabulary.feelings import fold

JOURNEY = "journey"
"""The kind whose ids other files name too."""


class Definition(NamedTuple):
    """A definition: its kind (touchpoint, source, channel, …), id and title."""

    kind: str
    id: str
    title: str
    path: KeyPath
    """The path of the whole definition."""
    span: Span
    """The span of its id, or of the title that the id is made from."""


class Reference(NamedTuple):
    """A key or value that refers to a definition."""

    kind: str
    id: str
    path: KeyPath
    part: KeyOrValue


def definitions(partial: PartialDocument) -> Iterator[Definition]:
    """Yield the definitions of a file, by kind."""
    found = [one for leaf in partial.journey.leaves(Defines) if (one := _definition(partial, leaf))]
    order = list(homes())
    return iter(sorted(found, key=lambda one: order.index(one.kind)))


def _definition(partial: PartialDocument, leaf: Leaf) -> Definition | None:
    path, id, meaning, side, holder = leaf
    if not isinstance(id, str) or not partial.source.has(
        partial.source.in_file(path if side == "key" else path[:-1])[0]
    ):
        return None
    if side == "key":
        own = holder[id]
        title = own.get("name") if isinstance(own, dict) else own
        return Definition(meaning.kind, id, _shown(title), path, partial.source.locate(path, "key"))
    whole = path[:-1]
    named = path if partial.source.has(path) else (*whole, meaning.made_from)
    return Definition(meaning.kind, id, _title(holder, meaning), whole, partial.source.locate(named))


def _title(holder: dict[Any, Any], meaning: Defines) -> str:
    """Return the text that the id is made from, else the first text or word."""
    first = holder.get(meaning.made_from)
    others = (value for key, value in holder.items() if key != "id" and isinstance(value, str))
    return _shown(first or next(others, ""))


def _shown(title: object) -> str:
    return "" if title is None else str(title)


def references(partial: PartialDocument) -> Iterator[Reference]:
    """Yield all references in a file, to channels, feelings and other journeys too."""
    known = {(leaf.meaning.kind, leaf.value) for leaf in partial.journey.leaves(Defines)}
    for path, id, meaning, side, _ in partial.journey.leaves(Ref, Word):
        if (
            isinstance(id, str)
            and id not in getattr(meaning, "also", ())
            and partial.source.has(partial.source.in_file(path, side)[0])
        ):
            kind = kind_of(meaning, id, known) if isinstance(meaning, Ref) else meaning.kind
            yield Reference(kind, id, path, side)
    for path, id, meaning, side, _ in partial.journey.leaves(Elsewhere):
        if meaning.kind == JOURNEY and isinstance(id, str) and not is_path(id):
            yield Reference(JOURNEY, id, path, side)


def span_of(partial: PartialDocument, reference: Reference) -> Span:
    """Return the span of a reference."""
    return partial.source.locate(reference.path, reference.part)


def spans_naming(partial: PartialDocument, kind: str, id: str) -> list[Span]:
    """Return where a definition is referred to."""
    return [span_of(partial, one) for one in references(partial) if one.kind == kind and same(kind, one.id, id)]


def symbol_at(partial: PartialDocument, offset: int) -> tuple[str, str] | None:
    """Return the kind and id that are referred to or defined at an offset; None if there are none."""
    return next(((kind, id) for span, kind, id in _symbols(partial) if span.start <= offset <= span.end), None)


@lru_cache(8)
def _symbols(partial: PartialDocument) -> list[tuple[Span, str, str]]:
    """Return all references and definitions with their spans, once for a text: an editor asks for each place."""
    named = [(span_of(partial, one), one.kind, one.id) for one in references(partial)]
    return named + [(one.span, one.kind, one.id) for one in definitions(partial)]


def same(kind: str, one: str, other: str) -> bool:
    """Return whether two ids of a kind are equal; feelings are compared as in the vocabulary."""
    return fold(one) == fold(other) if kind == "feeling" else one == other


def is_path(journey: str) -> bool:
    """Return whether a journey is named by the path of its file."""
    return journey.endswith((".yaml", ".yml"))
