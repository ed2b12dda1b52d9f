"""The keys and values of a journey that have a meaning, found by the types of the fields alone.

The same walk serves models and plain data, so that references are known where a file is no journey yet. What has the
wrong shape is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from journeykit.model.base import Part
from journeykit.model.meaning import Defines, Meaning, Prose, Ref, Word
from journeykit.model.values import OneOrMore
from journeykit.source import Part as Side
from journeykit.source import Path


class Leaf(NamedTuple):
    """A key or value with a meaning, its path, and the mapping or part of the journey that has it as key or value."""

    path: Path
    value: Any
    meaning: Any
    side: Side
    holder: Any


class Field(NamedTuple):
    """A field of a model: its name in Python, its key in the file, and what in it has a meaning."""

    name: str
    key: str
    shape: Shape


class Shape(NamedTuple):
    """What in a value has a meaning: the value itself, the keys and values of a mapping, the items of a list, fields.

    `or_one` says that one item may stand where the list would.
    """

    meaning: Meaning | None = None
    keys: Meaning | None = None
    values: Shape | None = None
    items: Shape | None = None
    fields: tuple[Field, ...] = ()
    or_one: bool = False


NOTHING = Shape()


@lru_cache(64)
def fields_of(model: type[Part], wanted: tuple[type[Meaning], ...]) -> tuple[Field, ...]:
    """The fields of a model in which something has one of the wanted meanings."""
    found = []
    for name, field in model.model_fields.items():
        if (shape := shape_of(field.rebuild_annotation(), wanted)) != NOTHING:
            found.append(Field(name, field.alias or name, shape))
    return tuple(found)


def shape_of(annotation: Any, wanted: tuple[type[Meaning], ...]) -> Shape:
    """What of the wanted meanings a type has in it."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        shape = shape_of(arguments[0], wanted)
        meaning = next((mark for mark in arguments[1:] if isinstance(mark, wanted)), shape.meaning)
        one = shape.items is not None and any(isinstance(mark, OneOrMore) for mark in arguments[1:])
        return shape._replace(meaning=meaning, or_one=one)
    if origin in (Union, UnionType):
        return next((shape for one in arguments if (shape := shape_of(one, wanted)) != NOTHING), NOTHING)
    if origin is tuple:
        items = shape_of(arguments[0], wanted)
        return Shape(items=items) if items != NOTHING else NOTHING
    if origin is dict:
        keys, values = (shape_of(one, wanted) for one in arguments)
        return Shape(keys=keys.meaning, values=values if values != NOTHING else None)
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return Shape(fields=fields_of(annotation, wanted))
    return NOTHING


def leaves(whole: Part | Mapping[Any, Any], model: type[Part], *wanted: type[Meaning]) -> Iterator[Leaf]:
    """All that has one of the wanted meanings in a part of a journey, or in plain data of that shape."""
    yield from _leaves(whole, Shape(fields=fields_of(model, wanted)), (), None)


def _leaves(value: Any, shape: Shape, path: Path, holder: Any) -> Iterator[Leaf]:
    if isinstance(value, Part):
        given = value.model_fields_set
        for name, key, inner in shape.fields:
            if name in given:
                yield from _leaves(getattr(value, name), inner, (*path, key), value)
    elif isinstance(value, Mapping):
        for _, key, inner in shape.fields:
            yield from _leaves(value.get(key), inner, (*path, key), value)
        if shape.keys or shape.values:
            for key, one in value.items():
                if shape.keys:
                    yield Leaf((*path, key), key, shape.keys, "key", value)
                if shape.values:
                    yield from _leaves(one, shape.values, (*path, key), value)
    elif isinstance(value, (list, tuple)):
        for number, item in enumerate(value if shape.items else ()):
            yield from _leaves(item, shape.items or NOTHING, (*path, number), value)
    elif value is not None and (meaning := shape.meaning or (shape.or_one and shape.items and shape.items.meaning)):
        yield Leaf(path, value, meaning, "value", holder)


@lru_cache(64)
def describes(model: type[Part], name: str) -> bool:
    """Whether a field only describes: it holds texts, tags, choices and sources, and nothing that is rated."""
    return name in model.model_fields and _describes(model.model_fields[name].rebuild_annotation())


def _describes(annotation: Any) -> bool:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        meaning = next((mark for mark in arguments[1:] if isinstance(mark, (Prose, Ref, Word))), None)
        kind = getattr(meaning, "kind", "")
        return kind in ("source", "tag") if kind else meaning is not None or _describes(arguments[0])
    if origin in (Union, UnionType):
        return all(_describes(one) for one in arguments if one is not type(None))
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return all(describes(annotation, name) for name in annotation.model_fields)
    return origin is Literal or (origin is tuple and _describes(arguments[0]))


class Home(NamedTuple):
    """Where the things of a kind are defined: the keys of the lists or mappings on the way, outermost first."""

    keys: tuple[str, ...]
    defines: Defines


@lru_cache(1)
def homes() -> Mapping[str, Home]:
    """Where a file defines things, by their kind."""
    from journeykit.model.journey import Journey

    return {home.defines.kind: home for home in _homes(Shape(fields=fields_of(Journey, (Defines,))), ())}


def _homes(shape: Shape, keys: tuple[str, ...]) -> Iterator[Home]:
    for meaning in (shape.meaning, shape.keys):
        if isinstance(meaning, Defines):
            yield Home(keys, meaning)
    for _, key, inner in shape.fields:
        yield from _homes(inner, (*keys, key) if inner.meaning is None else keys)
    for inner in filter(None, (shape.items, shape.values)):
        yield from _homes(inner, keys)
