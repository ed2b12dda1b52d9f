"""Buckets of durations: whole milliseconds, below 256 as they are, above by their upper eight bits (within 0.8 %)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journeykit.data.engines import Engine

EXACT_BITS = 8
MOST_BITS = 45
"""Durations of 2^45 ms (1,115 years) and more share the width of the last bucket."""


def width(low: int) -> int:
    """Return the width of the bucket that begins at `low`."""
    return 1 << max(0, min(low.bit_length(), MOST_BITS) - EXACT_BITS)


def bucket(engine: Engine, millis: str) -> str:
    """Return the lower end of the bucket of a duration that is not negative, as SQL of whole numbers."""
    return f"({millis} - {engine.rest(millis, _width(millis, EXACT_BITS, MOST_BITS))})"


def _width(millis: str, low: int, high: int) -> str:
    """Return the width of the bucket of a duration of at least `low` and at most `high` bits, in few comparisons."""
    if low == high:
        return str(1 << (low - EXACT_BITS))
    middle = (low + high) // 2
    less, more = _width(millis, low, middle), _width(millis, middle + 1, high)
    return f"CASE WHEN {millis} < {1 << middle} THEN {less} ELSE {more} END"
