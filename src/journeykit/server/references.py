"""Definitions in a file, and the places that name them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from journeykit.model.fields import Leaf, homes
from journeykit.model.meaning import Defines, Ref, Word
from journeykit.server.outline import Outline
from journeykit.source import KeyOrValue, KeyPath, Span
from journeykit.vocabulary.feelings import fold


class Definition(NamedTuple):
    """A definition: its kind (touchpoint, source, channel, …), id and text, and where its name stands."""

    sort: str
    id: str
    title: str
    path: KeyPath
    """Of what is defined as a whole."""
    span: Span
    """Of its id, or of the title from which that is made."""


class Reference(NamedTuple):
    """A place that names a definition."""

    sort: str
    id: str
    path: KeyPath
    part: KeyOrValue


def definitions(outline: Outline) -> Iterator[Definition]:
    """Yield everything in a file that can be named, by kind."""
    found = [one for leaf in outline.journey.leaves(Defines) if (one := _definition(outline, leaf))]
    order = list(homes())
    return iter(sorted(found, key=lambda one: order.index(one.sort)))


def _definition(outline: Outline, leaf: Leaf) -> Definition | None:
    path, id, meaning, side, holder = leaf
    if not isinstance(id, str) or not outline.source.has(
        outline.source.in_file(path if side == "key" else path[:-1])[0]
    ):
        return None
    if side == "key":
        own = holder[id]
        title = own.get("name") if isinstance(own, dict) else own
        return Definition(meaning.kind, id, _shown(title), path, outline.source.locate(path, "key"))
    whole = path[:-1]
    named = path if outline.source.has(path) else (*whole, meaning.made_from)
    return Definition(meaning.kind, id, _title(holder, meaning), whole, outline.source.locate(named))


def _title(holder: dict[Any, Any], meaning: Defines) -> str:
    """Return the text that the id is made from, else the first text or word."""
    first = holder.get(meaning.made_from)
    others = (value for key, value in holder.items() if key != "id" and isinstance(value, str))
    return _shown(first or next(others, ""))


def _shown(title: object) -> str:
    return "" if title is None else str(title)


def references(outline: Outline) -> Iterator[Reference]:
    """Yield every place in a file that names something, channels and feelings included."""
    for path, id, meaning, side, _ in outline.journey.leaves(Ref, Word):
        if (
            isinstance(id, str)
            and id not in getattr(meaning, "also", ())
            and outline.source.has(outline.source.in_file(path, side)[0])
        ):
            yield Reference(meaning.kind, id, path, side)


def span_of(outline: Outline, reference: Reference) -> Span:
    """Return the span of a reference."""
    return outline.source.locate(reference.path, reference.part)


def named_at(outline: Outline, offset: int) -> tuple[str, str] | None:
    """Return the kind and id of the thing named or defined at an offset; None if there is none."""
    for reference in references(outline):
        span = span_of(outline, reference)
        if span.start <= offset <= span.end:
            return reference.sort, reference.id
    for definition in definitions(outline):
        if definition.span.start <= offset <= definition.span.end:
            return definition.sort, definition.id
    return None


def same(sort: str, one: str, other: str) -> bool:
    """Return whether two names of a kind are equal; feelings are compared as in the vocabulary."""
    return fold(one) == fold(other) if sort == "feeling" else one == other
