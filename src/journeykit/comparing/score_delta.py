"""ΔJ: by how much a journey's score differs between two versions, and how uncertain that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, Protocol, TypeAlias

from journeykit.scoring.aggregate import JUDGED
from journeykit.scoring.uncertainty import ScoredContributions, changed_contributions, half_width_of_delta, rescaled

Verdict: TypeAlias = Literal["same", "beyond", "within", "intended", "assumed", "rescaled"]
"""The verdict on a difference of scores. `beyond` and `within` its uncertainty are given only where all that differs
rests on research or surveys. `intended`: one version is a plan (`state: future`), which was not measured. `assumed`:
what differs is only assumed by the author. `rescaled`: a survey used a scale of another length."""
STAYS = 0.05
"""A smaller difference does not show in one decimal."""


class ScoredVersion(ScoredContributions, Protocol):
    """A scored version of a journey."""

    @property
    def is_future(self) -> bool: ...


class ScoreDelta(NamedTuple):
    """ΔJ and its half-width u, on 0..100; u is None if that of either version is unknown."""

    delta: float
    half_width: float | None
    verdict: Verdict

    @property
    def beyond_uncertainty(self) -> bool | None:
        """Whether it is larger than its uncertainty; None if that cannot be judged."""
        return {"beyond": True, "within": False, "same": False}.get(self.verdict)


def score_delta(old: ScoredVersion, new: ScoredVersion, renamed: Mapping[str, str] | None = None) -> ScoreDelta | None:
    """Return the difference of two versions' scores; None unless both have one.

    `renamed` has the old id of each touchpoint of the new version whose id changed. A score that
    both versions have, with the same error source, adds no uncertainty.
    """
    if old.score is None or new.score is None:
        return None
    delta = new.score - old.score
    half_width = half_width_of_delta(old, new, renamed or {})
    return ScoreDelta(delta, half_width, _verdict(old, new, delta, half_width, renamed or {}))


def _verdict(
    old: ScoredVersion, new: ScoredVersion, delta: float, half_width: float | None, renamed: Mapping[str, str]
) -> Verdict:
    if abs(delta) < STAYS:
        return "same"
    if old.is_future or new.is_future:
        return "intended"
    if rescaled(old, new, renamed):
        return "rescaled"
    if half_width is None or any(one.error_source == JUDGED for one in changed_contributions(old, new, renamed)):
        return "assumed"
    return "beyond" if abs(delta) > half_width else "within"
