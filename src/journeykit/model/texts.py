"""Every text that somebody wrote into a journey, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from journeykit.model.base import Part
from journeykit.model.normal import Path

_NO_TEXT = (
    *("id", "lang", "tags", "at", "evidence", "source", "kpi", "opportunity", "removes", "target", "period", "date"),
    *("scale", "channel", "prefers", "feeling", "expected", "kind", "scoring", "counts", "state", "basis", "status"),
    *("by", "outcome", "phase", "when", "benefit", "confidence", "churn_risk"),
)
"""Fields with ids, words of a vocabulary or figures: their spelling is not free."""
_NO_TEXT_THERE = (("Option", "to"), ("Goal", "who"), ("Decision", "who"))
"""The same, where other parts have texts under that name."""


def texts_in(value: object, path: Path = ()) -> Iterator[tuple[Path, str | float]]:
    """The texts in a part of a journey with their paths; the persona's facts also where they are numbers.

    Where a field takes one text or a list, the path has the index in the list.
    """
    if isinstance(value, str):
        if value:  # the one stage of a flat journey has no name
            yield path, value
    elif isinstance(value, Part):
        for name, inner in _fields(value):
            yield from texts_in(inner, (*path, name))
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from texts_in(inner, (*path, number))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            if type(inner) in (int, float) and path[-1] == "facts":
                yield (*path, key), inner
            else:
                yield from texts_in(inner, (*path, key))


def _fields(part: Part) -> Iterator[tuple[str, object]]:
    """The fields that the file gives and that may hold text, with the names they have there."""
    given = part.model_fields_set
    for field, name in _text_fields(type(part)):
        if field in given:
            yield name, getattr(part, field)


@lru_cache
def _text_fields(kind: type[Part]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, field.alias or name)
        for name, field in kind.model_fields.items()
        if name not in _NO_TEXT and (kind.__name__, name) not in _NO_TEXT_THERE
    )
