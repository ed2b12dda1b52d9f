"""Format durations, and choose the styles of scores; `journeykit.scoring.display` rounds scores and shares."""

from __future__ import annotations

from journeykit.model.units import in_largest_unit

SIZES = (("y", 2), ("mo", 3), ("d", 1), ("h", 1), ("min", 1))
"""Units from large to small, each with the least number of them for which it is used."""


def duration(seconds: float) -> str:
    """Return a duration in the largest unit that is precise enough: 41 d, 25 min."""
    found = in_largest_unit(seconds, SIZES)
    return f"{found[0]:g} {found[1]}" if found else f"{seconds:.3g} s"


def score_style(value: float) -> str:
    """Return the terminal style of a score: colors that can be read on white and on black."""
    return "red" if value < 40 else "" if value < 80 else "green"
