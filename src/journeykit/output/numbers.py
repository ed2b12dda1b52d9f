"""Format durations, and choose the styles of scores; `journeykit.scoring.display` rounds scores and shares."""

from __future__ import annotations

from journeykit.model.units import SECONDS

SIZES = (("y", 2), ("mo", 3), ("d", 1), ("h", 1), ("min", 1))
"""Units from large to small, each with the least number of them for which it is used."""


def duration(seconds: float) -> str:
    """Return a duration in the largest unit that is precise enough: 41 d, 25 min."""
    for unit, least in SIZES:
        if round(seconds / SECONDS[unit], 2) >= least:  # 59.99 minutes are an hour
            return f"{round(seconds / SECONDS[unit], 1):g} {unit}"
    return f"{seconds:.3g} s"


def score_style(value: float) -> str:
    """Return the terminal style of a score: colors that can be read on white and on black."""
    return "red" if value < 40 else "" if value < 80 else "green"
