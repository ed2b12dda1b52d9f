"""What a page shows of a file that is edited, as plain data."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from journeykit.charts.locales import Labels
from journeykit.editing.analysis import Analysis
from journeykit.editing.merging import places_of
from journeykit.editing.quick_fixes import quick_fixes
from journeykit.editing.session import Session
from journeykit.editing.words import sentences
from journeykit.finding import Finding
from journeykit.model import Journey
from journeykit.output.unified_diff import unified_diff
from journeykit.scoring import Scores, opportunities
from journeykit.source import KeyPath
from journeykit.vocabulary.channels import channel_name


def state_of(session: Session) -> dict[str, Any]:
    """Return the state of a session; what is drawn is of the last text that was a journey."""
    analysis, good = session.analysis, session.good
    broken = analysis.document.journey is None
    found: dict[str, Any] = {
        "version": session.version,
        "file": str(session.file),
        "saved": session.saved,
        "undo": [step.label for step in session.undo],
        "redo": [step.label for step in session.redo],
        "text": session.text,
        "diff": unified_diff(str(session.file), session.base, session.text),
        "changes": sentences(session.older(session.base), analysis),
        "notes": list(session.notes),
        "broken": broken,
        "findings": findings_data(analysis),
        "conflict": _conflict(session),
        "journey": {}, "stages": [], "lanes": [], "opportunities": [], "score": None, "lows": [],
    }  # fmt: skip
    if good is not None and good.document.journey is not None and good.scores is not None:
        found |= journey_state(good.document.journey, good.data, good.scores)
    return dict(finite(found))


def journey_state(journey: Journey, data: dict[str, Any], scores: Scores) -> dict[str, Any]:
    """Return a journey, also as plain data, with its scores."""
    return {
        "journey": data,
        "stages": list(stages_data(journey, scores)),
        "lanes": [{"id": id, "title": own.name or id, "path": ["lanes", id]} for id, own in journey.lanes.items()],
        "opportunities": [
            {**one, "path": ["opportunities", number], "priority": rated.priority, "gain": rated.gain}
            for number, (one, rated) in enumerate(
                zip(data.get("opportunities", ()), _in_order(journey, scores), strict=True)
            )
        ],
        **score_data(scores),
    }


def _in_order(journey: Journey, scores: Scores) -> list[Any]:
    """Return the rated opportunities in the order of the file."""
    order = {id(one): number for number, one in enumerate(journey.opportunities)}
    return sorted(opportunities(journey, scores), key=lambda one: order[id(one.opportunity)])


def score_data(scores: Scores) -> dict[str, Any]:
    """Return the score with its band, and the low points."""
    low, high = scores.band or (None, None)
    labels = Labels(scores.journey.lang)
    return {
        "score": {"value": scores.score, "low": low, "high": high, "n": scores.n, "word": scores.word},
        "lows": [
            {
                "touchpoint": one.id, "span": list(one.span), "severity": one.severity, "kind": one.kind,
                "words": labels(f"curve.{one.kind}"),
            }
            for one in scores.low_points
        ],
    }  # fmt: skip


def stages_data(journey: Journey, scores: Scores) -> Iterator[dict[str, Any]]:
    """Yield the stages with their touchpoints; a journey without stages is one without a title."""
    rated = {one.number: one for one in scores.touchpoints}
    low = {id for one in scores.low_points for id in one.span}
    places = iter(journey.places)
    for number, stage in enumerate(journey.stages):
        path: list[Any] = [] if journey.is_flat else ["stages", number]
        touchpoints = []
        for _ in stage.touchpoints:
            place = next(places)
            one, result = place.touchpoint, rated[place.number]
            touchpoints.append(
                {
                    "id": one.id, "title": one.title, "path": list(place.path), "feeling": list(one.feeling),
                    "satisfaction": one.satisfaction, "score": result.score, "source": result.source,
                    "low": one.id in low, "moment_of_truth": one.moment_of_truth,
                    "channels": [channel_name(id, journey.lang, journey.own_channel_name(id)) for id in one.channel],
                }
            )  # fmt: skip
        yield {
            "id": stage.id, "title": stage.name, "path": path, "list": [*path, "touchpoints"],
            "touchpoints": touchpoints,
        }  # fmt: skip


def findings_data(analysis: Analysis) -> list[dict[str, Any]]:
    """Return the findings with their numbers and fixes, the most severe first."""
    journey = analysis.document.journey
    paths = {place.path: place.touchpoint.id for place in journey.places} if journey else {}
    found = sorted(enumerate(analysis.findings), key=lambda one: (-one[1].severity, one[1].start.line))
    return [_finding(number, one, paths) for number, one in found]


def _finding(number: int, one: Finding, paths: dict[KeyPath, str]) -> dict[str, Any]:
    inside = (paths[one.path[:length]] for length in range(len(one.path), 0, -1) if one.path[:length] in paths)
    return {
        "number": number, "rule": one.rule, "severity": one.severity.word, "line": one.start.line,
        "column": one.start.column, "message": one.message, "help": one.help, "path": list(one.path),
        "touchpoint": next(inside, None),
        "fixes": [
            {"number": number, "title": fix.title, "safe": fix.safe} for number, fix in enumerate(quick_fixes(one))
        ],
    }  # fmt: skip


def _conflict(session: Session) -> dict[str, Any] | None:
    conflict = session.conflict
    if conflict is None:
        return None
    shared = session.rules.project.settings.shared
    places: Sequence[Any] = ()
    if conflict.theirs is not None:
        places = places_of(conflict.marked, str(session.file), shared)
    return {
        "places": [{**one._asdict(), "path": list(one.path)} for one in places],
        "text": conflict.marked,
        "theirs": conflict.theirs,
        "problem": conflict.problem,
    }


def finite(value: Any) -> Any:
    """Return plain data without numbers that JSON does not know."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: finite(one) for key, one in value.items()}
    return [finite(one) for one in value] if isinstance(value, (list, tuple)) else value
