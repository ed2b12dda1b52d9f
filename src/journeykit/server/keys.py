"""Look up what the format defines at a path: keys, their descriptions, and the words that they take."""

from __future__ import annotations

from functools import lru_cache
from typing import get_origin

from journeykit.model import Journey
from journeykit.model.base import Part
from journeykit.model.descriptions import descriptions
from journeykit.model.fields import Shape, shape_of
from journeykit.model.meaning import Meaning
from journeykit.model.normalisation import model_path
from journeykit.model.values import OneOrMore, Reads
from journeykit.reading import schema_types as types
from journeykit.source import KeyPath

FLAT = "The touchpoints of a journey without stages."


@lru_cache(64)
def meanings(model: type[Part]) -> dict[str, str]:
    """Return the meaning of each key of a model."""
    texts = descriptions(model)
    found = {field.alias or name: texts[name] for name, field in model.model_fields.items()}
    return {**found, "touchpoints": FLAT} if model is Journey else found


def model_at(path: KeyPath) -> type[Part] | None:
    """Return the model at a path of a file; None if there is none."""
    return types.model_at(model_path(path)) if path else Journey


def meaning(path: KeyPath) -> str | None:
    """Return the meaning of the key at a path; None if the format does not know it."""
    model = model_at(path[:-1])
    return None if model is None or not path else meanings(model).get(str(path[-1]))


def words_at(path: KeyPath) -> list[str]:
    """Return the words that a path takes: choices, or true and false."""
    if not path:
        return []
    flat = list(types.flattened(types.annotation(model_path(path))))
    notations = [part.schema for one in flat for part in getattr(one, "__metadata__", ()) if isinstance(part, Reads)]
    levels = [word for schema in notations for form in schema.get("anyOf", ()) for word in form.get("enum", ())]
    return [*types.choices(model_path(path)), *levels, *(["true", "false"] if bool in flat else [])]


def is_collection(path: KeyPath) -> bool:
    """Return whether the value of a key is always a list or a mapping."""
    annotation = types.annotation(model_path(path))
    model = model_at(path)
    if model is not None:
        return model not in types.SHORTHAND
    flat = list(types.flattened(annotation))
    or_text = any(isinstance(part, OneOrMore) for one in flat for part in getattr(one, "__metadata__", ()))
    return not or_text and any(get_origin(one) in (tuple, dict) for one in flat)


def shape_at(path: KeyPath, *wanted: type[Meaning]) -> Shape:
    """Return where the value at a path has the wanted meanings."""
    return shape_of(types.annotation(model_path(path)), wanted)
