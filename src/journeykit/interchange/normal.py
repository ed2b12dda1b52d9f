"""A journey as plain data in one form: shorthands expanded, ids explicit. Nothing of the journey is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from pydantic.fields import FieldInfo

from journeykit.model import Journey
from journeykit.model.base import Part
from journeykit.model.fields import fields_of
from journeykit.model.figures import Percent
from journeykit.model.meaning import Defines
from journeykit.model.slug import slug
from journeykit.model.times import Duration, Moment
from journeykit.source import KeyPath


class FieldValue(NamedTuple):
    """A single value of a journey, its path in the file, and its field as `Touchpoint.title`."""

    path: KeyPath
    field: str
    value: Any


def normal_data(journey: Journey) -> dict[str, Any]:
    """Return a journey as plain data that reads back as the same journey."""
    data = plain(journey)
    if journey.is_flat:
        (stage,) = data.pop("stages")
        data["touchpoints"] = stage.get("touchpoints", [])
    return dict(data)


def plain(value: Any) -> Any:
    """Return a value of a model as plain data."""
    if isinstance(value, Part):
        return {key: plain(one) for key, one in given_fields(value)}
    if isinstance(value, (Duration, Moment, Percent)):
        return value.text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def given_fields(part: Part) -> Iterator[tuple[str, Any]]:
    """Yield the keys and values that a part states, in the order of the format."""
    for name, field in type(part).model_fields.items():
        value = getattr(part, name)
        if name not in part.model_fields_set or value is None:
            continue
        if value in ((), {}) and field.default is not None:  # an empty list of evidence says something
            continue
        yield field.alias or name, value


def field_of(part: type[Part], key: str) -> FieldInfo:
    """Return the field with a key; where the key is a word of Python, its name ends with an underscore."""
    return part.model_fields.get(key) or part.model_fields[f"{key}_"]


def is_default(value: Any, field: FieldInfo) -> bool:
    """Return whether a value is what a field has anyway."""
    return field.default is not None and bool(field.default == value)


def field_values(journey: Journey, file_id: str = "") -> list[FieldValue]:
    """Return every single value that a journey states, but ids that follow from titles and what is the default anyway.

    `file_id` is the id that follows from the name of the file.
    """
    found = list(_values(journey, ()))
    flat = journey.is_flat
    kept = (one for one in found if not (one.field == "Journey.id" and one.value == file_id))
    return [one._replace(path=one.path[2:]) if flat and one.path[:1] == ("stages",) else one for one in kept]


def _values(part: Part, path: KeyPath) -> Iterator[FieldValue]:
    kind = type(part)
    made = {field.key: field.shape.meaning for field in fields_of(kind, (Defines,))}
    for key, value in given_fields(part):
        name = f"{kind.__name__}.{key}"
        if name == "Stage.name" and value == "":
            continue
        meaning = made.get(key)
        if isinstance(meaning, Defines) and meaning.made_from and _follows(value, getattr(part, meaning.made_from)):
            continue
        if kind.__name__ == "Stage" and key == "id" and not part.name:  # type: ignore[attr-defined]
            continue
        if is_default(value, field_of(kind, key)):
            continue
        yield from _inside(value, (*path, key), name)


def _inside(value: Any, path: KeyPath, name: str) -> Iterator[FieldValue]:
    if isinstance(value, Part):
        yield from _values(value, path)
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _inside(one, (*path, number), name)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _inside(one, (*path, key), name)
    else:
        yield FieldValue(path, name, plain(value))


def _follows(id: Any, title: Any) -> bool:
    """Return whether an id is the one that a title gives, perhaps with a number behind it."""
    made = slug(title) if isinstance(title, str) else ""
    return bool(made) and re.fullmatch(rf"{re.escape(made)}(-[0-9]+)?", str(id)) is not None
