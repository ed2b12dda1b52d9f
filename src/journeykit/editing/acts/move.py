"""Move an item with its comments: `path`, and `before`: the item that it goes before, or a list and its length."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from journeykit.editing.acts.add import shifted
from journeykit.editing.analysis import Analysis
from journeykit.editing.ids import keeping_ids
from journeykit.editing.made import Made
from journeykit.editing.places import item_at, journey_of, name_of, path_of, value_at
from journeykit.editing.refusal import MalformedError
from journeykit.editing.relocating import relocated
from journeykit.model.normalisation import model_path
from journeykit.reading import schema_types
from journeykit.source import KeyPath


def make(analysis: Analysis, act: Mapping[str, Any]) -> Made:
    """Return the text with an item elsewhere."""
    journey = journey_of(analysis)
    path, value = item_at(act, analysis)
    before = path_of(act, journey, "before")
    items = value_at(analysis, before[:-1]) or []
    number = before[-1]
    same_kind = schema_types.annotation(model_path(path)) == schema_types.annotation(model_path(before))
    if (
        not (isinstance(number, int) and isinstance(path[-1], int))
        or not isinstance(items, list)
        or number > len(items)
        or not same_kind
    ):
        raise MalformedError('"before" is a place in a list of such items')
    label = f"move: {name_of(value)}"
    if before[: len(path)] == path or (path[:-1] == before[:-1] and number in (path[-1], int(path[-1]) + 1)):
        return Made(analysis, label)

    def moved_to(old: KeyPath) -> KeyPath:
        if old[: len(path)] == path:
            return shifted((*before, *old[len(path) :]), path[:-1], int(path[-1]) + 1, -1)
        return shifted(shifted(old, before[:-1], number, 1), path[:-1], _gap(path, before), -1)

    document = keeping_ids(analysis, partial(relocated, item=path, before=before), moved_to)
    return Made.of(analysis, document, label)


def _gap(path: KeyPath, before: KeyPath) -> int:
    """Return the number of the item that moves, after it was inserted at its new place."""
    return int(path[-1]) + (path[:-1] == before[:-1] and before[-1] <= path[-1])  # type: ignore[operator]
