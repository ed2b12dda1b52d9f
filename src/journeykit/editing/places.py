"""Paths of what an act is about: those of the journey as the model has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeykit.changing.order import layout_at
from journeykit.editing.analysis import Analysis
from journeykit.editing.refusal import ActRefusedError, MalformedError, first_error
from journeykit.model import Journey
from journeykit.model.fields import shape_of
from journeykit.model.meaning import Defines
from journeykit.model.normalisation import file_path, model_path
from journeykit.reading import schema_types
from journeykit.reading.schema_guesses import at_path
from journeykit.source import KeyPath

DEEPEST = 32


def journey_of(analysis: Analysis) -> Journey:
    """Return the journey of a text; raise ActRefusedError with its first mistake if it is none."""
    journey = analysis.document.journey
    if journey is None:
        error = first_error(analysis.document)
        raise ActRefusedError(f"the file has a mistake: {error.message}", error.help or "mend it first", error.line)
    return journey


def path_of(act: Mapping[str, Any], journey: Journey, key: str = "path") -> KeyPath:
    """Return a path that an act names, as the file has it. Raises MalformedError if it is none of a journey."""
    path = act.get(key)
    if not isinstance(path, list) or not path or len(path) > DEEPEST:
        raise MalformedError(f'"{key}" is a list of keys and numbers')
    if not all(isinstance(step, str) or (type(step) is int and step >= 0) for step in path):
        raise MalformedError(f'"{key}" is a list of keys and numbers')
    found = file_path(tuple(path), journey.is_flat)
    if schema_types.annotation(model_path(found)) is None:
        raise MalformedError(f"a journey has no {'.'.join(map(str, path))}")
    return found


def value_at(analysis: Analysis, path: KeyPath) -> Any:
    """Return the value at a path as plain data, without shorthands; None if there is none."""
    return at_path(analysis.data, path)


def item_at(act: Mapping[str, Any], analysis: Analysis, key: str = "path") -> tuple[KeyPath, Any]:
    """Return the path of an item of a list or an own definition, and its value. Raises MalformedError without one."""
    path = path_of(act, journey_of(analysis), key)
    value = value_at(analysis, path)
    if not (isinstance(path[-1], int) or has_definitions(path[:-1])) or value is None:
        raise MalformedError("there is no such item")
    return path, value


def has_definitions(path: KeyPath) -> bool:
    """Return whether the keys at a path are ids that the file defines, such as those of its lanes."""
    return bool(path) and bool(shape_of(schema_types.annotation(model_path(path)), (Defines,)).keys)


def name_of(value: Any) -> str:
    """Return the words that an item is known by."""
    if isinstance(value, dict):
        value = next(
            (value[key] for key in ("title", "name", "goal", "question", "answer", "what", "id") if value.get(key)), ""
        )
    return str(value)


def plain_numbers(value: Any) -> Any:
    """Return a value as people write it: a whole number without a fraction, texts without blanks around them."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, str):
        whole = value.encode("utf-8", "replace").decode()  # a half of a pair of surrogates is no character
        return whole.strip().replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, list):
        return [plain_numbers(one) for one in value]
    if isinstance(value, dict):
        return {key: plain_numbers(one) for key, one in value.items()}
    return value


def in_order_of_keys(value: Any, path: KeyPath) -> Any:
    """Return a new value with the keys in the order of the format."""
    if isinstance(value, list):
        return [in_order_of_keys(one, (*path, 0)) for one in value]
    layout = layout_at(path)
    if not isinstance(value, dict) or not layout.ranks:
        return value
    keys = sorted(value, key=layout.rank)
    return {key: in_order_of_keys(value[key], (*path, key)) for key in keys if value[key] is not None}
