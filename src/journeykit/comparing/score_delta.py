"""ΔJ: by how much a journey's score differs between two versions, and how uncertain that is."""

from __future__ import annotations

from math import hypot
from typing import NamedTuple, Protocol


class HasScore(Protocol):
    """A version's score J and half the width of its band, where it has them."""

    @property
    def score(self) -> float | None: ...

    @property
    def half_width(self) -> float | None: ...


class ScoreDelta(NamedTuple):
    """ΔJ and its u = √(u_A² + u_B²), on 0..100; u is None where one of the two is not known."""

    delta: float
    half_width: float | None

    @property
    def beyond_uncertainty(self) -> bool:
        """Whether it is larger than what is uncertain about it."""
        return self.half_width is not None and abs(self.delta) > self.half_width


def score_delta(old: HasScore, new: HasScore) -> ScoreDelta | None:
    """None unless both versions have a score."""
    if old.score is None or new.score is None:
        return None
    known = old.half_width is not None and new.half_width is not None
    return ScoreDelta(new.score - old.score, hypot(old.half_width or 0.0, new.half_width or 0.0) if known else None)
