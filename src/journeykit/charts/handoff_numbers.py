"""Numbers of handoffs, from 1 on over the whole journey, in the order of the file."""

from __future__ import annotations

from itertools import accumulate

from journeykit.model import Journey


def first_numbers(journey: Journey) -> dict[str, int]:
    """Return the number of the first handoff of each touchpoint, by their ids."""
    counts = [len(touchpoint.handoffs) for touchpoint in journey.touchpoints]
    first = accumulate(counts, initial=1)  # one more: the number after the last
    return {touchpoint.id: number for touchpoint, number in zip(journey.touchpoints, first, strict=False)}
