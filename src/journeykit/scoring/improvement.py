"""Rank opportunities, and compute their gain for the journey's score."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

from journeykit.model import Journey, Opportunity
from journeykit.scoring.aggregate import mostly_hidden
from journeykit.scoring.rating import on_100
from journeykit.scoring.results import Rated, RatedOpportunity
from journeykit.scoring.scores import Scores, score
from journeykit.scoring.what_if import RemovalSavings, WhatIfScore

CONFIDENCE = {"low": 0.5, "medium": 0.8, "high": 1.0}
"""The factors of words for confidence."""


def opportunities(journey: Journey, scores: Scores | None = None) -> tuple[RatedOpportunity, ...]:
    """Return a journey's opportunities, the most worthwhile first; those without impact or effort follow by their need.

    `scores` are the journey's, if they are there already; their settings hold for the gain too.
    """
    rater = _OpportunityRater(scores or score(journey))
    return tuple(sorted(map(rater.rated, journey.opportunities), key=worth))


def worth(rated: RatedOpportunity) -> tuple[float, float, float, float]:
    """Return the sort key of opportunities, the most worthwhile first: priority down, gain down, effort up; unknown
    comes last.

    Those without a priority follow by opportunity score. Equal ones stay in the order of the file.
    """
    last = float("inf")
    need = 0.0 if rated.priority is not None else _down(rated.opportunity_score)
    effort = rated.opportunity.effort
    return _down(rated.priority), need, _down(rated.gain), last if effort is None else effort


def _down(value: float | None) -> float:
    return float("inf") if value is None else -round(value, 6)


class _OpportunityRater:
    """Rates opportunities by the current scores of the journey."""

    def __init__(self, scores: Scores) -> None:
        self._scores = scores
        self._index = {rated.id: index for index, rated in enumerate(scores.touchpoints)}
        self._what_if = WhatIfScore(scores.points, scores.settings.weights)
        self._before = self._what_if.score({})

    @cached_property
    def _removal(self) -> RemovalSavings:
        return RemovalSavings(self._scores.journey.touchpoints)

    def rated(self, opportunity: Opportunity) -> RatedOpportunity:
        """Return an opportunity with its priority, gain and savings."""
        rates = tuple(id for id in opportunity.target if id in self._index and self._is_unrated(id))
        addressed = [
            self._scores.by_id[id] for id in self._scores.journey.touchpoint_ids(opportunity.at) if id in self._index
        ]
        after = self._score_after(opportunity)
        gone = {self._index[id] for id in opportunity.removes if id in self._index}
        return RatedOpportunity(
            opportunity=opportunity,
            priority=_priority(opportunity, addressed),
            opportunity_score=max(
                (_ulwick(rated.importance_prime, rated.score) for rated in addressed if rated.score is not None),
                default=None,
            ),
            gain=None if after is None or self._before is None else after - self._before,
            after=after,
            saves=self._removal.saving(gone) if opportunity.removes else None,
            rates=rates,
        )

    def _is_unrated(self, id: str) -> bool:
        rated = self._scores.by_id[id]
        return rated.score is None and not rated.hidden

    def _score_after(self, opportunity: Opportunity) -> float | None:
        """Return the score of the journey with the targets reached and the removed touchpoints gone.

        The target replaces the score, whatever its source: see `with_target`.
        """
        if self._before is None or not (opportunity.target or opportunity.removes):
            return None
        changed: dict[int, float | None] = {
            self._index[id]: on_100(target, self._scores.journey.scale)
            for id, target in opportunity.target.items()
            if id in self._index
        }
        changed.update((self._index[id], None) for id in opportunity.removes if id in self._index)
        touchpoints = self._scores.touchpoints
        if any(touchpoints[index].hidden for index in changed):
            return None  # the gain would reveal a hidden score
        if any(score is not None and touchpoints[index].score is None for index, score in changed.items()):
            return None  # rating an unrated touchpoint is not a gain
        if self._hides(changed):
            return None
        return self._what_if.score(changed)

    def _hides(self, changed: Mapping[int, float | None]) -> bool:
        """Return whether the score after a change would tell little else than what is hidden."""
        if not self._scores.rests_on:
            return False
        left = [
            rated
            for index, rated in enumerate(self._scores.touchpoints)
            if (rated.hidden or rated.score is not None) and changed.get(index, 0.0) is not None
        ]
        hidden = math.fsum(rated.weight for rated in left if rated.hidden)
        return mostly_hidden(hidden, math.fsum(rated.weight for rated in left))


def _priority(opportunity: Opportunity, addressed: Sequence[Rated]) -> float | None:
    """Return reach · impact · confidence / effort (the RICE form of Intercom), times 20."""
    if opportunity.impact is None or opportunity.effort is None or not addressed:
        return None
    sure = opportunity.confidence
    confidence = CONFIDENCE[sure] if isinstance(sure, str) else sure
    reach = max(rated.touchpoint.reach for rated in addressed)
    return 20 * reach * opportunity.impact * confidence / opportunity.effort


def _ulwick(importance: float, score: float) -> float:
    """Return the opportunity score: importance plus the gap to satisfaction, each on 0..10 (after Ulwick)."""
    weight = 2.5 * (importance - 1)
    return weight + max(weight - score / 10, 0.0)
