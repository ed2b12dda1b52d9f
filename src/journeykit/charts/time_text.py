"""Times and durations as text in the language of the journey."""

from __future__ import annotations

import re
from datetime import date

from journeykit.charts.locales import Labels
from journeykit.model import Duration, Moment
from journeykit.model.units import SECONDS

WRITTEN = re.compile(r"[+-]?(\d+(?:\.\d+)?)(s|min|h|d|w|mo|y)")
CLOCK = re.compile(r"day ?(-?\d+) (\d{1,2}:\d{2})")
EPOCH = date(1970, 1, 1).toordinal()
DAY = float(SECONDS["d"])
MINUTES = 90 * 60
"""Durations longer than this, in seconds, are shown in hours and minutes."""
STEPS = tuple(
    amount * SECONDS[unit]
    for amount, unit in (
        *((n, "min") for n in (1, 2, 5, 10, 15, 30)),
        *((n, "h") for n in (1, 2, 4, 6, 12)),
        *((n, "d") for n in (1, 2, 7, 14, 30, 60, 90, 180, 365, 730, 1825, 3650)),
    )
)
"""Possible distances of ticks in seconds."""


def duration(length: Duration, labels: Labels) -> str:
    """Return a duration in the unit it was written in; more than 90 minutes in hours and minutes."""
    if written := WRITTEN.fullmatch(length.text):
        if written[2] == "min" and length.seconds > MINUTES:
            hours, minutes = divmod(round(length.seconds / 60), 60)
            parts = [labels("time.h", n=labels.number(hours))]
            parts += [labels("time.min", n=labels.number(minutes))] if minutes else []
            return " ".join(parts)
        return labels(f"time.{written[2]}", n=labels.number(float(written[1]), _places(float(written[1]))))
    return span(length.seconds, labels)


def span(seconds: float, labels: Labels) -> str:
    """Return seconds in the largest unit up to days in which they are at least 2, or exactly 1."""
    for unit in ("d", "h", "min"):
        amount = seconds / SECONDS[unit]
        if amount >= 2 or amount == 1:
            return labels(f"time.{unit}", n=labels.number(amount, _places(round(amount, 1))))
    return labels("time.s", n=labels.number(seconds))


def _places(amount: float) -> int:
    return 0 if amount == int(amount) else 1


def moment(at: Moment, labels: Labels) -> str:
    """Return when a touchpoint happens: `day 0, 09:30`, `day −42`, `+25 min`, or the date as written."""
    if at.absolute:
        return at.text.replace("T", " ")
    if clock := CLOCK.fullmatch(at.text):
        return labels("time.day_and_time", n=labels.number(int(clock[1])), time=clock[2])
    if at.seconds % DAY == 0 and not at.text.endswith(("h", "min", "s")):
        return labels("time.day", n=labels.number(at.seconds / DAY))
    written = WRITTEN.fullmatch(at.text)
    unit = written[2] if written else "h" if at.seconds % 3600 == 0 else "min"
    amount = at.seconds / SECONDS[unit]
    return labels(f"time.{unit}", n=labels.number(amount, _places(amount), sign=True))


def by_the_clock(at: Moment) -> bool:
    """Return whether a time was written with a time of day."""
    return at.absolute or CLOCK.fullmatch(at.text) is not None


def time_of_day(seconds: float) -> str:
    """Return the time of day in hours and minutes."""
    minutes = int(seconds % DAY) // 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def starts(seconds: float, absolute: bool, clock: bool, labels: Labels) -> list[str]:
    """Return labels for the start of an axis or the end of a break, the most exact first and then shorter ones."""
    day = tick(seconds // DAY * DAY, absolute, clock, labels)
    if seconds % DAY == 0:
        return [day]
    if clock:
        return [f"{day}, {time_of_day(seconds)}", day]
    return [tick(seconds, absolute, clock, labels) or day]


def tick(seconds: float, absolute: bool, clock: bool, labels: Labels) -> str:
    """Return the label of a tick, or an empty text. `clock` is whether hours are times of day."""
    if absolute and seconds % DAY == 0:
        return date.fromordinal(EPOCH + int(seconds // DAY)).isoformat()
    if seconds % DAY == 0:
        return labels("time.day", n=labels.number(seconds / DAY))
    if clock:
        return time_of_day(seconds)
    if abs(seconds) > DAY:  # days are clearer than hundreds of hours
        return ""
    unit = "h" if seconds % 3600 == 0 else "min"
    return labels(f"time.{unit}", n=labels.number(seconds / SECONDS[unit], sign=True))
