"""What the text account says of a touchpoint's service: its metrics, its decision, and the handoffs behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from journeykit.charts import figures, times
from journeykit.charts.locales import Labels
from journeykit.model import Decision, Journey, Step, Touchpoint
from journeykit.scoring import Rated
from journeykit.scoring.metrics import metric_of


def service(journey: Journey, touchpoint: Touchpoint, rated: Mapping[str, Rated], labels: Labels) -> list[str]:
    """One line each for the decision after a touchpoint, its handoffs, and what is measured there."""
    lines = []
    if touchpoint.decision:
        lines.append(_decision(touchpoint.decision, rated, labels))
    if touchpoint.handoffs:
        handoffs = "; ".join(_handoff(step, labels) for step in touchpoint.handoffs)
        lines.append(labels("alt.handoffs", handoffs=handoffs))
    if measured := list(_metrics(journey, touchpoint.id, labels)):
        lines.append(f"{labels('alt.metrics')} {'; '.join(measured)}.")
    return lines


def whole(journey: Journey, rated: Mapping[str, Rated], labels: Labels) -> list[str]:
    """A line with the metrics that belong to no touchpoint, if there are any."""
    places = {kpi.at for kpi in journey.kpis if kpi.at not in rated}
    measured = [line for place in sorted(places, key=str) for line in _metrics(journey, place, labels)]
    return [f"{labels('alt.metrics')} {'; '.join(measured)}."] if measured else []


def _decision(decision: Decision, rated: Mapping[str, Rated], labels: Labels) -> str:
    options = []
    for option in decision.options:
        share = "" if option.share is None else f" ({labels.share(option.share)})"
        target = rated.get(option.to)
        to = labels("alt.goes_to", n=target.number if target else option.to)
        options.append(f"{option.answer}{share}: {labels('decisions.end') if option.to == 'end' else to}")
    who = labels(f"decisions.{decision.who}")
    return labels("alt.decision", question=decision.question, who=who, options="; ".join(options))


def _handoff(step: Step, labels: Labels) -> str:
    said = [labels("alt.handoff", one=step.from_, other=step.to)]
    if step.warm is not None:
        said.append(labels("backstage.warm" if step.warm else "backstage.cold"))
    if step.wait:
        said.append(labels("backstage.waits", duration=times.duration(step.wait, labels)))
    return ", ".join(said)


def _metrics(journey: Journey, at: str | None, labels: Labels) -> Iterator[str]:
    for metric in (metric_of(kpi) for kpi in journey.kpis if kpi.at == at):
        name, kind = figures.name(metric.kpi, labels)
        said = [figures.value(metric, labels), figures.target(metric, labels), *figures.notes(metric, labels)]
        yield f"{name}{f' ({kind})' if kind else ''}: {', '.join(filter(None, said))}"
