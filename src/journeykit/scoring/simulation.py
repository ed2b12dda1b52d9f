"""Simulate a journey with opportunities carried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from journeykit.model import Feedback, Journey, Kpi, Measured, Opportunity, ScaleName, Stage, Touchpoint
from journeykit.scoring.settings import Source


def simulate(journey: Journey, opportunities: Iterable[Opportunity], source: Source = "best") -> Journey:
    """Return the intended journey: with targets reached, and without removed touchpoints and references to them.

    `source` is the source of scores that will be used: with `measured` every target counts as measured.

    If several opportunities have a target for one touchpoint, the highest is used. A touchpoint that any of them
    removes is removed.
    """
    chosen = tuple(opportunities)
    removed = {id for opportunity in chosen for id in opportunity.removes}
    targets: dict[str, float] = {}
    for id, target in (pair for opportunity in chosen for pair in opportunity.target.items()):
        targets[id] = max(target, targets.get(id, target))
    detours = _detours(journey, removed)
    stages = []
    for stage in journey.stages:
        kept = tuple(
            _redirected(with_target(touchpoint, targets.get(touchpoint.id), journey.scale, source), detours)
            for touchpoint in stage.touchpoints
            if touchpoint.id not in removed
        )
        if kept or not stage.touchpoints or journey.is_flat:
            stages.append(_rebuilt(stage, touchpoints=kept))
    return _rebuilt(
        journey,
        state="future",
        stages=tuple(stages),
        opportunities=_still_open(journey, chosen, removed),
        kpis=tuple(_without(journey, kpi, removed) for kpi in journey.kpis),
        feedback=tuple(_unplaced(feedback, removed) for feedback in journey.feedback),
    )


def with_target(touchpoint: Touchpoint, target: float | None, scale: ScaleName, source: Source = "best") -> Touchpoint:
    """Return a touchpoint whose score is its target, a value of `scale`, whichever source of scores is used.

    The figures of a survey are replaced by the target, without a spread, since it was not measured. Feelings are
    removed.
    """
    if target is None:
        return touchpoint
    surveyed = touchpoint.measured is not None or source == "measured"
    measured = Measured(mean=target, scale=scale) if surveyed else None
    return _rebuilt(touchpoint, satisfaction=target, measured=measured, feeling=())


def with_touchpoint(journey: Journey, number: int, **changes: Any) -> Journey:
    """Return a journey with other values of its touchpoint at a place, from 0; they are not validated again."""
    stages, first = [], 0
    for stage in journey.stages:
        touchpoints = list(stage.touchpoints)
        if 0 <= number - first < len(touchpoints):
            touchpoints[number - first] = _rebuilt(touchpoints[number - first], **changes)
        first += len(touchpoints)
        stages.append(_rebuilt(stage, touchpoints=tuple(touchpoints)))
    return _rebuilt(journey, stages=tuple(stages))


_Part = TypeVar("_Part", Journey, Stage, Touchpoint, Opportunity, Kpi, Feedback)


def _rebuilt(part: _Part, **changes: Any) -> _Part:
    """Return a changed copy; `model_copy` would keep cached properties of the original."""
    fields = {name: getattr(part, name) for name in part.__class__.model_fields}
    return part.__class__.model_construct(part.model_fields_set | changes.keys(), **(fields | changes))


def _detours(journey: Journey, removed: set[str]) -> Mapping[str, str]:
    """Return the replacement of each removed touchpoint as a target of decisions: the next one that stays."""
    detours: dict[str, str] = {}
    following = "end"
    for touchpoint in reversed(journey.touchpoints):
        if touchpoint.id in removed:
            detours[touchpoint.id] = following
        else:
            following = touchpoint.id
    return detours


def _redirected(touchpoint: Touchpoint, detours: Mapping[str, str]) -> Touchpoint:
    decision = touchpoint.decision
    if decision is None or not any(option.to in detours for option in decision.options):
        return touchpoint
    options = tuple(option.model_copy(update={"to": detours.get(option.to, option.to)}) for option in decision.options)
    return _rebuilt(touchpoint, decision=decision.model_copy(update={"options": options}))


def _still_open(journey: Journey, chosen: tuple[Opportunity, ...], removed: set[str]) -> tuple[Opportunity, ...]:
    """Return the other opportunities, without removed touchpoints."""
    done = {opportunity.id for opportunity in chosen}
    others = []
    for opportunity in journey.opportunities:
        at = tuple(id for id in journey.touchpoint_ids(opportunity.at) if id not in removed)
        if opportunity.id not in done and at:
            removes = tuple(id for id in opportunity.removes if id not in removed)
            target = {id: value for id, value in opportunity.target.items() if id not in removed}
            others.append(_rebuilt(opportunity, at=at, removes=removes, target=target))
    return tuple(others)


def _without(journey: Journey, kpi: Kpi, removed: set[str]) -> Kpi:
    """Return a KPI without removed touchpoints."""
    at = journey.touchpoint_ids(kpi.at)
    kept = tuple(id for id in at if id not in removed)
    return kpi if kept == at else _rebuilt(kpi, at=kept)


def _unplaced(feedback: Feedback, removed: set[str]) -> Feedback:
    return _rebuilt(feedback, at=None) if feedback.at in removed else feedback
