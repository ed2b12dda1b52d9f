"""What the score would be: an act as one tries it while dragging, without writing anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from journeykit.editing.acts import make_all
from journeykit.editing.acts.face import chosen, refuse_measured, touchpoint_at
from journeykit.editing.analysis import Analysis
from journeykit.editing.places import journey_of
from journeykit.editing.refusal import ActRefusedError
from journeykit.editing.state import finite, score_data, stages_data
from journeykit.model import Journey, scale_bounds
from journeykit.scoring import Scores, score
from journeykit.scoring.simulation import with_touchpoint
from journeykit.source import KeyPath
from journeykit.vocabulary.feelings import valence


def tried(analysis: Analysis, acts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return score, band, low points and faces as they would be. Raises ActRefusedError."""
    journey = journey_of(analysis)
    if len(acts) == 1 and acts[0].get("do") == "face":
        scores = _with_face(analysis, journey, acts[0])
    else:
        made = make_all(analysis, acts).analysis
        journey_of(made)
        assert made.scores is not None
        scores = made.scores
    was = analysis.scores
    assert was is not None
    stages = list(stages_data(scores.journey, scores))
    return dict(finite({**score_data(scores), "stages": stages, "was": score_data(was)["score"]}))


def _with_face(analysis: Analysis, journey: Journey, act: Mapping[str, Any]) -> Scores:
    """Return the scores with another face, from the model alone: fast enough to follow a hand."""
    path, touchpoint = touchpoint_at(act, analysis)
    key, value = chosen(act)
    refuse_measured(analysis, path, touchpoint)
    number = _number_of(journey, path)
    changes: dict[str, Any] = {key: float(value)} if key == "satisfaction" else {"feeling": tuple(value)}
    if key == "satisfaction":
        low, high = scale_bounds(journey.scale)
        if not low <= value <= high:
            raise ActRefusedError(f"{value:g} is not on the scale {journey.scale}", f"choose {low:g} to {high:g}")
    else:
        if valence(value[0], journey.feelings) is None:
            raise ActRefusedError(f'"{value[0]}" is no feeling that is known', "choose another word")
        changes["satisfaction"] = None
    return score(with_touchpoint(journey, number, **changes), analysis.project.scoring_settings(journey))


def _number_of(journey: Journey, path: KeyPath) -> int:
    """Return the place of a touchpoint in the journey, from 0."""
    for place in journey.places:
        if place.path == path:
            return place.number - 1
    raise ActRefusedError("this is no touchpoint")
