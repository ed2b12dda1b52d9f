"""The order of parts that two versions added, removed and moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Hashable, Sequence
from typing import TypeVar

from journeykit.changing.merging.blocks import Line, Lines

Key = TypeVar("Key", bound=Hashable)


def in_order(
    base: Sequence[Key],
    ours: Sequence[Key],
    theirs: Sequence[Key],
    kept: Collection[Key],
    *,
    theirs_first: bool = False,
) -> list[Key]:
    """What is kept, in the order of ours, with what theirs moved or added behind what it follows there.

    At one place stands what ours added, then what theirs added; the other way round if `theirs_first`.
    """
    here, there_moved = moved(base, ours), moved(base, theirs)
    known, there = set(base), set(theirs)
    order = [key for key in ours if key in kept and (key not in there_moved or key in here)]
    placed = set(order)
    added = {key for key in order if key not in known and key not in there}
    before: Key | None = None  # the last one of theirs that has a place
    inserted = False
    for key in theirs:
        if key in placed:
            if key not in here:
                before, inserted = key, False
        elif key in kept:
            at = 0 if before is None else order.index(before) + 1
            while not theirs_first and not inserted and at < len(order) and order[at] in added:
                at += 1
            order.insert(at, key)
            before, inserted = key, True
    return order


def moved(base: Sequence[Key], side: Sequence[Key]) -> frozenset[Key]:
    """What stands elsewhere: the fewest without which all others are in the same order."""
    where = {key: number for number, key in enumerate(base)}
    common = [key for key in side if key in where]
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for at, key in enumerate(common):
        place = bisect_left(tails, where[key])
        back.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [where[key]]
        ends[place : place + 1] = [at]
    kept, at = set(), ends[-1] if ends else -1
    while at >= 0:
        kept.add(common[at])
        at = back[at]
    return frozenset(key for key in common if key not in kept)


def both_lines(base: Lines, ours: Lines, theirs: Lines) -> Lines:
    """Comments as one version changed them; where both did, those of both, without what either took out."""
    if ours in (base, theirs):
        return theirs if ours == base else ours
    if theirs == base:
        return ours
    old, one, other = (_counted(lines) for lines in (base, ours, theirs))
    kept = {key for key in (*one, *other) if key not in old or (key in one and key in other)}
    texts = one | other
    return tuple(texts[key] for key in in_order(list(old), list(one), list(other), kept))


def _counted(lines: Lines) -> dict[tuple[str, int], Line]:
    seen: dict[str, int] = {}
    found = {}
    for line in lines:
        seen[line.text] = seen.get(line.text, 0) + 1
        found[line.text, seen[line.text]] = line
    return found
