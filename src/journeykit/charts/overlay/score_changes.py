"""Changes of scores between versions of a journey, by touchpoints with the same id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from journeykit.charts.overlay.members import Member
from journeykit.comparing.score_delta import ScoreDelta, score_delta

MOST = 3
LEAST = 12.5
"""The least change that is marked: half a step of the five-point scale."""
ALIKE = 0.5
"""The least share of the shorter journey's touchpoints that two versions have in common."""


class ScoreChange(NamedTuple):
    """The scores of a touchpoint in the first journey and in a later one."""

    old: Member
    new: Member
    id: str
    before: float
    after: float

    @property
    def delta(self) -> float:
        return self.after - self.before


def changes(members: Sequence[Member]) -> list[ScoreChange]:
    """Return the largest changes from the first journey to its versions, one for each touchpoint, largest first."""
    old = members[0]
    found = [change for new in members[1:] if versions(old, new) for change in _between(old, new)]
    found.sort(key=lambda one: -abs(round(one.delta, 6)))
    largest: dict[str, ScoreChange] = {}
    for change in found:
        largest.setdefault(change.id, change)
    return list(largest.values())[:MOST]


def gain(old: Member, new: Member) -> ScoreDelta | None:
    """Return the change of the score, or None if `new` is no version of `old` or a score is missing."""
    return None if new is old or not versions(old, new) else score_delta(old.scores, new.scores)


def versions(old: Member, new: Member) -> bool:
    """Return whether two journeys have the same persona and mostly the same touchpoints."""
    if old.journey.persona.id != new.journey.persona.id:
        return False
    ids = [set(member.scores.by_id) for member in (old, new)]
    return len(ids[0] & ids[1]) >= ALIKE * min(map(len, ids))


def _between(old: Member, new: Member) -> list[ScoreChange]:
    found = []
    for rated in old.scores.touchpoints:
        other = new.scores.by_id.get(rated.id)
        if rated.score is None or other is None or other.score is None:
            continue
        if abs(round(other.score - rated.score, 6)) >= LEAST:
            found.append(ScoreChange(old, new, rated.id, rated.score, other.score))
    return found
