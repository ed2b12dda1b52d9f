"""Write an item once more, behind itself, with an id of its own: `path`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from journeykit.editing.acts.add import with_item
from journeykit.editing.analysis import Analysis
from journeykit.editing.made import Made
from journeykit.editing.places import item_at, name_of
from journeykit.editing.references import definitions
from journeykit.editing.refusal import MalformedError
from journeykit.model.slug import Ids
from journeykit.reading.schema_guesses import at_path


def make(analysis: Analysis, act: Mapping[str, Any]) -> Made:
    """Return the text with an item twice."""
    path, value = item_at(act, analysis)
    if not isinstance(path[-1], int):
        raise MalformedError("an item of a list is doubled")
    document = analysis.document
    assert document.yaml is not None
    written = at_path(document.yaml.data, document.source.in_file(path)[0])
    copy = _with_new_ids(written, Ids(_taken(analysis)))
    document = with_item(analysis, path[:-1], int(path[-1]) + 1, copy)
    return Made.of(analysis, document, f"duplicate: {name_of(value)}")


def _taken(analysis: Analysis) -> Iterable[str]:
    return [*(one.id for one in definitions(analysis.partial)), "end"]


def _with_new_ids(value: Any, ids: Ids) -> Any:
    """Return a copy of an item as it is written; ids that are written get a number."""
    if isinstance(value, list):
        return [_with_new_ids(one, ids) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: ids.make(one, "copy") if key == "id" and isinstance(one, str) else _with_new_ids(one, ids)
        for key, one in value.items()
    }
