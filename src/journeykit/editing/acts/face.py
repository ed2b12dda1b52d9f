"""Say how the customer feels at a touchpoint: `path`, and `satisfaction` (a number of the scale) or `feeling` (a word).

A number is written beside a feeling, which stays: it says why. A word takes out the number that would count before it.
A score that a survey gave is not changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journeykit.editing.acts.set import set_value
from journeykit.editing.analysis import Analysis
from journeykit.editing.made import Made
from journeykit.editing.places import item_at, name_of, plain_numbers, value_at
from journeykit.editing.refusal import ActRefusedError, MalformedError, line_of
from journeykit.model import Touchpoint
from journeykit.model.normalisation import model_path
from journeykit.reading import schema_types
from journeykit.source import KeyPath


def make(analysis: Analysis, act: Mapping[str, Any]) -> Made:
    """Return the text with another feeling at a touchpoint."""
    path, touchpoint = touchpoint_at(act, analysis)
    key, value = chosen(act)
    refuse_measured(analysis, path, touchpoint)
    document = set_value(analysis, (*path, key), touchpoint.get(key), value)
    if key == "feeling" and touchpoint.get("satisfaction") is not None:
        after = Made.of(analysis, document, "").analysis
        now = value_at(after, path)
        document = set_value(after, (*path, "satisfaction"), now["satisfaction"], None)
    return Made.of(analysis, document, f"{key}: {name_of(touchpoint)}")


def touchpoint_at(act: Mapping[str, Any], analysis: Analysis) -> tuple[KeyPath, dict[str, Any]]:
    """Return the path of the touchpoint that an act names, and its data. Raises MalformedError if it is none."""
    path, touchpoint = item_at(act, analysis)
    if schema_types.model_at(model_path(path)) is not Touchpoint or not isinstance(touchpoint, dict):
        raise MalformedError("this is no touchpoint")
    return path, touchpoint


def chosen(act: Mapping[str, Any]) -> tuple[str, Any]:
    """Return the key that a person chose and its value. Raises MalformedError for both or none."""
    given = [(key, act[key]) for key in ("satisfaction", "feeling") if act.get(key) is not None]
    if len(given) != 1:
        raise MalformedError('a face has "satisfaction", a number, or "feeling", a word')
    (key, value) = given[0]
    right = isinstance(value, str) if key == "feeling" else type(value) in (int, float)
    if not right or value == "":
        raise MalformedError('a face has "satisfaction", a number, or "feeling", a word')
    return key, [plain_numbers(value)] if key == "feeling" else plain_numbers(value)


def refuse_measured(analysis: Analysis, path: Any, touchpoint: Mapping[str, Any]) -> None:
    """Raise ActRefusedError where the score of a touchpoint is that of a survey."""
    scores = analysis.scores
    if scores is None or "measured" not in touchpoint:
        return
    rated = scores.by_id.get(touchpoint["id"])
    if rated is not None and rated.source == "measured":
        line = line_of(analysis.document, (*path, "measured"))
        message = "customers were asked here: the score comes from the survey, not from a face"
        raise ActRefusedError(message, "change the figures of `measured` in the text", line)
