"""ΔJ: by how much a journey's score differs between two versions, and how uncertain that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from journeykit.scoring.uncertainty import Stated, half_width_of_delta


class ScoreDelta(NamedTuple):
    """ΔJ and its half-width u, on 0..100; u is None where one of the two is not known."""

    delta: float
    half_width: float | None

    @property
    def beyond_uncertainty(self) -> bool:
        """Whether it is larger than what is uncertain about it."""
        return self.half_width is not None and abs(self.delta) > self.half_width


def score_delta(old: Stated, new: Stated, renamed: Mapping[str, str] | None = None) -> ScoreDelta | None:
    """Return the difference of two versions' scores; None unless both have one.

    `renamed` has the old id of each touchpoint of the new version whose id changed. What both versions say in the same
    way, on the same ground, makes no difference uncertain.
    """
    if old.score is None or new.score is None:
        return None
    return ScoreDelta(new.score - old.score, half_width_of_delta(old, new, renamed or {}))
