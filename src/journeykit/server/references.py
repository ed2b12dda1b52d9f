"""What a file defines that other places of it name, and where they do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from journeykit.reading.checks.ids import KEYS
from journeykit.reading.checks.ids import references as ids
from journeykit.server.outline import Outline
from journeykit.source import Part, Path, Span
from journeykit.vocabulary.feelings import fold


class Definition(NamedTuple):
    """Something with a name: its sort (touchpoint, source, channel, …), its id, what it says, where its name stands."""

    sort: str
    id: str
    title: str
    path: Path
    """Of what is defined as a whole."""
    span: Span
    """Of its id, or of the title from which that is made."""


class Reference(NamedTuple):
    """A place that names something."""

    sort: str
    id: str
    path: Path
    part: Part


TITLES = ("title", "question", "who", "kind")


def definitions(outline: Outline) -> Iterator[Definition]:
    """Everything in a file that can be named, in order of the sorts."""
    facts, source = outline.facts, outline.source
    for item in facts.touchpoints:
        yield from _definition(outline, "touchpoint", item.path, item.data)
    for sort, key in KEYS.items():
        for item in facts.root.items(key):
            yield from _definition(outline, sort, item.path, item.data)
    for sort, key in (("channel", "channels"), ("feeling", "feelings")):
        for name, held in outline.own(key).items():
            title = held.get("name") if isinstance(held, dict) else held
            yield Definition(sort, name, _shown(title), (key, name), source.locate((key, name), "key"))


def _definition(outline: Outline, sort: str, path: Path, data: dict[Any, Any]) -> Iterator[Definition]:
    id = data.get("id")
    if not isinstance(id, str):
        return
    source = outline.source
    named = next((key for key in ("id", "title", "kind") if source.has((*path, key))), "title")
    title = next((data[key] for key in TITLES if data.get(key)), "")
    yield Definition(sort, id, _shown(title), path, source.locate((*path, named)))


def _shown(title: object) -> str:
    return "" if title is None else str(title)


def references(outline: Outline) -> Iterator[Reference]:
    """Every place in a file that names something, channels and feelings included."""
    for sort, path, id, part in ids(outline.facts):
        if isinstance(id, str):
            yield Reference(sort, id, path, part)
    root = outline.facts.root
    for item in outline.facts.touchpoints:
        yield from _named("channel", item.path, "channel", item.data)
        yield from _named("feeling", item.path, "feeling", item.data)
        yield from _named("feeling", item.path, "expected", item.data)
    for item in root.items("feedback"):
        yield from _named("channel", item.path, "channel", item.data)
    if (persona := root.child("persona")) and outline.source.has(("persona", "prefers")):  # else it is a shared one
        yield from _named("channel", persona.path, "prefers", persona.data)


def _named(sort: str, path: Path, key: str, data: dict[Any, Any]) -> Iterator[Reference]:
    """The one name under a key, or those in a list."""
    value = data.get(key)
    if isinstance(value, str):
        yield Reference(sort, value, (*path, key), "value")
    elif isinstance(value, list):
        for number, name in enumerate(value):
            if isinstance(name, str):
                yield Reference(sort, name, (*path, key, number), "value")


def span_of(outline: Outline, reference: Reference) -> Span:
    """Where a reference stands."""
    return outline.source.locate(reference.path, reference.part)


def named_at(outline: Outline, offset: int) -> tuple[str, str] | None:
    """The sort and id of what is named or defined at a place."""
    for reference in references(outline):
        span = span_of(outline, reference)
        if span.start <= offset <= span.end:
            return reference.sort, reference.id
    for definition in definitions(outline):
        if definition.span.start <= offset <= definition.span.end:
            return definition.sort, definition.id
    return None


def same(sort: str, one: str, other: str) -> bool:
    """Whether two names of a sort mean the same; feelings are compared as the vocabulary does."""
    return fold(one) == fold(other) if sort == "feeling" else one == other
