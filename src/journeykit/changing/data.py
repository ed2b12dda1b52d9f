"""Compare plain data as it is read from YAML."""

from __future__ import annotations

from typing import Any

from journeykit.source import KeyPath


def same_data(one: Any, other: Any) -> bool:
    """Return whether two values are equal, with equal types; the order of keys makes no difference."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same_data(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same_data, one, other))
    return bool(one == other)


def first_difference(one: Any, other: Any) -> KeyPath | None:
    """Return the path of the first value of `one` that `other` does not have; None if it has all of them."""
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = [(key, value, other.get(key, _MISSING)) for key, value in one.items()]
    elif isinstance(one, list) and isinstance(other, list):
        pairs = [(at, value, other[at] if at < len(other) else _MISSING) for at, value in enumerate(one)]
    else:
        return None if same_data(one, other) else ()
    for step, value, new in pairs:
        if (found := first_difference(value, new)) is not None:
            return (step, *found)
    return None


_MISSING = object()
