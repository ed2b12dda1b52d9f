"""Add an item to a list: `path` of the list, `at` (a number; null is the end), `value`.

An own definition, such as a lane, is added at the end, with an id that is made from its name.

The first stage of a map without stages takes all of its touchpoints.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from journeykit.editing.acts.set import is_written_as_list, set_value
from journeykit.editing.analysis import Analysis
from journeykit.editing.ids import keeping_ids
from journeykit.editing.made import Made
from journeykit.editing.places import (
    has_definitions,
    in_order_of_keys,
    journey_of,
    name_of,
    path_of,
    plain_numbers,
    value_at,
)
from journeykit.editing.refusal import MalformedError
from journeykit.editing.steps import in_a_stage, inserted
from journeykit.model.slug import Ids
from journeykit.reading import Document
from journeykit.source import KeyPath


def make(analysis: Analysis, act: Mapping[str, Any]) -> Made:
    """Return the text with a new item."""
    journey = journey_of(analysis)
    path = path_of(act, journey)
    value = in_order_of_keys(plain_numbers(act.get("value")), (*path, 0))
    if value in (None, "", {}, []):
        raise MalformedError('"value" is missing: what is added')
    if path == ("stages",) and journey.is_flat:
        document = in_a_stage(analysis.document, value)
        note = f"all touchpoints are in the stage {name_of(value)} now"
        return Made.of(analysis, document, f"add: {name_of(value)}", (note,))
    if has_definitions(path):
        return _defined(analysis, path, value)
    items = value_at(analysis, path) or []
    if not isinstance(items, list):
        raise MalformedError("an item is added to a list")
    at = act.get("at")
    number = len(items) if at is None else at
    if type(number) is not int or not 0 <= number <= len(items):
        raise MalformedError('"at" is a place in the list, or null for its end')
    if is_written_as_list(analysis.document, path):
        document = with_item(analysis, path, number, value)
    else:  # one text, or none
        new = [*items[:number], value, *items[number:]]
        document = set_value(analysis, path, items or None, new)
    return Made.of(analysis, document, f"add: {name_of(value)}")


def _defined(analysis: Analysis, path: KeyPath, value: Any) -> Made:
    """Return the text with another definition."""
    id = Ids(value_at(analysis, path) or ()).make(name_of(value), str(path[-1]).removesuffix("s"))
    document = set_value(analysis, (*path, id), None, value)
    return Made.of(analysis, document, f"add: {name_of(value)}")


def with_item(analysis: Analysis, path: KeyPath, number: int, value: Any) -> Document:
    """Return the document with an item in a list; ids that others have stay theirs."""

    def moved_to(old: KeyPath) -> KeyPath:
        return shifted(old, path, number, 1)

    return keeping_ids(analysis, partial(inserted, path=path, number=number, value=value), moved_to)


def shifted(old: KeyPath, path: KeyPath, number: int, by: int) -> KeyPath:
    """Return where a part is after the items of a list from a number on moved."""
    depth = len(path)
    at = old[depth] if len(old) > depth and old[:depth] == path else None
    if not isinstance(at, int) or at < number:
        return old
    return (*path, at + by, *old[depth + 1 :])
