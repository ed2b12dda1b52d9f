"""Match the touchpoints of two versions of a journey: by id, then by equal title, then by similar title."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import groupby, product
from typing import Literal, NamedTuple

from journeykit.model import Journey, Place
from journeykit.vocabulary.feelings import fold

Basis = Literal["id", "title", "likeness"]
ALIKE = 0.8
"""Titles at least so similar are the same, at any position …"""
ALIKE_IN_PLACE = 0.5
"""… and titles at least so similar if they are between the same neighbours."""
MOST = 250_000
"""The most pairs of titles that are compared, about."""


class Pair(NamedTuple):
    """A touchpoint in the old and the new version; None if it has none. `basis` says how they matched."""

    old: Place | None
    new: Place | None
    basis: Basis | None = None
    moved: bool = False
    """Whether its position among those that both versions have changed."""


def matched(old: Journey, new: Journey) -> tuple[Pair, ...]:
    """Return all touchpoints of both, in the order of the new journey; removed ones are at their old position."""
    before, after = old.places, new.places
    found: dict[int, tuple[int, Basis]] = {}
    _by_key(before, after, found, lambda place: place.touchpoint.id, "id")
    _by_key(before, after, found, lambda place: fold(place.touchpoint.title), "title")
    _by_likeness(before, after, found)
    return tuple(_in_order(before, after, found, moved({m: n for m, (n, _) in found.items()})))


def _by_key(
    before: Sequence[Place],
    after: Sequence[Place],
    found: dict[int, tuple[int, Basis]],
    key: Callable[[Place], Hashable],
    basis: Basis,
) -> None:
    """Pair touchpoints with the same key that have no pair yet, in order where a key repeats."""
    taken = {n for n, _ in found.values()}
    free: dict[Hashable, list[int]] = {}
    for n, place in enumerate(after):
        if n not in taken:
            free.setdefault(key(place), []).append(n)
    for m, place in enumerate(before):
        if m not in found and (same := free.get(key(place))):
            found[m] = (same.pop(0), basis)


def _by_likeness(before: Sequence[Place], after: Sequence[Place], found: dict[int, tuple[int, Basis]]) -> None:
    """Pair the rest by the similarity of titles, the most similar first."""
    taken = {n for n, _ in found.values()}
    left = [m for m in range(len(before)) if m not in found]
    right = [n for n in range(len(after)) if n not in taken]
    if not left or not right:
        return
    gaps = _gaps(left, sorted((m, m) for m in found))
    spans = _gaps(right, sorted((n, m) for m, (n, _) in found.items()))
    titles = {("old", m): bigrams(before[m].touchpoint.title) for m in left} | {
        ("new", n): bigrams(after[n].touchpoint.title) for n in right
    }
    alike = []
    for m, n in _candidates(left, right, gaps, spans):
        likeness = dice(titles["old", m], titles["new", n])
        if likeness >= (ALIKE_IN_PLACE if gaps[m] == spans[n] else ALIKE):
            alike.append((-likeness, abs(m - n), m, n))
    for _, _, m, n in sorted(alike):
        if m not in found and n not in taken:
            found[m] = (n, "likeness")
            taken.add(n)


def _candidates(
    left: Sequence[int],
    right: Sequence[int],
    gaps: dict[int, tuple[int, int]],
    spans: dict[int, tuple[int, int]],
) -> Iterator[tuple[int, int]]:
    """Yield the pairs to compare.

    These are all pairs; if they are too many, those between the same neighbours; if these are too many, those at about
    the same relative position.
    """
    if len(left) * len(right) <= MOST:
        yield from product(left, right)
        return
    between: dict[tuple[int, int], list[int]] = {}
    for n in right:
        between.setdefault(spans[n], []).append(n)
    for gap, several in groupby(left, gaps.__getitem__):
        here, there = list(several), between.get(gap, [])
        reach = MOST // (2 * len(left))
        for at, m in enumerate(here):
            middle = at * len(there) // len(here)
            yield from ((m, n) for n in there[max(0, middle - reach) : middle + reach + 1])


def _gaps(places: Sequence[int], anchors: Sequence[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """Return between which neighbours that have a pair each place lies, by their old indexes.

    `anchors` are the places of these neighbours, in order, with their old indexes.
    """
    gaps = {}
    for place in places:
        at = bisect_left(anchors, (place, -1))
        gaps[place] = (anchors[at - 1][1] if at else -1, anchors[at][1] if at < len(anchors) else -1)
    return gaps


def bigrams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters of a text."""
    folded = f" {fold(text)} "
    return frozenset(folded[n : n + 2] for n in range(len(folded) - 1))


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Return Dice's coefficient of two texts, 0..1; it compares pairs of letters, so it works in every script."""
    return 2 * len(one & other) / (len(one) + len(other))


def moved(found: Mapping[int, int]) -> frozenset[int]:
    """Return what moved, by new index: the fewest that leave all others in the same order.

    `found` are the old indexes by the new ones, or the other way round.
    """
    pairs = sorted(found.items())
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int] = {}
    for at, (_, n) in enumerate(pairs):
        place = bisect_left(tails, n)
        before[at] = ends[place - 1] if place else -1
        tails[place : place + 1] = [n]
        ends[place : place + 1] = [at]
    kept = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        kept.add(pairs[at][0])
        at = before[at]
    return frozenset(found.keys() - kept)


def _in_order(
    before: Sequence[Place], after: Sequence[Place], found: dict[int, tuple[int, Basis]], moved: frozenset[int]
) -> Iterator[Pair]:
    """Yield the new order; a removed one follows the one that was before it."""
    back = {n: m for m, (n, _) in found.items()}
    gone: dict[int, list[int]] = {}
    last = -1
    for m in range(len(before)):
        if m not in found:
            gone.setdefault(last, []).append(m)
        elif m not in moved:
            last = m
    yield from (Pair(before[m], None) for m in gone.get(-1, ()))
    for n, place in enumerate(after):
        m = back.get(n, -1)
        if m < 0:
            yield Pair(None, place)
            continue
        yield Pair(before[m], place, found[m][1], m in moved)
        yield from (Pair(before[k], None) for k in gone.get(m, ()))
