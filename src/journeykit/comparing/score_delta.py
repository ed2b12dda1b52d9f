"""ΔJ: by how much a journey's score differs between two versions, and how uncertain that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, Protocol, TypeAlias

from journeykit.scoring.aggregate import JUDGED
from journeykit.scoring.uncertainty import ScoredStatements, changed_statements, half_width_of_delta, rescaled

Verdict: TypeAlias = Literal["same", "beyond", "within", "intended", "assumed", "rescaled"]
"""What a difference of scores comes to. `beyond` and `within` what is uncertain about it are said only where all that
differs rests on research or surveys. `intended`: one version is a plan (`state: future`), which nobody measured.
`assumed`: what differs rests on nothing but its author. `rescaled`: a survey was held on a scale of another length."""
STAYS = 0.05
"""A smaller difference is not to be seen in one decimal."""


class ScoredVersion(ScoredStatements, Protocol):
    """A scored version of a journey."""

    @property
    def is_future(self) -> bool: ...


class ScoreDelta(NamedTuple):
    """ΔJ and its half-width u, on 0..100; u is None where one of the two is not known."""

    delta: float
    half_width: float | None
    verdict: Verdict

    @property
    def beyond_uncertainty(self) -> bool | None:
        """Whether it is larger than what is uncertain about it; None where that cannot be judged."""
        return {"beyond": True, "within": False, "same": False}.get(self.verdict)


def score_delta(old: ScoredVersion, new: ScoredVersion, renamed: Mapping[str, str] | None = None) -> ScoreDelta | None:
    """Return the difference of two versions' scores; None unless both have one.

    `renamed` has the old id of each touchpoint of the new version whose id changed. What both versions say in the same
    way, on the same ground, makes no difference uncertain.
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
    if half_width is None or any(one.ground == JUDGED for one in changed_statements(old, new, renamed)):
        return "assumed"
    return "beyond" if abs(delta) > half_width else "within"
