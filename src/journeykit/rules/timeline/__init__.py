"""Rules on times: whether they are consistent, and whether the map shows the waiting between them."""

from journeykit.model import Moment
from journeykit.model.units import SECONDS


def names_a_day(at: Moment) -> bool:
    """Return whether a time says on which day only, such as `-14d`, `day 3` and `2026-03-02`."""
    return not (":" in at.text or "T" in at.text or at.text.endswith(("h", "min", "s")))


def in_words(seconds: float) -> str:
    """Return the seconds as `40 minutes`, `1.5 hours`, `16 days`."""
    unit, word = ("d", "day") if seconds >= 2 * SECONDS["d"] else ("h", "hour")
    if seconds < SECONDS["h"]:
        unit, word = "min", "minute"
    amount = f"{round(seconds / SECONDS[unit], 1):g}"
    return f"{amount} {word}" + ("" if amount == "1" else "s")
