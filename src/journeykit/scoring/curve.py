"""The shape of the curve: low points, peaks and drops along the rated touchpoints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from journeykit.scoring.results import Drop, Kind, LowPoint, Peak, Rated
from journeykit.scoring.settings import Settings

NEUTRAL, RECOVERY, ABYSS = 50.0, 100.0, 0.0
"""Levels before and after the curve: a neutral start, and an end that completes the last valley or peak."""
HIGH = 75.0
"""Valleys at or above this score are not low points; peaks are at or above it."""
WOW, SURPRISE = 90.0, 25.0
"""The least score of a wow, and the least gap to the expectation."""


class Plateau(NamedTuple):
    """Neighbouring rated touchpoints of equal score, and the prominence of their turn; None if there is no turn."""

    members: tuple[Rated, ...]
    score: float
    prominence: float | None


def low_points_of(rated: Sequence[Rated], settings: Settings) -> tuple[LowPoint, ...]:
    """Return the low points by rank; `rated` are the rated touchpoints that anybody meets, in order."""
    found = []
    for run in _runs(rated, upside_down=True):
        prominence = run.prominence or 0.0
        valley = run.prominence is not None
        deep = valley and prominence >= settings.min_prominence and run.score < HIGH
        if deep or run.score < settings.pain:
            severity = max(_severity(member, run.score, prominence) for member in run.members)
            found.append((run, valley, prominence, severity))
    found.sort(key=lambda low: (-round(low[3], 6), -low[2], low[0].score))  # stable: earlier first
    return tuple(
        LowPoint(*_names(run), run.score, _kind(run.score, settings), valley, prominence, severity, rank)
        for rank, (run, valley, prominence, severity) in enumerate(found, start=1)
    )


def peaks_of(rated: Sequence[Rated], settings: Settings) -> tuple[Peak, ...]:
    """Return peaks in the order of the journey."""
    found = []
    for run in _runs(rated, upside_down=False):
        if run.prominence is None or run.prominence < settings.min_prominence or run.score < HIGH:
            continue
        gaps = [round(run.score - member.expected, 6) for member in run.members if member.expected is not None]
        gap = max(gaps, default=None)
        wow = run.score >= WOW and gap is not None and gap >= SURPRISE
        found.append(Peak(*_names(run), run.score, run.prominence, gap, wow))
    return tuple(found)


def drops_of(rated: Sequence[Rated], settings: Settings) -> tuple[Drop, ...]:
    """Return steep falls in the order of the journey."""
    falls = ((a.id, b.id, round(_score(b) - _score(a), 6)) for a, b in pairwise(rated))
    return tuple(Drop(*fall) for fall in falls if fall[2] < 0 and -fall[2] >= settings.min_drop)


def _score(rated: Rated) -> float:
    assert rated.score is not None, "only rated touchpoints make the curve"
    return rated.score


def _names(run: Plateau) -> tuple[str, tuple[str, ...]]:
    return run.members[0].id, tuple(member.id for member in run.members)


def _kind(score: float, settings: Settings) -> Kind:
    return "critical" if score <= settings.critical else "pain" if score < settings.pain else "dip"


def _severity(member: Rated, score: float, prominence: float) -> float:
    below = min(max((NEUTRAL - score) / 50, 0.0), 1.0)
    return 100 * member.importance_prime / 5 * member.touchpoint.reach * (below / 2 + prominence / 200)


def _runs(rated: Sequence[Rated], *, upside_down: bool) -> Iterator[Plateau]:
    groups = [(score, tuple(members)) for score, members in groupby(rated, key=_score)]
    levels = [NEUTRAL, *(score for score, _ in groups), RECOVERY if upside_down else ABYSS]
    found = prominences([-level for level in levels] if upside_down else levels)[1:-1]
    for (score, members), prominence in zip(groups, found, strict=True):
        yield Plateau(members, score, prominence)


def prominences(levels: Sequence[float]) -> list[float | None]:
    """Return topographic prominence of each interior level that is higher than both its neighbours, None of the others.

    Flat tops must be one level. The prominence is the height above the higher of the two lowest levels met on the
    way to the next higher level, or to the border, on either side. Linear in time.
    """
    left = _lowest_before_higher(levels)
    right = _lowest_before_higher(levels[::-1])[::-1]
    found: list[float | None] = [None] * len(levels)
    for i in range(1, len(levels) - 1):
        if levels[i - 1] < levels[i] > levels[i + 1]:
            # rounded to six decimals, as scores are, so that equal differences are equal
            found[i] = round(levels[i] - max(left[i], right[i]), 6)
    return found


def _lowest_before_higher(levels: Sequence[float]) -> list[float]:
    """Return for each level the lowest one to the left, itself included, before one that is higher."""
    found: list[float] = []
    waiting: list[tuple[float, float]] = []  # falling levels, each with the lowest since the last
    for level in levels:
        lowest = level
        while waiting and waiting[-1][0] <= level:
            lowest = min(lowest, waiting.pop()[1])
        waiting.append((level, lowest))
        found.append(lowest)
    return found
