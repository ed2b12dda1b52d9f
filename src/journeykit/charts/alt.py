"""The journey in words: the text account that every picture carries for those who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence

from journeykit.charts import times
from journeykit.charts.labels import Labels
from journeykit.charts.service import service, whole
from journeykit.model import Journey
from journeykit.scoring import Rated, RatedOpportunity, Scores
from journeykit.vocabulary.channels import channel_name


def account(journey: Journey, scores: Scores, opportunities: Sequence[RatedOpportunity], labels: Labels) -> str:
    """Who, how good, each touchpoint in order, the low points, and what to do; one thought a line."""
    whose = labels("alt.persona", title=journey.title, persona=journey.persona.name)
    lines = [f"{whose} {labels(f'state.{journey.state}')}. {labels(f'basis.{journey.basis}')}."]
    if journey.note:
        lines.append(journey.note)
    lines.append(_score(scores, labels))
    stage = None
    for rated in scores.touchpoints:
        if rated.stage is not stage and rated.stage.name:
            lines.append(labels("alt.stage", name=rated.stage.name))
        stage = rated.stage
        lines.append(_touchpoint(journey, rated, labels))
        lines += service(journey, rated.touchpoint, scores.by_id, labels)
    lines += _low_points(scores, labels)
    if scores.peaks:
        lines.append(labels("alt.peaks", titles="; ".join(_title(scores, peak.id) for peak in scores.peaks)))
    todo = [rated.opportunity for rated in opportunities if rated.opportunity.status not in ("done", "dropped")]
    if todo:
        lines.append(labels("alt.opportunities"))
        lines += [f"{number}. {opportunity.title}" for number, opportunity in enumerate(todo, 1)]
    lines += whole(journey, scores.by_id, labels)
    return "\n".join(lines)


def _score(scores: Scores, labels: Labels) -> str:
    if scores.score is None or scores.word is None or scores.mean is None:
        return f"{labels('score.none')}."
    shown = labels(
        "alt.score",
        score=labels.number(scores.score),
        word=labels(f"score.{scores.word}"),
        mean=labels.number(scores.mean),
    )
    if scores.band:
        low, high = map(labels.number, scores.band)
        shown += f" {labels('score.interval' if scores.is_confidence_interval else 'score.band', low=low, high=high)}."
    if scores.partial:
        shown += f" {labels('score.partial', share=labels.share(scores.coverage))}."
    return shown


def _touchpoint(journey: Journey, rated: Rated, labels: Labels) -> str:
    touchpoint = rated.touchpoint
    parts = [touchpoint.title]
    if touchpoint.at:
        parts.append(times.moment(touchpoint.at, labels))
    for id in touchpoint.channel:
        own = journey.channels.get(id)
        parts.append(channel_name(id, labels.lang, own.name if own else None))
    parts += touchpoint.feeling
    parts.append(labels("curve.unrated") if rated.score is None else labels("alt.of_100", n=labels.number(rated.score)))
    if touchpoint.moment_of_truth:
        parts.append(labels("touchpoints.moment_of_truth"))
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
