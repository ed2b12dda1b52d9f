"""Match the items of three versions of a list that holds no touchpoints."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Any

from journeykit.changing.data import same_data
from journeykit.changing.merging.blocks import Block, Blocks, data_of

NAMES = ("title", "name", "what", "goal", "question", "answer", "does", "kind", "team", "from")
"""VersionKeys that name an item without an id; the first one that it has counts."""
ALIKE = 0.5
"""The share of equal keys from which on two items at the same place are the same item."""


def match_items(base: Blocks, ours: Blocks, theirs: Blocks) -> tuple[Blocks, Blocks, Blocks]:
    """Return three versions of a list in which the same items have the same key."""
    old = base.resolved
    base = _with_keys(base, [("base_key", number) for number in range(len(old))])
    return base, _with_base_keys(old, ours), _with_base_keys(old, theirs)


def _with_keys(group: Blocks, keys: Sequence[Hashable]) -> Blocks:
    blocks = zip(group.resolved, keys, strict=True)
    return replace(group, blocks=tuple(replace(block, key=key) for block, key in blocks))


def _with_base_keys(base: list[Block], group: Blocks) -> Blocks:
    blocks = group.resolved
    pairs = _matches([data_of(block.value) for block in base], [data_of(block.value) for block in blocks])
    keys: list[Hashable] = []
    seen: dict[Hashable, int] = {}
    for number, block in enumerate(blocks):
        if number in pairs:
            keys.append(("base_key", pairs[number]))
            continue
        data = data_of(block.value)
        name = _id(data) or _name(data) or repr(data)
        seen[name] = seen.get(name, 0) + 1
        keys.append(("new", name, seen[name]))
    return _with_keys(group, keys)


def _matches(base: list[Any], side: list[Any]) -> dict[int, int]:
    """Return the index of the matching base item by the index of the version's item."""
    found: dict[int, int] = {}
    for key in (_id, repr, _name):
        _by(key, base, side, found)
    return found | {n: m for m, n in same_places(len(base), len(side), found) if _alike(base[m], side[n])}


def same_places(base: int, side: int, found: dict[int, int]) -> list[tuple[int, int]]:
    """Return the pairs without a match that stand in the same order between the same matched items.

    `base` and `side` are the numbers of items. Where more are new than gone, or fewer, nothing says which is which.
    """
    left, right = _gaps(base, {m: m for m in found.values()}), _gaps(side, found)
    same = [(gone, right.get(gap, [])) for gap, gone in left.items()]
    return [pair for gone, new in same if len(gone) == len(new) for pair in zip(gone, new, strict=True)]


def _gaps(count: int, found: dict[int, int]) -> dict[int, list[int]]:
    """Return the items without a match by the base index of the last matched item before them."""
    gaps: dict[int, list[int]] = {}
    last = -1
    for number in range(count):
        if number in found:
            last = found[number]
        else:
            gaps.setdefault(last, []).append(number)
    return gaps


def _by(key: Callable[[Any], Hashable], base: list[Any], side: list[Any], found: dict[int, int]) -> None:
    taken = set(found.values())
    free: dict[Hashable, list[int]] = {}
    for m, data in enumerate(base):
        if m not in taken and (name := key(data)) is not None:
            free.setdefault(name, []).append(m)
    for n, data in enumerate(side):
        same = free.get(key(data), []) if n not in found else []
        for m in same:
            if not _differ(_id(base[m]), _id(data)):
                found[n] = m
                same.remove(m)
                break


def _alike(one: Any, other: Any) -> bool:
    if not isinstance(one, dict) or not isinstance(other, dict):
        return not isinstance(one, dict | list) and not isinstance(other, dict | list)
    if _differ(_id(one), _id(other)):
        return False
    same = sum(key in other and same_data(value, other[key]) for key, value in one.items())
    return same >= ALIKE * max(len(one), len(other))


def _differ(one: Hashable, other: Hashable) -> bool:
    return one is not None and other is not None and one != other


def _id(data: Any) -> Hashable:
    id = data.get("id") if isinstance(data, dict) else None
    return ("id", id) if isinstance(id, str) else None


def _name(data: Any) -> Hashable:
    if isinstance(data, str):
        return ("text", " ".join(data.split()))
    if isinstance(data, dict):
        return next((("text", data[key]) for key in NAMES if isinstance(data.get(key), str)), None)
    return None
