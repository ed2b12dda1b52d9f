"""What opportunities are worth: which one first, and what it would do to the score."""

from __future__ import annotations

import math
from collections.abc import Sequence

from journeykit.model import Journey, Opportunity
from journeykit.scoring.aggregate import Point, aggregate
from journeykit.scoring.effort import effort_of, seconds_spent
from journeykit.scoring.rating import Rater
from journeykit.scoring.results import Rated, RatedOpportunity, Saving
from journeykit.scoring.scores import Scores, score
from journeykit.scoring.simulation import simulate, with_target

CONFIDENCE = {"low": 0.5, "medium": 0.8, "high": 1.0}
"""What the words for confidence stand for."""


def opportunities(journey: Journey, scores: Scores | None = None) -> tuple[RatedOpportunity, ...]:
    """A journey's opportunities, the most worthwhile first; those without impact or effort come last.

    `scores` are the journey's, if they are there already; their settings hold for the gain too.
    """
    scores = scores or score(journey)
    rater = Rater(journey, scores.settings.source)
    return tuple(sorted((_rated(opportunity, scores, rater) for opportunity in journey.opportunities), key=worth))


def worth(rated: RatedOpportunity) -> tuple[float, float, float, str]:
    """Sorts opportunities, the most worthwhile first: priority down, gain down, effort up, id; unknown comes last."""
    last = float("inf")
    opportunity = rated.opportunity
    return (
        last if rated.priority is None else -round(rated.priority, 6),
        last if rated.gain is None else -round(rated.gain, 6),
        last if opportunity.effort is None else opportunity.effort,
        opportunity.id,
    )


def _rated(opportunity: Opportunity, scores: Scores, rater: Rater) -> RatedOpportunity:
    addressed = [scores.by_id[id] for id in opportunity.at if id in scores.by_id]
    after = _score_after(opportunity, scores, rater)
    return RatedOpportunity(
        opportunity=opportunity,
        priority=_priority(opportunity, addressed),
        opportunity_score=max(
            (_ulwick(rated.importance_prime, rated.score) for rated in addressed if rated.score is not None),
            default=None,
        ),
        gain=None if after is None or scores.score is None else after - scores.score,
        after=after,
        saves=_saving(opportunity, scores),
    )


def _priority(opportunity: Opportunity, addressed: Sequence[Rated]) -> float | None:
    """Reach · impact · confidence / effort (the RICE form of Intercom), times 20."""
    if opportunity.impact is None or opportunity.effort is None or not addressed:
        return None
    sure = opportunity.confidence
    confidence = CONFIDENCE[sure] if isinstance(sure, str) else sure
    reach = max(rated.touchpoint.reach for rated in addressed)
    return 20 * reach * opportunity.impact * confidence / opportunity.effort


def _ulwick(importance: float, score: float) -> float:
    """Importance and what is missing in satisfaction, each on 0..10 (after Ulwick)."""
    weight = 2.5 * (importance - 1)
    return weight + max(weight - score / 10, 0.0)


def _score_after(opportunity: Opportunity, scores: Scores, rater: Rater) -> float | None:
    """The score of the simulated journey, from the ratings that are there already."""
    if scores.score is None or not (opportunity.target or opportunity.removes):
        return None
    points = []
    for rated in scores.touchpoints:
        if rated.id in opportunity.removes:
            continue
        value = rated.score
        if (target := opportunity.target.get(rated.id)) is not None:
            intended = with_target(rated.touchpoint, target, scores.journey.scale, scores.settings.source)
            value = rater.rate(intended).score
        points.append(Point(value, rated.weight))
    return aggregate(points, scores.settings.weights).score


def _saving(opportunity: Opportunity, scores: Scores) -> Saving | None:
    if not opportunity.removes:
        return None
    before = scores.effort
    after = effort_of(simulate(scores.journey, [opportunity]))
    gone = [scores.by_id[id].touchpoint for id in set(opportunity.removes) if id in scores.by_id]
    return Saving(
        touchpoints=before.touchpoints - after.touchpoints,
        seconds=math.fsum(map(seconds_spent, gone)),
        handoffs=before.handoffs - after.handoffs,
        channel_switches=before.channel_switches - after.channel_switches,
    )
