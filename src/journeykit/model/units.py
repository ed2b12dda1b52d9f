"""Units of time."""

from __future__ import annotations

from collections.abc import Iterable

SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "w": 7 * 86400, "mo": 30 * 86400, "y": 365 * 86400}
"""Seconds of each unit; a month counts as 30 days and a year as 365."""
LONGEST = 1e12
"""The longest valid duration, in seconds: some 30,000 years."""
_WRITTEN = (("y", 2), ("d", 1), ("h", 1), ("min", 1))
"""Units of what is written into maps, each with the least number of them for which it is used."""


def written(seconds: float) -> str:
    """Return a duration as the format writes it, in the largest unit of which there is at least one: 7.3d."""
    found = in_largest_unit(seconds, _WRITTEN)
    return f"{found[0]:g}{found[1]}" if found else f"{seconds:.2g}s"


def in_largest_unit(seconds: float, sizes: Iterable[tuple[str, int]]) -> tuple[float, str] | None:
    """Return an amount with one decimal and the first unit of which there is at least the number beside it."""
    for unit, least in sizes:
        if round(seconds / SECONDS[unit], 2) >= least:  # 59.99 minutes are an hour
            return round(seconds / SECONDS[unit], 1), unit
    return None
