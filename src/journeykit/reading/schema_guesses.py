"""Guess which keys unknown keys are meant as, also from the keys that are missing in the same mapping."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from journeykit.model import Journey, Stage, Touchpoint
from journeykit.model.base import Part
from journeykit.model.guess import meant, misspelled, named
from journeykit.model.normalisation import NO_STAGES
from journeykit.reading import schema_types as types
from journeykit.source import KeyPath

MAX_GUESSES = 300
"""The most unknown keys for which a guess is made: a file with more is not a journey, and guessing takes time."""


def at_path(data: Any, path: KeyPath) -> Any:
    """Return the value at a path of plain data; None if there is none."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def guesses_in(
    errors: Sequence[ErrorDetails], data: dict[Any, Any], written: Callable[[KeyPath], Mapping[Any, Any]]
) -> dict[KeyPath, KeyPath]:
    """Return the path that each unknown key is meant as, if it can be guessed; `written` returns what the file has."""
    missing = {details["loc"] for details in errors if details["type"] == "missing"}
    guesses: dict[KeyPath, KeyPath] = {}
    for details in [details for details in errors if details["type"] == "extra_forbidden"][:MAX_GUESSES]:
        loc = details["loc"]
        model = types.model_at(loc[:-1])
        if model is None:
            continue
        lacking = [key for key in types.keys_of(model) if (*loc[:-1], key) in missing]
        siblings = at_path(data, loc[:-1]) or {}
        if model is Journey and siblings["stages"] == NO_STAGES:  # which `normalise` made
            siblings = {key: value for key, value in siblings.items() if key != "stages"}
        if meaning := _meaning(loc[-1], details["input"], model, lacking, siblings, written(loc[:-1])):
            guesses[loc] = (*loc[:-1], meaning)
    return guesses


def _meaning(
    key: Any, value: Any, model: type[Part], lacking: list[str], siblings: dict[Any, Any], written: Mapping[Any, Any]
) -> str | None:
    """Return the field that an unknown key is meant as; required fields that are missing come first."""
    known = types.keys_of(model)
    untitled = model is Touchpoint and lacking == ["title"]
    if untitled and isinstance(value, (dict, type(None))):  # `- I call:` with keys below it
        return "title"
    if model is Stage and lacking == ["name"] and value is None:  # `- Before:` with keys beside it
        return "name"
    free = [field for field in known if field not in written]
    if meaning := named(key, lacking) or named(key, free) or meant(key, lacking) or misspelled(key, free):
        return meaning
    if untitled and " " in str(key):  # `- I call: angry` beside a feeling
        return "title"
    there = misspelled(key, known) in written
    if meaning := None if there else meant(key, [one for one in free if one not in siblings]):
        return meaning
    alone = siblings.keys() <= {key, "id", "touchpoints"}  # `normalise` adds ids and lists of touchpoints
    return lacking[0] if len(lacking) == 1 and alone and isinstance(value, (str, list)) else None


def orphans_in(errors: Sequence[ErrorDetails], data: dict[Any, Any]) -> dict[KeyPath, KeyPath]:
    """Return unknown keys that lack indentation, each path with that of the empty key above that they belong to."""
    unknown = {details["loc"] for details in errors if details["type"] == "extra_forbidden"}
    orphans: dict[KeyPath, KeyPath] = {}
    for parent in dict.fromkeys(loc[:-1] for loc in unknown):
        home: KeyPath | None = None
        for key, value in (at_path(data, parent) or {}).items():
            here = (*parent, key)
            if here not in unknown:
                home = here if value is None else None
            elif home and (model := types.model_at(home)) and key in types.keys_of(model):
                orphans[here] = home
    return orphans
