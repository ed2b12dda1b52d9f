"""Compute score and effort of a journey with a few touchpoints changed or removed, without scoring it again.

Scoring all touchpoints for every opportunity takes seconds if there are thousands of both; here the time depends on the
number of changed touchpoints only. Sums are exact, so that the results equal those of scoring again.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, pairwise

from journeykit.model import Touchpoint, Weights
from journeykit.scoring.aggregate import WeightedScore, effective, enough
from journeykit.scoring.effort import contact_channels, seconds_spent
from journeykit.scoring.results import Saving


class WhatIfScore:
    """The score of a journey with changed touchpoints; `points` are the values of all its touchpoints."""

    def __init__(self, points: Sequence[WeightedScore], weights: Weights) -> None:
        self._points = points
        self._weights = weights
        self._scores = {n: p.score for n, p in enumerate(points) if p.score is not None and p.weight > 0}
        self._by_reach: dict[float, list[int]] = {}
        for index in sorted(self._scores, key=self._scores.__getitem__):
            self._by_reach.setdefault(points[index].reach, []).append(index)
        self._all = _Sum(point.weight for point in points)
        self._rated = _Sum(points[index].weight for index in self._scores)
        self._moments = _Sum(score * points[index].weight for index, score in self._scores.items())

    def score(self, changed: Mapping[int, float | None]) -> float | None:
        """Return J with other scores at some touchpoints, by index from 0 (None removes one); None without a score."""
        points, weights = self._points, self._weights
        changed = {index: score for index, score in changed.items() if points[index].weight > 0}
        old = {index: self._scores[index] for index in changed if index in self._scores}
        new = {index: score for index, score in changed.items() if score is not None}
        everything = self._all.changed((), (points[index].weight for index in changed.keys() - new.keys()))
        rated = self._rated.changed((points[index].weight for index in new), (points[index].weight for index in old))
        if not (rated > 0 and enough(rated / everything)):
            return None
        moments = self._moments.changed(
            (score * points[index].weight for index, score in new.items()),
            (score * points[index].weight for index, score in old.items()),
        )
        kept, mean = self._scores, moments / rated
        first = min(chain(_first_of(kept, changed), new))
        last = max(chain(_first_of(reversed(kept), changed), new))
        # Among touchpoints of equal reach, the lowest and highest scores have the lowest and highest effects.
        lowest = chain.from_iterable(_first_of(one, changed) for one in self._by_reach.values())
        highest = chain.from_iterable(_first_of(reversed(one), changed) for one in self._by_reach.values())

        def effect(index: int) -> tuple[float, float]:
            """Return the rounded effect, for comparisons, and the exact one; see `effective`."""
            score, reach = new[index] if index in new else kept[index], points[index].reach
            return effective(score, reach, mean), mean + reach * (score - mean)

        effects_low = [(*effect(index), index) for index in chain(lowest, new)]
        effects_high = [(*effect(index), index) for index in chain(highest, new)]
        return math.fsum((
            weights.mean * mean,
            weights.peak * max(effects_high, key=lambda one: (one[0], one[2]))[1],
            weights.valley * min(effects_low, key=lambda one: (one[0], one[2]))[1],
            weights.end * effect(last)[1],
            weights.first * effect(first)[1],
        ))  # fmt: skip


class RemovalSavings:
    """The savings of removing touchpoints."""

    def __init__(self, touchpoints: Sequence[Touchpoint]) -> None:
        self._touchpoints = touchpoints
        used = ((index, contact_channels(touchpoint)) for index, touchpoint in enumerate(touchpoints))
        self._contacts = [(index, channels) for index, channels in used if channels]
        self._place = {index: place for place, (index, _) in enumerate(self._contacts)}

    def saving(self, gone: Collection[int]) -> Saving:
        """Return the saving of removing the touchpoints with these indexes, each given once."""
        touchpoints = [self._touchpoints[index] for index in gone]
        return Saving(
            touchpoints=len(touchpoints),
            seconds=math.fsum(map(seconds_spent, touchpoints)),
            handoffs=sum(len(touchpoint.handoffs) for touchpoint in touchpoints),
            channel_switches=self._switches_saved(sorted(self._place[index] for index in gone if index in self._place)),
        )

    def _switches_saved(self, places: Sequence[int]) -> int:
        """Return the switches at the contacts at these places, less those between contacts that become neighbours."""
        saved = 0
        for start, end in _runs(places):
            before = range(max(start - 1, 0), min(end + 1, len(self._contacts) - 1))
            saved += sum(self._switch(place, place + 1) for place in before)
            if start > 0 and end + 1 < len(self._contacts):
                saved -= self._switch(start - 1, end + 1)
        return saved

    def _switch(self, a: int, b: int) -> bool:
        return self._contacts[a][1].isdisjoint(self._contacts[b][1])


class _Sum:
    """The exact sum of numbers, as a few numbers that add up to it."""

    def __init__(self, values: Iterable[float]) -> None:
        rest = list(values)
        self._parts: list[float] = []
        while part := math.fsum(rest):
            self._parts.append(part)
            rest.append(-part)

    def changed(self, added: Iterable[float], taken: Iterable[float]) -> float:
        """Return the sum after adding some numbers and removing others."""
        return math.fsum(chain(self._parts, added, (-value for value in taken)))


def _first_of(indexes: Iterable[int], changed: Mapping[int, object]) -> Iterator[int]:
    """Return the first index that is not changed, if there is one."""
    return islice((index for index in indexes if index not in changed), 1)


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of each run of consecutive numbers in a sorted sequence."""
    breaks = [number for number, (a, b) in enumerate(pairwise(places), start=1) if b != a + 1]
    for start, end in pairwise([0, *breaks, len(places)] if places else []):
        yield places[start], places[end - 1]
