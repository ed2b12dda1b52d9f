"""Whether the times fit together, and whether the map tells what happens between them."""

from journeykit.model import Moment
from journeykit.model.units import SECONDS


def names_a_day(at: Moment) -> bool:
    """Whether a time says on which day only, such as `-14d`, `day 3` and `2026-03-02`."""
    return not (":" in at.text or "T" in at.text or at.text.endswith(("h", "min", "s")))


def in_words(seconds: float) -> str:
    """Seconds as `40 minutes`, `1.5 hours`, `16 days`."""
    unit, word = ("d", "day") if seconds >= 2 * SECONDS["d"] else ("h", "hour")
    if seconds < SECONDS["h"]:
        unit, word = "min", "minute"
    amount = f"{round(seconds / SECONDS[unit], 1):g}"
    return f"{amount} {word}" + ("" if amount == "1" else "s")
