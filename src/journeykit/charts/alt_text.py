"""Alt text of a journey, which every picture contains."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from journeykit.charts import about_text, metric_text, time_text
from journeykit.charts.about_text import facts_of, lists_of, purpose
from journeykit.charts.handoff_numbers import first_numbers
from journeykit.charts.locales import Labels
from journeykit.drawing.text import visible
from journeykit.model import Decision, FrontstageStep, Image, Journey, Link, Stage, Step, Touchpoint
from journeykit.model.touchpoint import Work
from journeykit.scoring import Rated, RatedOpportunity, Scores, opportunities
from journeykit.scoring.metrics import metrics
from journeykit.vocabulary.channels import channel_name


def journey_alt_text(
    journey: Journey,
    scores: Scores,
    ranked: Sequence[RatedOpportunity],
    labels: Labels,
    *,
    only: Container[int] | None = None,
    where: str = "",
    first: bool = True,
) -> str:
    """Return the alt text of a journey: persona, score, low points, what to do, then each touchpoint on a line.

    The summary is first, because listeners may stop at any time. A page of several (`where` is its number) has the
    touchpoints with the numbers in `only`; only the `first` page has the summary.
    """
    lines = _summary(journey, scores, ranked, labels) if first else []
    if where:
        lines.insert(0, f"{where}.")
    lines.append(f"{labels('lanes.touchpoints')} ({len(scores.touchpoints)}):")
    stage = None
    of_stages = {one.stage.id: one.score for one in scores.stages}
    numbers = first_numbers(journey)
    low_points = {id: low.rank for low in scores.low_points for id in low.span}
    for rated in scores.touchpoints:
        if only is not None and rated.number not in only:
            continue
        if rated.stage is not stage and rated.stage.name:
            score = of_stages[rated.stage.id]
            of_100 = "" if score is None else f" {labels('alt.of_100', n=labels.number(score))}."
            lines.append(labels("alt.stage", name=rated.stage.name) + of_100)
            lines += _stage(rated.stage, labels)
        stage = rated.stage
        lines.append(_touchpoint(journey, rated, low_points.get(rated.touchpoint.id), labels))
        lines += _service(journey, rated.touchpoint, numbers[rated.touchpoint.id], scores.by_id, labels)
    if first:
        lines += [_sentence(f"{one.title}: {'; '.join(one.spoken)}.") for one in about_text.about_map(journey, labels)]
    return "\n".join(map(visible, lines))


def plain_text(journey: Journey, scores: Scores) -> str:
    """Return the alt text for a terminal or a pull request, without control characters."""
    lines = journey_alt_text(journey, scores, opportunities(journey, scores), Labels(journey.lang)).splitlines()
    return "".join(f"{visible(line)}\n" for line in lines)


def _summary(journey: Journey, scores: Scores, ranked: Sequence[RatedOpportunity], labels: Labels) -> list[str]:
    whose = labels("alt.persona", title=journey.title, persona=journey.persona.name)
    lines = [f"{whose} {labels(f'state.{journey.state}')}. {labels(f'basis.{journey.basis}')}."]
    lines.append(f"{'. '.join(_state_of_map(journey, labels))}.")
    if journey.note:
        lines.append(journey.note)
    lines += _persona(journey, labels)
    lines += [_sentence(f"{one.title}: {'; '.join(one.spoken)}.") for one in purpose(journey, labels)]
    lines.append(_score(scores, labels))
    lines += _low_points(scores, labels)
    if scores.peaks:
        lines.append(labels("alt.peaks", titles="; ".join(_title(scores, peak.id) for peak in scores.peaks)))
    todo = [rated for rated in ranked if rated.opportunity.status not in ("done", "dropped")]
    lines += [_opportunity(one, labels) for one in ranked if one not in todo]
    if todo:
        lines.append(labels("alt.opportunities"))
        lines += [
            f"{f'{number}.' if rated.priority is not None else '·'} {_opportunity(rated, labels)}"
            for number, rated in enumerate(todo, 1)
        ]
    return lines + _journey_metrics(journey, labels)


def _state_of_map(journey: Journey, labels: Labels) -> list[str]:
    found = [labels(f"status.{journey.status}")]
    found += [labels("header.owner", name=journey.owner)] if journey.owner else []
    return [*found, *([labels("header.updated", date=journey.updated.isoformat())] if journey.updated else [])]


def _opportunity(rated: RatedOpportunity, labels: Labels) -> str:
    """Return an opportunity with its worth, its state, and what came of it."""
    one = rated.opportunity
    parts = about_text.opportunity_state(one, labels)
    if one.status not in ("done", "dropped"):
        parts += (
            [labels("opportunities.priority", n=labels.number(rated.priority))] if rated.priority is not None else []
        )
        parts += (
            [labels("opportunities.gain", n=labels.number(rated.gain, 1, sign=True))] if rated.gain is not None else []
        )
        parts += [labels("opportunities.due", date=one.due.isoformat())] if one.due else []
    parts += filter(None, [about_text.opportunity_result(one, labels)])
    return f"{one.title} ({'; '.join(parts)}){''.join(f' ({link})' for link in _links(one.links))}"


def _score(scores: Scores, labels: Labels) -> str:
    if scores.score is None or scores.word is None or scores.mean is None:
        return f"{labels.no_score(scores.withheld)}."
    shown = labels(
        "alt.score",
        score=labels.number(scores.score),
        word=labels(f"score.{scores.word}"),
        mean=labels.number(scores.mean),
    )
    if scores.band:
        low, high = map(labels.number, scores.band)
        shown += f" {labels('score.interval' if scores.band_kind == 'interval' else 'score.band', low=low, high=high)}."
    if scores.partial:
        shown += f" {labels('score.partial', share=labels.share(scores.coverage))}."
    if scores.rests_on:
        shown += f" {labels('score.rests_on')}."
    return shown


def _touchpoint(journey: Journey, rated: Rated, low_point: int | None, labels: Labels) -> str:
    touchpoint = rated.touchpoint
    parts = [touchpoint.title]
    if touchpoint.at:
        parts.append(time_text.moment(touchpoint.at, labels))
    for id in touchpoint.channel:
        parts.append(channel_name(id, labels.lang, journey.own_channel_name(id)))
    parts += touchpoint.feeling
    if rated.score is None:
        parts.append(labels.unrated(rated.hidden))
    else:
        parts.append(labels("alt.of_100", n=labels.number(rated.score)))
    if rated.score is not None and rated.expected is not None:
        gap = round(rated.score - rated.expected, 6)
        if abs(gap) >= 0.5:
            parts.append(labels("curve.below" if gap < 0 else "curve.above", n=labels.number(abs(gap))))
    if low_point is not None:
        parts.append(labels("curve.low_point", n=low_point))
    if touchpoint.moment_of_truth:
        parts.append(labels("touchpoints.moment_of_truth"))
    if touchpoint.engagement is not None:
        parts.append(labels("alt.engagement", n=labels.number(touchpoint.engagement)))
    if touchpoint.journey:
        parts.append(labels("touchpoints.journey", name=touchpoint.journey))
    return f"{rated.number}. {'; '.join(parts)}."


def _low_points(scores: Scores, labels: Labels) -> list[str]:
    if not scores.low_points:
        return [labels("alt.no_low_points")] if scores.n else []
    return [
        labels("alt.low_points"),
        *(
            labels(
                "alt.low_point",
                rank=low.rank,
                title=_title(scores, low.id),
                number=scores.by_id[low.id].number,
                kind=labels(f"curve.{low.kind}"),
                score=labels.number(low.score),
                severity=labels.number(low.severity),
            )
            for low in scores.low_points
        ),
    ]


def _title(scores: Scores, id: str) -> str:
    return scores.by_id[id].touchpoint.title


def _service(
    journey: Journey, touchpoint: Touchpoint, first_handoff: int, rated: Mapping[str, Rated], labels: Labels
) -> list[str]:
    """Return a line each for what is said of a touchpoint, the decision after it, its handoffs, and its metrics."""
    lines = _said(journey, touchpoint, labels)
    if touchpoint.decision:
        lines.append(_decision(touchpoint.decision, rated, labels))
    if touchpoint.handoffs:
        numbered = enumerate(touchpoint.handoffs, first_handoff)
        handoffs = "; ".join(f"({number}) {_handoff(step, labels)}" for number, step in numbered)
        lines.append(labels("alt.handoffs", handoffs=handoffs))
    if measured := list(_metrics(journey, touchpoint.id, labels)):
        lines.append(f"{labels('alt.metrics')} {'; '.join(measured)}.")
    return lines


def _persona(journey: Journey, labels: Labels) -> list[str]:
    persona = journey.persona
    lines = [persona.note] if persona.note else []
    lines += _listed("facts", facts_of(persona, labels), labels)
    lines += _listed("quote", map(labels.quoted, filter(None, [persona.quote])), labels)
    lines += [_sentence(f"{name}: {'; '.join(held)}.") for name, held in lists_of(journey, labels)]
    lines += _picture("portrait", persona.image, labels)
    return lines + _listed("links", _links(persona.links), labels)


def _stage(stage: Stage, labels: Labels) -> list[str]:
    lines = [f"{labels(f'phase.{stage.phase}')}."] if stage.phase else []
    lines += [_sentence(f"{labels('stages.goal', goal=stage.goal)}.")] if stage.goal else []
    lines += [stage.note] if stage.note else []
    return lines + _listed("pains", stage.pains, labels)


def _said(journey: Journey, touchpoint: Touchpoint, labels: Labels) -> list[str]:
    """Return a line each for what the customer does, thinks and says, what hurts, and who and what else is there."""
    details = _details(journey, touchpoint, labels)
    lines = [
        *([f"{'; '.join(details)}."] if details else []),
        *_picture("image", touchpoint.image, labels),
        *_listed("does", touchpoint.does, labels),
        *_listed("thinks", touchpoint.thinks, labels),
        *_listed("quote", map(labels.quoted, touchpoint.quote), labels),
        *_listed("pains", touchpoint.pains, labels),
        *_listed("actors", touchpoint.actors, labels, ", "),
        *_listed("frontstage", (_work(step, labels) for step in touchpoint.frontstage), labels),
        *_listed("backstage", (_work(step, labels) for step in touchpoint.backstage if not step.is_handoff), labels),
        *_listed("links", _links(touchpoint.links), labels),
    ]
    for id, texts in touchpoint.lanes.items():
        definition = journey.lanes.get(id)
        lines.append(f"{definition.name if definition and definition.name else id}: {'; '.join(texts)}.")
    return lines


def _details(journey: Journey, touchpoint: Touchpoint, labels: Labels) -> list[str]:
    """Return how long a touchpoint lasts, who starts it and where, how much it matters, and why it is as it is."""
    t = touchpoint
    found = [
        labels("touchpoints.lasts", duration=time_text.duration(t.lasts, labels)) if t.lasts else "",
        labels("touchpoints.wait", duration=time_text.duration(t.wait, labels)) if t.wait else "",
        labels(f"frontstage.{t.by}") if t.by != "customer" else "",
        f"{labels('fields.place')}: {t.place}" if t.place else "",
        about_text.importance(t, labels) if about_text.is_weighted(t) else "",
        about_text.reach(t, labels),
        about_text.churn_risk(t, labels),
        labels(f"outcomes.{t.outcome}") if t.outcome else "",
        f"{labels('fields.why')}: {t.why}" if t.why else "",
        *(about_text.need(one, labels) for one in t.needs),
        *(labels("outcomes.missing", gap=one.gap) for one in t.needs if one.gap),
        labels("frontstage.data", what=", ".join(t.personal_data)) if t.personal_data else "",
        *(
            f"{labels('frontstage.asks')} {about_text.question(journey, labels, one)}".strip()
            for one in journey.feedback
            if one.at == t.id
        ),
        about_text.evidence(journey, labels, t.evidence) if t.evidence else "",
        " · ".join(about_text.origin(journey, labels, t.measured)) if t.measured else "",
        about_text.tags(t),
    ]
    return [part for part in found if part]


def _listed(key: str, found: Iterable[str], labels: Labels, between: str = "; ") -> list[str]:
    what = between.join(found)
    return [_sentence(labels(f"alt.{key}", what=what))] if what else []


def _sentence(line: str) -> str:
    """Return a line without its full stop if its text ends with a mark of its own."""
    return line[:-1] if line.endswith(("..", "!.", "?.", "….")) else line


def _picture(key: str, image: Image | None, labels: Labels) -> list[str]:
    return [labels(f"alt.{key}", what=image.alt or image.file)] if image else []


def _links(found: Iterable[Link]) -> Iterator[str]:
    return (f"{link.title}: {link.url}" if link.title else link.url for link in found)


def _work(step: Work, labels: Labels) -> str:
    """Return who does what with which tool, and what the customer gets to see of it."""
    doing = ": ".join(filter(None, (step.team, step.does)))
    more = [step.system or ""]
    if isinstance(step, FrontstageStep) and step.evidence:
        more.append(labels("alt.evidence", what=", ".join(step.evidence)))
    if step.owner:
        more.append(labels("alt.owner", name=step.owner))
    if isinstance(step, Step):
        more += _times(step, labels)
    about = ", ".join(filter(None, more))
    return f"{doing} ({about})" if doing and about else doing or about


def _times(step: Step, labels: Labels) -> list[str]:
    lasts = [labels("touchpoints.lasts", duration=time_text.duration(step.lasts, labels))] if step.lasts else []
    wait = [labels("backstage.waits", duration=time_text.duration(step.wait, labels))] if step.wait else []
    return lasts + wait


def _journey_metrics(journey: Journey, labels: Labels) -> list[str]:
    """Return a line with the metrics that belong to no touchpoint, if there are any."""
    measured = list(_metrics(journey, None, labels))
    return [f"{labels('alt.metrics')} {'; '.join(measured)}."] if measured else []


def _decision(decision: Decision, rated: Mapping[str, Rated], labels: Labels) -> str:
    options = []
    for option in decision.options:
        share = "" if option.share is None else f" ({labels.share(option.share)})"
        target = rated.get(option.to)
        to = labels("alt.goes_to", n=target.number if target else option.to)
        options.append(f"{option.answer}{share}: {labels('decisions.end') if option.to == 'end' else to}")
    if decision.other is not None:
        options.append(f"{labels('decisions.other')} ({labels.share(decision.other)})")
    who = labels(f"decisions.{decision.who}")
    return labels("alt.decision", question=decision.question, who=who, options="; ".join(options))


def _handoff(step: Step, labels: Labels) -> str:
    parts = [labels("alt.handoff", one=step.from_, other=step.to)]
    if step.warm is not None:
        parts.append(labels("backstage.warm" if step.warm else "backstage.cold"))
    parts += _times(step, labels)
    if step.owner:
        parts.append(labels("alt.owner", name=step.owner))
    return ", ".join(parts)


def _metrics(journey: Journey, at: str | None, labels: Labels) -> Iterator[str]:
    here = (kpi for kpi in journey.kpis if next(iter(journey.touchpoint_ids(kpi.at)), None) == at)
    for metric in metrics(journey, here):
        name, kind = metric_text.name(metric.kpi, labels)
        parts = [
            metric_text.value(metric, labels),
            metric_text.target(metric, labels),
            *metric_text.notes(metric, labels),
            *about_text.origin(journey, labels, metric.kpi),
        ]
        yield f"{name}{f' ({kind})' if kind else ''}: {', '.join(filter(None, parts))}"
