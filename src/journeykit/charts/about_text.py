"""What a file says about the persona and about the journey as a whole, as text for charts and alt text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from journeykit.charts import metric_text
from journeykit.charts.locales import Labels
from journeykit.model import Journey, Persona
from journeykit.model.journey import Goal
from journeykit.vocabulary.channels import channel_name

LISTS = ("wants", "motivated_by", "returns_because", "pains")


class Section(NamedTuple):
    """A heading with what stands under it."""

    title: str
    lines: Sequence[str]


def lists_of(journey: Journey, labels: Labels) -> list[tuple[str, list[str]]]:
    """Return what moves the persona, and the channels that they prefer: names with their lines."""
    persona = journey.persona
    found = [(labels(f"header.{name}"), list(getattr(persona, name))) for name in LISTS]
    own = {id: one.name for id, one in journey.channels.items()}
    found.append((labels("fields.prefers"), [channel_name(id, labels.lang, own.get(id)) for id in persona.prefers]))
    return [(name, lines) for name, lines in found if lines]


def facts_of(persona: Persona, labels: Labels) -> list[str]:
    """Return the facts, each with its name before it."""
    return [
        f"{key}: {value if isinstance(value, str) else labels.number(value, 0 if value == int(value) else 1)}"
        for key, value in persona.facts.items()
    ]


def purpose(journey: Journey, labels: Labels) -> list[Section]:
    """Return what the file says about its purpose."""
    found = [
        Section(labels("fields.goals"), [_goal(journey, goal, labels) for goal in journey.goals]),
        Section(labels("fields.expectations"), journey.expectations),
        Section(labels("fields.scope"), _scope(journey, labels)),
        Section(labels("fields.day0"), [str(journey.day0)] if journey.day0 else []),
    ]
    return [section for section in found if section.lines]


def _goal(journey: Journey, goal: Goal, labels: Labels) -> str:
    """Return a goal; whose it is where that is not the customer's, its priority, and what measures it."""
    about = [labels(f"values.{goal.who}")] if goal.who != "customer" else []
    if goal.priority is not None:
        about.append(labels("header.goal_priority", n=labels.number(goal.priority)))
    about += [metric_text.name(kpi, labels)[0] for kpi in journey.kpis if kpi.id == goal.kpi]
    return f"{goal.goal} ({' · '.join(about)})" if about else goal.goal


def _scope(journey: Journey, labels: Labels) -> list[str]:
    scope = journey.scope
    if scope is None:
        return []
    parts = [("starts", scope.starts), ("ends", scope.ends), ("excludes", "; ".join(scope.excludes))]
    return [f"{labels(f'fields.{key}')}: {words}" for key, words in parts if words]
