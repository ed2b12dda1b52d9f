"""Guess what unknown keys stand for, from the keys that are missing beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic_core import ErrorDetails

from journeykit.model import Stage, Touchpoint
from journeykit.model.base import Part as Model
from journeykit.model.guess import meant, misspelled
from journeykit.reading import schema_types as types
from journeykit.source import Path

MAX_GUESSES = 300
"""Unknown keys for which a guess is made: a file with more is no journey, and guessing takes time."""


def at_path(data: Any, path: Path) -> Any:
    """Return what plain data holds at a path; None where it leads nowhere."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def guesses_in(errors: Sequence[ErrorDetails], data: dict[Any, Any]) -> dict[Path, Path]:
    """Return for each unknown key the path that was meant, if it can be guessed."""
    missing = {details["loc"] for details in errors if details["type"] == "missing"}
    guesses: dict[Path, Path] = {}
    for details in [details for details in errors if details["type"] == "extra_forbidden"][:MAX_GUESSES]:
        loc = details["loc"]
        model = types.model_at(loc[:-1])
        if model is None:
            continue
        lacking = [key for key in types.keys_of(model) if (*loc[:-1], key) in missing]
        siblings = at_path(data, loc[:-1]) or {}
        if meaning := _meaning(loc[-1], details["input"], model, lacking, siblings):
            guesses[loc] = (*loc[:-1], meaning)
    return guesses


def _meaning(key: Any, value: Any, model: type[Model], lacking: list[str], siblings: dict[Any, Any]) -> str | None:
    """Return the field that an unknown key stands for: rather one that is missing than one that may be."""
    known = types.keys_of(model)
    untitled = model is Touchpoint and lacking == ["title"]
    if untitled and isinstance(value, (dict, type(None))):  # `- I call:` with keys below it
        return "title"
    if model is Stage and lacking == ["name"] and value is None:  # `- Before:` with keys beside it
        return "name"
    if meaning := meant(key, lacking) or misspelled(key, known):
        return meaning
    if untitled and " " in str(key):  # `- I call: angry` beside a feeling
        return "title"
    if meaning := meant(key, [field for field in known if field not in siblings]):
        return meaning
    alone = siblings.keys() <= {key, "id", "touchpoints"}  # ids and lists of touchpoints are filled in
    return lacking[0] if len(lacking) == 1 and alone and isinstance(value, (str, list)) else None


def orphans_in(errors: Sequence[ErrorDetails], data: dict[Any, Any]) -> dict[Path, Path]:
    """Return unknown keys that lack the indentation below the empty key before them: path of each -> path of that."""
    unknown = {details["loc"] for details in errors if details["type"] == "extra_forbidden"}
    orphans: dict[Path, Path] = {}
    for parent in dict.fromkeys(loc[:-1] for loc in unknown):
        home: Path | None = None
        for key, value in (at_path(data, parent) or {}).items():
            here = (*parent, key)
            if here not in unknown:
                home = here if value is None else None
            elif home and (model := types.model_at(home)) and key in types.keys_of(model):
                orphans[here] = home
    return orphans
