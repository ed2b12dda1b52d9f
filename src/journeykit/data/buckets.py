"""Buckets of durations: whole milliseconds, below 256 as they are, above by their upper eight bits (within 0.8 %)."""

from __future__ import annotations

from journeykit.data.engines import Engine

EXACT_BITS = 8
MOST_BITS = 45
"""Durations of 2^45 ms (1,115 years) and more share the width of the last bucket."""


def width(low: int) -> int:
    """Return the width of the bucket that begins at `low`."""
    return 1 << max(0, min(low.bit_length(), MOST_BITS) - EXACT_BITS)


def bucket(engine: Engine, millis: str) -> str:
    """Return the lower end of the bucket of a duration that is not negative, as SQL of whole numbers."""
    cases = [f"WHEN {millis} < {1 << EXACT_BITS} THEN {millis}"]
    for bits in range(EXACT_BITS + 1, MOST_BITS):
        cases.append(f"WHEN {millis} < {1 << bits} THEN {millis} - {engine.rest(millis, 1 << (bits - EXACT_BITS))}")
    rest = engine.rest(millis, 1 << (MOST_BITS - EXACT_BITS))
    return f"CASE {' '.join(cases)} ELSE {millis} - {rest} END"
