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

GroundKind: TypeAlias = Literal["judged", "survey"]


class Ground(NamedTuple):
    """The evidence that a score rests on. Errors of scores with equal grounds have the correlation `rho`, 0..1."""

    kind: GroundKind = "judged"
    source: str | None = None
    """Id of the source; None for the author alone, or a survey without a source."""
    rho: float = 1.0


class Statement(NamedTuple):
    """A touchpoint's part in the journey's score: its score S with half-width u, its coefficient c, and its ground."""

    score: float
    half_width: float
    coefficient: float
    ground: Ground
    scale: str | None = None
    """The scale of the survey, if it is one."""


def rescaled(old: ScoredStatements, new: ScoredStatements, renamed: Mapping[str, str]) -> bool:
    """Return whether a touchpoint was surveyed on scales of different length, whose means are not comparable."""
    pairs = ((old.statements.get(renamed.get(id, id)), now) for id, now in new.statements.items())
    return any(was and was.scale and now.scale and _steps(was.scale) != _steps(now.scale) for was, now in pairs)


def _steps(scale: str) -> float:
    low, high = scale.split("..")
    return float(high) - float(low)


class ScoredStatements(Protocol):
    """A scored version of a journey: its score, half-width u, and statements by touchpoint id."""

    @property
    def score(self) -> float | None: ...

    @property
    def half_width(self) -> float | None: ...

    @property
    def statements(self) -> Mapping[str, Statement]: ...


def half_width_of(statements: Iterable[Statement]) -> float:
    """Return u_J = √(Σ Σ c_i c_j ρ_ij u_i u_j)."""
    return math.sqrt(math.fsum(_covariance((one, one) for one in statements)))


def half_width_of_delta(old: ScoredStatements, new: ScoredStatements, renamed: Mapping[str, str]) -> float | None:
    """Return u of ΔJ; None unless both versions have a half-width.

    u(ΔJ)² = u_N² + u_O² − 2·Σ Σ c_i^N c_j^O ρ_ij u_i u_j, over the touchpoints with the same statement in both:
    unchanged statements add no uncertainty, and a changed statement is independent of the old one. `renamed` has the
    old id of each touchpoint of the new version whose id changed.
    """
    if old.half_width is None or new.half_width is None:
        return None
    pairs = ((old.statements.get(renamed.get(id, id)), now) for id, now in new.statements.items())
    shared = math.fsum(_covariance((was, now) for was, now in pairs if was is not None and _is_same(was, now)))
    return math.sqrt(max(0.0, new.half_width**2 + old.half_width**2 - 2 * shared))


def changed_statements(old: ScoredStatements, new: ScoredStatements, renamed: Mapping[str, str]) -> Iterator[Statement]:
    """Yield the statements of either version that differ from those of the other."""
    kept = set()
    for id, now in new.statements.items():
        was = old.statements.get(renamed.get(id, id))
        if was is not None and _is_same(was, now):
            kept.add(renamed.get(id, id))
        else:
            yield now
    yield from (was for id, was in old.statements.items() if id not in kept)


def _is_same(was: Statement, now: Statement) -> bool:
    """Return whether two versions have the same score of a touchpoint, on the same ground.

    A new survey has another spread.
    """
    held_once = now.ground.kind == "judged" or was.half_width == now.half_width
    return was.score == now.score and was.ground == now.ground and held_once


def _covariance(pairs: Iterable[tuple[Statement, Statement]]) -> Iterable[float]:
    """Return Σ Σ c_i c_j ρ_ij u_i u_j over pairs of the same touchpoints, a term for each ground."""
    grounds: dict[Ground, list[tuple[float, float]]] = {}
    for one, other in pairs:
        parts = (one.coefficient * one.half_width, other.coefficient * other.half_width)
        grounds.setdefault(other.ground, []).append(parts)
    for ground, found in grounds.items():
        together = math.fsum(a for a, _ in found) * math.fsum(b for _, b in found)
        yield ground.rho * together + (1 - ground.rho) * math.fsum(a * b for a, b in found)
