"""Order parts that two versions added, removed and moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Hashable, Sequence
from typing import TypeVar

from journeykit.changing.merging.blocks import Lines, LooseLine

Key = TypeVar("Key", bound=Hashable)


def merged_order(
    base: Sequence[Key],
    ours: Sequence[Key],
    theirs: Sequence[Key],
    kept: Collection[Key],
    *,
    theirs_first: bool = False,
) -> list[Key]:
    """Return the keys in `kept` in the order of ours; what theirs moved or added follows what it follows there.

    Where both added at one place, ours is first; theirs with `theirs_first`.
    """
    here, there_moved = moved_keys(base, ours), moved_keys(base, theirs)
    known, there = set(base), set(theirs)
    order = [key for key in ours if key in kept and (key not in there_moved or key in here)]
    placed = set(order)
    added = {key for key in order if key not in known and key not in there}
    before: Key | None = None  # the last key of theirs that is placed
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


def moved_keys(base: Sequence[Key], side: Sequence[Key]) -> frozenset[Key]:
    """Return the fewest keys without which all others have the order of the base."""
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


def merged_comments(base: Lines, ours: Lines, theirs: Lines) -> Lines:
    """Return the comments that one version changed; if both did, those of both without what either removed."""
    if ours in (base, theirs):
        return theirs if ours == base else ours
    if theirs == base:
        return ours
    old, one, other = (_numbered(lines) for lines in (base, ours, theirs))
    kept = {key for key in (*one, *other) if key not in old or (key in one and key in other)}
    texts = one | other
    return tuple(texts[key] for key in merged_order(list(old), list(one), list(other), kept))


def _numbered(lines: Lines) -> dict[tuple[str, int], LooseLine]:
    seen: dict[str, int] = {}
    found = {}
    for line in lines:
        seen[line.text] = seen.get(line.text, 0) + 1
        found[line.text, seen[line.text]] = line
    return found
