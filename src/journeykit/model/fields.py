"""Find the keys and values of a journey that have a meaning, from the type annotations of the fields alone.

The same functions work on models and on plain data, so that references are found in files that are not valid yet.
Values of the wrong shape are skipped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias, Union, get_args, get_origin

from journeykit.model.base import Part
from journeykit.model.meaning import Elsewhere, Meaning, Prose, Ref, Word
from journeykit.model.values import OneOrMore
from journeykit.source import KeyOrValue, KeyPath, PathStep


class Leaf(NamedTuple):
    """A key or value with a meaning, its path, and the mapping or part of the journey that contains it."""

    path: KeyPath
    value: Any
    meaning: Any
    side: KeyOrValue
    holder: Any


Leaves: TypeAlias = dict[type[Meaning], list[Leaf]]


class Field(NamedTuple):
    """A field of a model: its name in Python, its key in the file, and where its value has meanings."""

    name: str
    key: str
    shape: Shape


class Shape(NamedTuple):
    """Where a type has meanings: in the value itself, the keys and values of a mapping, the items of a list, fields.

    `or_one` says that a single item may replace the list.
    """

    meanings: tuple[Meaning, ...] = ()
    keys: tuple[Meaning, ...] = ()
    values: Shape | None = None
    items: Shape | None = None
    fields: tuple[Field, ...] = ()
    or_one: bool = False

    @property
    def meaning(self) -> Meaning | None:
        """The first meaning of the value itself."""
        return self.meanings[0] if self.meanings else None


NOTHING = Shape()


@cache
def fields_of(model: type[Part], wanted: tuple[type[Meaning], ...]) -> tuple[Field, ...]:
    """Return the fields of a model in which something has one of the wanted meanings."""
    found = []
    for name, field in model.model_fields.items():
        # a field of pydantic has the marks of its type apart; putting them together again takes longer
        if (shape := _marked(shape_of(field.annotation, wanted), field.metadata, wanted)) != NOTHING:
            found.append(Field(name, field.alias or name, shape))
    return tuple(found)


def shape_of(annotation: Any, wanted: tuple[type[Meaning], ...]) -> Shape:
    """Return where a type has the wanted meanings."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _marked(shape_of(arguments[0], wanted), arguments[1:], wanted)
    if origin in (Union, UnionType):
        return next((shape for one in arguments if (shape := shape_of(one, wanted)) != NOTHING), NOTHING)
    if origin is tuple:
        items = shape_of(arguments[0], wanted)
        return Shape(items=items) if items != NOTHING else NOTHING
    if origin is dict:
        keys, values = (shape_of(one, wanted) for one in arguments)
        return Shape(keys=keys.meanings, values=values if values != NOTHING else None)
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return Shape(fields=fields_of(annotation, wanted))
    return NOTHING


def parts_in(annotation: Any) -> Iterator[type[Part]]:
    """Yield the models that a type names."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for argument in get_args(annotation):
        yield from parts_in(argument)


def _marked(shape: Shape, marks: Sequence[Any], wanted: tuple[type[Meaning], ...]) -> Shape:
    """Return the shape of an annotated type, by the shape of the type and its annotations."""
    if not marks:
        return shape
    if shape.items is not None and any(isinstance(mark, OneOrMore) for mark in marks):
        return shape._replace(meanings=shape.items.meanings, or_one=True)
    return shape._replace(meanings=(*shape.meanings, *(mark for mark in marks if isinstance(mark, wanted))))


def leaves(journey: Part | dict[Any, Any], model: type[Part], *wanted: type[Meaning], flat: bool = False) -> Leaves:
    """Return the keys and values with one of the wanted meanings, in a part of a journey or in plain data.

    They are grouped by the kind of their meaning, each in the order of the file. With `flat`, their paths are those of
    a file without stages.
    """
    found: Leaves = defaultdict(list)
    fields = fields_of(model, wanted)
    if not flat:
        _collect(journey, Shape(fields=fields), (), None, found)
        return found
    for field in fields:
        if field.name != "stages":
            _collect(journey, Shape(fields=(field,)), (), None, found)
        elif (stages := journey.get("stages") if isinstance(journey, dict) else getattr(journey, "stages", ())) and (
            isinstance(stages, (list, tuple)) and field.shape.items
        ):
            only_touchpoints = tuple(inner for inner in field.shape.items.fields if inner.name == "touchpoints")
            _collect(stages[0], Shape(fields=only_touchpoints), (), None, found)
    return found


_create = tuple.__new__
"""Creates a leaf without its constructor, to save time."""


def _collect(value: Any, shape: Shape, path: KeyPath, holder: Any, found: Leaves) -> None:
    """Add the leaves of a value to `found`. This takes a twentieth of the time of reading a file."""
    kind = type(value)
    inside: Iterable[tuple[PathStep, Any, Shape]] = ()
    if kind is dict:
        inside = [(key, value[key], inner) for _, key, inner in shape.fields if key in value]
        if shape.keys or shape.values:
            for key, one in value.items():
                for meaning in shape.keys:
                    found[type(meaning)].append(Leaf((*path, key), key, meaning, "key", value))
                if shape.values:
                    _collect(one, shape.values, (*path, key), value, found)
    elif kind is list or kind is tuple:
        if items := shape.items:
            inside = [(number, item, items) for number, item in enumerate(value)]
    elif isinstance(value, Part):
        given = value.__pydantic_fields_set__
        inside = [(key, getattr(value, name), inner) for name, key, inner in shape.fields if name in given]
    elif value is not None:
        for meaning in shape.meanings:
            found[type(meaning)].append(Leaf(path, value, meaning, "value", holder))
    for step, one, inner in inside:
        if type(one) is str:  # most values are; a call for each would double the time
            for meaning in inner.meanings:
                found[type(meaning)].append(_create(Leaf, ((*path, step), one, meaning, "value", value)))
        else:
            _collect(one, inner, (*path, step), value, found)


@lru_cache(64)
def describes(model: type[Part], name: str) -> bool:
    """Return whether a field only describes: it holds texts, tags, choices and sources, and no figures."""
    return name in model.model_fields and _describes(model.model_fields[name].rebuild_annotation())


def _describes(annotation: Any) -> bool:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        meaning = next((mark for mark in arguments[1:] if isinstance(mark, (Prose, Ref, Word, Elsewhere))), None)
        kind = getattr(meaning, "kind", "")
        return (
            kind in ("source", "tag", "page", "image", "data", "label", "column")
            if kind
            else meaning is not None or _describes(arguments[0])
        )
    if origin in (Union, UnionType):
        return all(_describes(one) for one in arguments if one is not type(None))
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return all(describes(annotation, name) for name in annotation.model_fields)
    if origin is dict:
        return _describes(arguments[1])
    return origin is Literal or (origin is tuple and _describes(arguments[0]))
