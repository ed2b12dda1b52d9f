"""Look up what the models define at a path: the type, its keys, choices, bounds and meaning."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin

from journeykit.model import Goal, Image, Journey, Link, Persona, Touchpoint
from journeykit.model.base import Part
from journeykit.model.fields import shape_of
from journeykit.model.meaning import Defines, Meaning, OnScale, Prose, Ref, Word
from journeykit.model.values import SLUG
from journeykit.source import KeyPath

SHORTHAND = (Persona, Goal, Touchpoint, Link, Image)
"""Parts that may also be written as plain text."""


def annotation(loc: KeyPath) -> Any:
    """Return the type at a path of the models; None if there is none."""
    return _annotation(tuple(0 if isinstance(step, int) else step for step in loc))


@lru_cache(1024)
def _annotation(loc: KeyPath) -> Any:
    found: Any = Journey
    for step in loc:
        found = _within(found, step)
    return found


def _within(found: Any, step: Any) -> Any:
    """Return the type of an item, field or value of a type."""
    if (model := _first_model(found)) is not None and not isinstance(step, int):
        field = next((f for name, f in model.model_fields.items() if (f.alias or name) == step), None)
        return field.rebuild_annotation() if field else None
    container = next((arg for arg in flattened(found) if get_origin(arg) in (tuple, dict)), None)
    if container is None:
        return None
    return get_args(container)[1 if get_origin(container) is dict else 0]


def flattened(annotation: Any) -> Iterator[Any]:
    """Yield an annotation and, recursively, the members of its unions and the type it annotates."""
    yield annotation
    if get_origin(annotation) not in (tuple, dict, Literal):
        for arg in get_args(annotation):
            yield from flattened(arg)


def _first_model(annotation: Any) -> type[Part] | None:
    return next((a for a in flattened(annotation) if isinstance(a, type) and issubclass(a, Part)), None)


def model_at(loc: KeyPath) -> type[Part] | None:
    """Return the model at a path; None if there is none."""
    return _first_model(annotation(loc))


def item_model(loc: KeyPath) -> type[Part] | None:
    """Return the model of the items of the list at a path; None if there is none."""
    return _first_model(_within(annotation(loc), 0))


def takes_slugs(loc: KeyPath) -> bool:
    """Return whether the items of the list at a path are ids or tags."""
    return pattern((*loc, 0)) == f"^{SLUG}$"


def pattern(loc: KeyPath) -> str | None:
    """Return the pattern that a text at a path has to match; None if there is none."""
    marks = (mark for one in flattened(annotation(loc)) for mark in getattr(one, "__metadata__", ()))
    return next((found for mark in marks if (found := getattr(mark, "pattern", None))), None)


def is_on_scale(loc: KeyPath) -> bool:
    """Return whether the number at a path is on the journey's scale or that of its part."""
    return shape_of(annotation(loc), (OnScale,)).meaning is not None


def meaning(loc: KeyPath) -> Meaning | None:
    """Return the meaning of the text at a path, or of each text of the list there; None if it has none."""
    shape = shape_of(annotation(loc), (Defines, Prose, Ref, Word))
    return shape.meaning or (shape.items.meaning if shape.items else None)


def scale_at(loc: KeyPath, holder: Any, scale: Any) -> Any:
    """Return the scale of the number at a path: that of its part `holder`, else `scale`, the journey's."""
    model = model_at(loc[:-1])
    own = (
        holder.get("scale")
        if model is not None and "scale" in model.model_fields and isinstance(holder, dict)
        else None
    )
    return own or scale


@lru_cache(64)
def keys_of(model: type[Part]) -> tuple[str, ...]:
    """Return the keys that a model takes; a journey takes `touchpoints` too."""
    keys = [field.alias or name for name, field in model.model_fields.items()]
    if model is Journey:
        keys.insert(keys.index("stages") + 1, "touchpoints")
    return tuple(keys)


@lru_cache(64)
def main_keys_of(model: type[Part]) -> tuple[str, ...]:
    """Return the required keys of a model, else its first three; ids are not required."""
    required = [f.alias or name for name, f in model.model_fields.items() if f.is_required() and name != "id"]
    return tuple(required or keys_of(model)[:3])


@lru_cache(1)
def owners() -> dict[str, tuple[str, ...]]:
    """Return, for each key, the names of the parts of a journey that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for name, model in _parts(Journey, {}).items():
        for key in keys_of(model):
            found[key] = (*found.get(key, ()), name)
    return found


def _parts(model: type[Part], seen: dict[str, type[Part]]) -> dict[str, type[Part]]:
    seen[model.__name__.lower()] = model
    for field in model.model_fields.values():
        annotation = field.rebuild_annotation()
        for arg in (annotation, _within(annotation, 0)):
            part = _first_model(arg)
            if part is not None and part.__name__.lower() not in seen:
                _parts(part, seen)
    return seen


def choices(loc: KeyPath) -> list[str]:
    """Return the words that a path takes."""
    return words_of(annotation(loc))


def words_of(annotation: Any) -> list[str]:
    """Return the words that a type takes; none if it takes any text."""
    return [str(value) for arg in flattened(annotation) if get_origin(arg) is Literal for value in get_args(arg)]


def bounds(loc: KeyPath) -> tuple[float | None, float | None]:
    """Return the lowest and the highest number that a path takes; None where there is no limit."""
    lows, highs = [], []
    for arg in flattened(annotation(loc)):
        for part in getattr(arg, "metadata", [arg]):
            lows += [low] if (low := getattr(part, "ge", None)) is not None else []
            highs += [high] if (high := getattr(part, "le", None)) is not None else []
    return (max(lows) if lows else None), (min(highs) if highs else None)
