"""Pydantic's complaints as faults: by their type and place, never by their English text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from journeykit.model import Journey
from journeykit.model.base import Part as Model
from journeykit.reading.faults import Fault, did_you_mean
from journeykit.source import Path


def schema_faults(error: ValidationError, flat: bool) -> list[Fault]:
    """A fault for each complaint; a misspelled key is not also a missing one."""
    errors = error.errors(include_url=False)
    misspelled = {
        (*detail["loc"][:-1], meant)
        for detail in errors
        if detail["type"] == "extra_forbidden" and (meant := _meant(detail))
    }
    return [_fault(detail, flat) for detail in errors if detail["type"] != "missing" or detail["loc"] not in misspelled]


def file_path(loc: Path, flat: bool) -> Path:
    """A path of the models as a path of the file; a flat journey has no stages."""
    return loc[2:] if flat and loc[:2] == ("stages", 0) else loc


def _fault(detail: ErrorDetails, flat: bool) -> Fault:
    kind, loc = detail["type"], detail["loc"]
    is_key = bool(loc) and loc[-1] == "[key]"
    path = file_path(loc[:-1] if is_key else loc, flat)
    key = str(next((step for step in reversed(path) if isinstance(step, str)), "the journey"))
    value, context = detail["input"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_key(detail, path)
    if kind == "missing":
        return Fault("missing-key", path, f'"{key}" is missing', f"add {key}: …")
    if "message" in context:  # one of our own
        return Fault(kind, path, context["message"], context["help"], "key" if is_key else "value")
    if is_key:
        path = (*path[:-1], value) if isinstance(value, (int, float)) else path  # pydantic makes it a text
        return Fault("wrong-type", path, f"{_shown(path[-1])} cannot be a key here", _key_help(kind), "key")
    return _of_value(kind, path, key, value, context, loc)


def _of_value(kind: str, path: Path, key: str, value: Any, context: Mapping[str, Any], loc: Path) -> Fault:
    if kind == "literal_error":
        return _choice(path, key, value, loc)
    if kind == "less_than_equal" and path == ("journeykit",):
        message = f"format version {value} is newer than this journeykit"
        return Fault("newer-format", path, message, "update journeykit, or write journeykit: 1")
    if kind in ("greater_than_equal", "less_than_equal", "finite_number"):
        low, high = _bounds(loc)
        span = f"from {low:g} to {high:g}" if high is not None and low is not None else f"at least {low or 0:g}"
        if kind == "finite_number":
            return Fault("out-of-range", path, f'"{key}" must be a number that can be written out', "")
        return Fault("out-of-range", path, f'"{key}" must be {span}, not {value:g}', f"write a number {span}")
    if kind in ("string_too_short", "too_short"):
        return Fault("empty-value", path, f'"{key}" is empty', "write something, or remove the key")
    if kind == "string_pattern_mismatch":
        if key == "lang":
            help = "write a BCP 47 tag such as en, de-AT, hu"
            return Fault("bad-id", path, f"{_shown(value)} is not a language tag", help)
        from journeykit.model.slug import slug

        made = slug(str(value))
        help = f"write {made}" if made else "use a-z, 0-9 and hyphens"
        return Fault("bad-id", path, f"{_shown(value)} is not an id: a-z, 0-9 and hyphens only", help)
    expected = _EXPECTED.get(kind, "something else")
    help = ""
    if kind == "string_type" and isinstance(value, (int, float)):
        help = f'put it into quotes: {key}: "{_plain(value)}"'
    elif kind == "tuple_type" and not isinstance(value, dict):
        help = f"write {key}: [{_plain(value)}], or one item a line, each with a -"
    elif kind == "tuple_type":
        help = "start each item with a -"
    elif kind == "bool_type":
        help = "write true or false"
    elif kind in ("float_type", "int_type") and isinstance(value, str):
        help = "remove the quotes" if value.strip().lstrip("-").replace(".", "", 1).isdigit() else ""
    return Fault("wrong-type", path, f'"{key}" must be {expected}, not {_named(value)}', help)


_EXPECTED = {
    "string_type": "text",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
}


def _named(value: Any) -> str:
    names: dict[type, str] = {
        dict: "a mapping",
        list: "a list",
        bool: str(value).lower(),
        type(None): "nothing",
    }
    return names.get(type(value)) or _shown(value)


def _shown(value: Any) -> str:
    text = _plain(value)
    text = text if len(text) <= 60 else text[:57] + "…"
    return f'"{text}"' if isinstance(value, str) else text


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


def _key_help(kind: str) -> str:
    return "keys are whole numbers here" if kind.startswith("int") else "put it into quotes"


def _choice(path: Path, key: str, value: Any, loc: Path) -> Fault:
    choices = [str(choice) for choice in _literals(_annotation(loc))]
    listed = ", ".join(choices)
    message = f'"{key}" must be one of {listed}, not {_named(value)}'
    return Fault("unknown-choice", path, message, did_you_mean(value, choices))


def _unknown_key(detail: ErrorDetails, path: Path) -> Fault:
    key = path[-1]
    model = _model(detail["loc"][:-1])
    known = _keys(model) if model else []
    otherwise = f"known here: {', '.join(known)}" if len(known) <= 14 else "see docs/format.md for the keys"
    return Fault("unknown-key", path, f'unknown key "{key}"', did_you_mean(key, known, otherwise), "key")


def _meant(detail: ErrorDetails) -> str | None:
    model = _model(detail["loc"][:-1])
    if model is None:
        return None
    from difflib import get_close_matches

    near = get_close_matches(str(detail["loc"][-1]).casefold(), _keys(model), n=1, cutoff=0.6)
    return near[0] if near else None


def _keys(model: type[Model]) -> list[str]:
    keys = [field.alias or name for name, field in model.model_fields.items()]
    return [*keys, "touchpoints"] if model is Journey else keys


def _annotation(loc: Path) -> Any:
    """The type that a path of the models has; None where it leads nowhere."""
    found: Any = Journey
    for step in loc:
        if isinstance(step, int):
            found = next((arg for arg in _flattened(found) if get_origin(arg) is tuple), None)
            found = get_args(found)[0] if found else None
            continue
        model = _first_model(found)
        if model is not None:
            field = next((f for name, f in model.model_fields.items() if (f.alias or name) == step), None)
            found = field.rebuild_annotation() if field else None
        else:
            mapping = next((arg for arg in _flattened(found) if get_origin(arg) is dict), None)
            found = get_args(mapping)[1] if mapping else None
    return found


def _flattened(annotation: Any) -> Iterator[Any]:
    """An annotation and the members of its unions, without their annotations."""
    yield annotation
    if get_origin(annotation) not in (tuple, dict, Literal):
        for arg in get_args(annotation):
            yield from _flattened(arg)


def _first_model(annotation: Any) -> type[Model] | None:
    return next((a for a in _flattened(annotation) if isinstance(a, type) and issubclass(a, Model)), None)


def _model(loc: Path) -> type[Model] | None:
    return _first_model(_annotation(loc))


def _literals(annotation: Any) -> list[Any]:
    return [value for arg in _flattened(annotation) if get_origin(arg) is Literal for value in get_args(arg)]


def _bounds(loc: Path) -> tuple[float | None, float | None]:
    low = high = None
    for arg in _flattened(_annotation(loc)):
        for part in getattr(arg, "metadata", [arg]):
            low = getattr(part, "ge", None) if low is None else low
            high = getattr(part, "le", None) if high is None else high
    return low, high
