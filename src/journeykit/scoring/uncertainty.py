"""Propagate the uncertainties of touchpoints to the journey's score, with their correlations.

Errors of two judgements that rest on the same source, or both on none, are fully correlated (ρ = 1): one author's bias
does not average out. Answers of one questionnaire are correlated (ρ = 0.4 unless its source states its `correlation`;
the mean r between touchpoints was .37 to .41 in three surveys of airport passengers). Scores with different sources
are independent.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, Protocol, TypeAlias

CORRELATION = 0.4
"""The default correlation between the answers to two questions of one questionnaire."""

ErrorSourceKind: TypeAlias = Literal["judged", "survey"]


class ErrorSource(NamedTuple):
    """What the error of a score comes from: one author, or one questionnaire.

    Errors of scores with equal error sources have the correlation `rho`, 0..1.
    """

    kind: ErrorSourceKind = "judged"
    source: str | None = None
    """Id of the source; None for the author alone, or a survey without a source."""
    rho: float = 1.0


class Contribution(NamedTuple):
    """What a touchpoint contributes to the journey's score: its score S with half-width u, times its coefficient c."""

    score: float
    half_width: float
    coefficient: float
    error_source: ErrorSource
    scale: str | None = None
    """The scale of the survey, if it is one."""


def rescaled(old: ScoredContributions, new: ScoredContributions, renamed: Mapping[str, str]) -> bool:
    """Return whether a touchpoint was surveyed on scales of different length, whose means are not comparable."""
    pairs = ((old.contributions.get(renamed.get(id, id)), now) for id, now in new.contributions.items())
    return any(was and was.scale and now.scale and _steps(was.scale) != _steps(now.scale) for was, now in pairs)


def _steps(scale: str) -> float:
    low, high = scale.split("..")
    return float(high) - float(low)


class ScoredContributions(Protocol):
    """A scored version of a journey: its score, half-width u, and contributions by touchpoint id."""

    @property
    def score(self) -> float | None: ...

    @property
    def half_width(self) -> float | None: ...

    @property
    def contributions(self) -> Mapping[str, Contribution]: ...


def half_width_of(contributions: Iterable[Contribution]) -> float:
    """Return u_J = √(Σ Σ c_i c_j ρ_ij u_i u_j)."""
    return math.sqrt(math.fsum(_covariance((one, one) for one in contributions)))


def half_width_of_delta(old: ScoredContributions, new: ScoredContributions, renamed: Mapping[str, str]) -> float | None:
    """Return u of ΔJ; None unless both versions have a half-width.

    u(ΔJ)² = u_N² + u_O² − 2·Σ Σ c_i^N c_j^O ρ_ij u_i u_j, over the touchpoints with the same contribution in both:
    unchanged contributions add no uncertainty, and a changed contribution is independent of the old one. `renamed` has
    the old id of each touchpoint of the new version whose id changed.
    """
    if old.half_width is None or new.half_width is None:
        return None
    pairs = ((old.contributions.get(renamed.get(id, id)), now) for id, now in new.contributions.items())
    shared = math.fsum(_covariance((was, now) for was, now in pairs if was is not None and _is_same(was, now)))
    return math.sqrt(max(0.0, new.half_width**2 + old.half_width**2 - 2 * shared))


def changed_contributions(
    old: ScoredContributions, new: ScoredContributions, renamed: Mapping[str, str]
) -> Iterator[Contribution]:
    """Yield the contributions of either version that differ from those of the other."""
    kept = set()
    for id, now in new.contributions.items():
        was = old.contributions.get(renamed.get(id, id))
        if was is not None and _is_same(was, now):
            kept.add(renamed.get(id, id))
        else:
            yield now
    yield from (was for id, was in old.contributions.items() if id not in kept)


def _is_same(was: Contribution, now: Contribution) -> bool:
    """Return whether two versions have the same score of a touchpoint, with the same error source.

    A new survey has another spread.
    """
    same_answers = now.error_source.kind == "judged" or was.half_width == now.half_width
    return was.score == now.score and was.error_source == now.error_source and same_answers


def _covariance(pairs: Iterable[tuple[Contribution, Contribution]]) -> Iterable[float]:
    """Return Σ Σ c_i c_j ρ_ij u_i u_j over pairs of the same touchpoints, a term for each error source."""
    error_sources: dict[ErrorSource, list[tuple[float, float]]] = {}
    for one, other in pairs:
        parts = (one.coefficient * one.half_width, other.coefficient * other.half_width)
        error_sources.setdefault(other.error_source, []).append(parts)
    for error_source, found in error_sources.items():
        together = math.fsum(a for a, _ in found) * math.fsum(b for _, b in found)
        yield error_source.rho * together + (1 - error_source.rho) * math.fsum(a * b for a, b in found)
