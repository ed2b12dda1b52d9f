"""Diffs of journeys as JSON; numbers are unrounded, unknown values are null."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from journeykit.comparing import FieldDiff, LowPointDiff, PartDiff, TouchpointDiff
from journeykit.comparing.journey_diff import JourneyDiff
from journeykit.comparing.measurements import KpiDiff, SurveyDiff
from journeykit.model.base import Part
from journeykit.output.tables import VERSION
from journeykit.output.tables.metrics import metric_data
from journeykit.output.tables.scores import band_data
from journeykit.scoring import LowPoint, Rated, Scores, Settings


def document(
    old: str, new: str, changes: Sequence[JourneyDiff], unchanged: int, not_journeys: Sequence[str]
) -> dict[str, Any]:
    """Return the JSON document of all journeys that differ; `old` and `new` are the names of the versions."""
    return {
        "version": VERSION,
        "old": old,
        "new": new,
        "unchanged": unchanged,
        "not_journeys": list(not_journeys),
        "journeys": [journey_data(change) for change in changes],
    }


def journey_data(change: JourneyDiff) -> dict[str, Any]:
    """Return what differs in one journey."""
    found = change.comparison
    return {
        "status": change.status,
        "old": None if change.old is None else _version(change.old_file, change.old),
        "new": None if change.new is None else _version(change.new_file, change.new),
        "delta": found and found.delta,
        "half_width": found and found.half_width,
        "verdict": found and found.verdict,
        "beyond_uncertainty": None if found is None or found.delta is None else found.beyond_uncertainty,
        "settings": _settings(change.scores.settings),
        "own_settings": _settings(change.own) if change.rescored and change.own else None,
        "touchpoints": [_touchpoint(one) for one in found.touchpoints] if found else [],
        "parts": [_part(one) for one in change.parts],
        "low_points": [_low_point_change(one) for one in found.low_points] if found else [],
        "effort": {one.name: {"old": one.old, "new": one.new} for one in found.effort} if found else {},
        "surveys": [_survey(one) for one in change.surveys],
        "kpis": [_kpi(one) for one in change.kpis],
    }


def _version(file: str | None, scores: Scores) -> dict[str, Any]:
    journey = scores.journey
    return {
        "file": file,
        "id": journey.id,
        "title": journey.title,
        "state": journey.state,
        "score": scores.score,
        "band": band_data(scores),
        "word": scores.word,
        "partial": scores.partial,
        "coverage": scores.coverage,
        "mean": scores.mean,
        "rests_on": list(scores.rests_on),
        "churn_index": scores.churn_index,
    }


def _settings(settings: Settings) -> dict[str, Any]:
    return {**asdict(settings), "weights": settings.weights.model_dump()}


def _touchpoint(change: TouchpointDiff) -> dict[str, Any]:
    return {
        "change": change.kind,
        "moved": change.moved,
        "renamed": change.renamed,
        "matched_by": change.pair.basis,
        "old": change.old and _rated(change.old),
        "new": change.new and _rated(change.new),
        "delta": change.delta,
        "changes": _changes(change.fields),
    }


def _part(change: PartDiff) -> dict[str, Any]:
    return {
        "key": change.key,
        "id": change.id or None,
        "change": change.kind,
        "moved": change.moved,
        "changes": _changes(change.fields),
    }


def _changes(fields: Sequence[FieldDiff]) -> list[dict[str, Any]]:
    return [{"key": one.key, "old": _plain(one.old), "new": _plain(one.new)} for one in fields]


def _rated(rated: Rated) -> dict[str, Any]:
    return {
        "id": rated.id,
        "title": rated.touchpoint.title,
        "number": rated.number,
        "score": rated.score,
        "half_width": rated.half_width,
        "source": rated.source,
    }


def _low_point_change(change: LowPointDiff) -> dict[str, Any]:
    return {"fate": change.fate, "old": _low_point(change.old), "new": _low_point(change.new)}


def _low_point(low: LowPoint | None) -> dict[str, Any] | None:
    if low is None:
        return None
    return {"id": low.id, "span": list(low.span), "kind": low.kind, "score": low.score, "severity": low.severity}


def _survey(survey: SurveyDiff) -> dict[str, Any]:
    change = survey.touchpoint
    return {
        "id": change.rated.id,
        "old": survey.old,
        "new": survey.new,
        "old_n": survey.old_n,
        "new_n": survey.new_n,
        "delta": survey.delta,
        "interval": survey.interval,
        "p": survey.p,
        "more_than_chance": survey.certain,
        "not_comparable": survey.not_comparable or None,
        "suppressed": survey.suppressed,
        "low_base": survey.low_base,
    }


def _kpi(change: KpiDiff) -> dict[str, Any]:
    return {
        "old": change.old and metric_data(change.old),
        "new": change.new and metric_data(change.new),
        "delta": change.delta,
        "interval": change.interval,
        "p": change.p,
        "more_than_chance": change.certain,
        "not_comparable": change.not_comparable or None,
        "low_base": change.low_base,
    }


def _plain(value: Any) -> Any:
    """Return a value as the file would have it."""
    if isinstance(value, Part):
        fields = type(value).model_fields
        return {fields[name].alias or name: _plain(getattr(value, name)) for name in sorted(value.model_fields_set)}
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
