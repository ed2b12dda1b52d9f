"""What a file says about the persona and about the journey as a whole, as text for charts and alt text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from journeykit.charts import metric_text, time_text
from journeykit.charts.locales import Labels
from journeykit.model import Journey, Kpi, Link, Opportunity, Persona, Touchpoint
from journeykit.model.improvement import Change
from journeykit.model.journey import Evidence, Feedback, Goal, Privacy
from journeykit.model.touchpoint import Measured, Need
from journeykit.scoring import LowPoint
from journeykit.vocabulary.channels import channel_name

LISTS = ("wants", "motivated_by", "returns_because", "pains")


class Section(NamedTuple):
    """A heading with what stands under it."""

    title: str
    lines: Sequence[str]
    links: Sequence[Sequence[Link]] = ()
    """The links of the first lines."""

    @property
    def linked(self) -> list[tuple[str, Sequence[Link]]]:
        """The lines, each with its links."""
        none: Sequence[Link] = ()
        return [(line, self.links[at] if at < len(self.links) else none) for at, line in enumerate(self.lines)]

    @property
    def spoken(self) -> list[str]:
        """The lines with their links as text."""
        return [" · ".join([line, *(link.title or link.url for link in links)]) for line, links in self.linked]


def lists_of(journey: Journey, labels: Labels) -> list[tuple[str, list[str]]]:
    """Return what moves the persona, and the channels that they prefer: names with their lines."""
    persona = journey.persona
    found = [(labels(f"header.{name}"), list(getattr(persona, name))) for name in LISTS]
    prefers = [channel_name(id, labels.lang, journey.own_channel_name(id)) for id in persona.prefers]
    found.append((labels("fields.prefers"), prefers))
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


def source_name(journey: Journey, labels: Labels, id: str) -> str:
    """Return the number of a source in the list of sources, and its kind; an id that no source has as it is."""
    for number, source in enumerate(journey.sources, 1):
        if source.id == id:
            return f"[{number}] {labels(f'values.{source.kind}')}" if source.kind else f"[{number}]"
    return id


def evidence(journey: Journey, labels: Labels, ids: Sequence[str]) -> str:
    """Return what something rests on."""
    return f"{labels('fields.evidence')}: {', '.join(source_name(journey, labels, id) for id in ids)}"


def origin(journey: Journey, labels: Labels, figure: Kpi | Measured) -> list[str]:
    """Return the scale of a metric's answers, when a figure was measured, and its source."""
    source = source_name(journey, labels, figure.source) if figure.source else ""
    scale = figure.scale if isinstance(figure, Kpi) else None
    return [part for part in (scale or "", str(figure.period or ""), source) if part]


def about_map(journey: Journey, labels: Labels) -> list[Section]:
    """Return what the map rests on, who made it, what was changed, and what happens to personal data."""
    sources = [_source(journey, labels, source) for source in journey.sources]
    sources += [evidence(journey, labels, journey.evidence)] if journey.evidence else []
    asked = [question(journey, labels, one) for one in journey.feedback if one.at is None]
    review = [time_text.duration(journey.review_every, labels)] if journey.review_every else []
    found = [
        Section(labels("fields.sources"), sources, [source.links for source in journey.sources]),
        Section(labels("fields.feedback"), asked),
        Section(labels("fields.changes"), [_change(journey, labels, change) for change in journey.changes]),
        Section(labels("fields.privacy"), _privacy(journey.privacy, labels)),
        Section(labels("fields.team"), [", ".join(journey.team)] if journey.team else []),
        Section(labels("fields.review_every"), review),
    ]
    return [section for section in found if section.lines]


def _source(journey: Journey, labels: Labels, source: Evidence) -> str:
    parts = [source_name(journey, labels, source.id)]
    parts += [labels("metrics.base", n=source.n)] if source.n is not None else []
    parts += [f"{labels('fields.sent')}: {source.sent}"] if source.sent is not None else []
    parts += [str(source.date)] if source.date else []
    parts += [source.who] if source.who else []
    return " · ".join(parts)


def question(journey: Journey, labels: Labels, asked: Feedback) -> str:
    """Return a question that customers are asked, and how and when."""
    words = labels.quoted(asked.question) if asked.question else ""
    return " · ".join(filter(None, [words, *how_asked(journey, labels, asked)]))


def how_asked(journey: Journey, labels: Labels, asked: Feedback) -> list[str]:
    """Return the kind of a question, its channel, and when in the journey it is asked."""
    channel = asked.channel
    return [
        *([labels(f"values.{asked.kind}")] if asked.kind else []),
        *([channel_name(channel, labels.lang, journey.own_channel_name(channel))] if channel else []),
        *([labels(f"values.{asked.when}")] if asked.when else []),
    ]


def _change(journey: Journey, labels: Labels, change: Change) -> str:
    when = f"{change.date.isoformat()}: " if change.date else ""
    of = [one.title for one in journey.opportunities if one.id == change.opportunity]
    result = [f"{labels('fields.result')}: {change.result}"] if change.result else []
    about = [f"{labels('fields.opportunity')}: {title}" for title in of]
    return when + " · ".join([change.what, *about, *result])


def _privacy(privacy: Privacy | None, labels: Labels) -> list[str]:
    if privacy is None:
        return []
    quotes = privacy.quotes
    consent = labels(f"values.{str(quotes).lower()}") if isinstance(quotes, bool) else quotes
    kept = time_text.duration(privacy.retention, labels) if privacy.retention else ""
    parts = [("personal_data", ", ".join(privacy.personal_data)), ("quotes", consent), ("retention", kept)]
    return [f"{labels(f'fields.{key}')}: {words}" for key, words in parts if words]


def is_weighted(touchpoint: Touchpoint) -> bool:
    """Return whether the file says that a touchpoint matters more or less than others."""
    return "importance" in touchpoint.model_fields_set and touchpoint.importance != 3


def importance(touchpoint: Touchpoint, labels: Labels) -> str:
    """Return how much a touchpoint matters, from 1 to 5."""
    return f"{labels('fields.importance')}: {labels.number(touchpoint.importance)}"


def churn_risk(touchpoint: Touchpoint, labels: Labels) -> str:
    """Return the risk that customers leave at a touchpoint, as it is written; an empty text if it is not."""
    risk = touchpoint.churn_risk
    if risk is None:
        return ""
    shown = labels.spelled("values", risk).lower() if isinstance(risk, str) else labels.share(risk)
    return f"{labels('fields.churn_risk')}: {shown}"


def reach(touchpoint: Touchpoint, labels: Labels) -> str:
    """Return how many customers come to a touchpoint, if not all do."""
    return labels("touchpoints.reach", share=labels.share(touchpoint.reach)) if touchpoint.reach < 1 else ""


def tags(touchpoint: Touchpoint) -> str:
    """Return the tags of a touchpoint."""
    return " ".join(f"#{tag}" for tag in touchpoint.tags)


def need(needed: Need, labels: Labels) -> str:
    """Return what is needed, and its kind."""
    kind = f" ({labels(f'values.{needed.kind}')})" if needed.kind else ""
    return labels("outcomes.needs", what=f"{needed.what}{kind}")


def opportunity_state(one: Opportunity, labels: Labels) -> list[str]:
    """Return the status of an opportunity, its kind, who else than the customer benefits, and its owner."""
    return [
        labels(f"opportunities.{one.status}"),
        *([labels(f"values.{one.kind}")] if one.kind else []),
        *([f"{labels('fields.benefit')}: {labels(f'values.{one.benefit}')}"] if one.benefit != "customer" else []),
        *([one.owner] if one.owner else []),
    ]


def opportunity_result(one: Opportunity, labels: Labels) -> str:
    """Return what came of an opportunity; an empty text if the file does not say."""
    return f"{labels('fields.result')}: {one.result}" if one.result else ""


def low_point_words(low: LowPoint, labels: Labels) -> tuple[str, str]:
    """Return the kind of a low point and how severe it is."""
    return labels(f"curve.{low.kind}"), labels("curve.severity", n=labels.number(low.severity))
