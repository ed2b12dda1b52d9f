"""Compare a journey with what it would be after several of its opportunities together."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from journeykit.comparing.comparison import Comparison, compare
from journeykit.comparing.journey_diff import JourneyDiff
from journeykit.model import Opportunity
from journeykit.scoring import RatedOpportunity, Scores, opportunities, score, simulate


@dataclass(frozen=True)
class Forecast:
    """The effect of several opportunities together, and of each alone."""

    file: str
    now: Scores
    future: Scores
    """Of the intended journey: its state is `future`."""
    simulated: tuple[RatedOpportunity, ...]
    """In the order of the file; their gain is that of each alone."""
    idle: tuple[Opportunity, ...]
    """Opportunities with neither a target nor a removal, which cannot be simulated."""

    @cached_property
    def pictured(self) -> JourneyDiff:
        """The diff from the journey to the intended one, as of two versions of a file."""
        return JourneyDiff(self.file, self.file, self.now, self.future)

    @cached_property
    def comparison(self) -> Comparison:
        """The comparison of the journey with the intended one."""
        return compare(self.now, self.future)

    @cached_property
    def change(self) -> JourneyDiff:
        """As `pictured`, without the change of the state, which is always the same."""
        same_state = self.future.journey.model_copy(update={"state": self.now.journey.state})
        return JourneyDiff(self.file, self.file, self.now, replace(self.future, journey=same_state), simulated=True)

    @property
    def one_by_one(self) -> float | None:
        """The sum of the gains of each alone; larger than the gain together where two improve the same touchpoint."""
        gains = [rated.gain for rated in self.simulated]
        return None if None in gains else math.fsum(gain for gain in gains if gain is not None)

    @cached_property
    def through(self) -> Mapping[str, list[str]]:
        """By the id of a touchpoint the ids of the opportunities that change it or take it out."""
        found: dict[str, list[str]] = {}
        for one in (rated.opportunity for rated in self.simulated):
            for id in dict.fromkeys((*one.target, *one.removes)):
                found.setdefault(id, []).append(one.id)
        return found


def forecast(file: str, scores: Scores, ids: Collection[str]) -> Forecast | None:
    """Return the journey after the opportunities with these ids; None if it has none of them."""
    journey = scores.journey
    by_id = {rated.opportunity.id: rated for rated in opportunities(journey, scores)}
    chosen = [by_id[one.id] for one in journey.opportunities if one.id in ids]
    if not chosen:
        return None
    able = [rated for rated in chosen if rated.opportunity.target or rated.opportunity.removes]
    idle = [rated.opportunity for rated in chosen if rated not in able]
    future = simulate(journey, [rated.opportunity for rated in able], scores.settings.source)
    return Forecast(file, scores, score(future, scores.settings), tuple(able), tuple(idle))
