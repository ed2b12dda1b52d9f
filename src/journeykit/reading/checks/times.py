"""Times go forward, and are all of one kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from journeykit.model.values import Moment, read_day, read_moment
from journeykit.reading.checks import Facts
from journeykit.reading.faults import Fault
from journeykit.source import Path

EPOCH = date(1970, 1, 1)


class _Timed(NamedTuple):
    path: Path
    moment: Moment
    seconds: float


def check(facts: Facts) -> Iterator[Fault]:
    """A time before the one above it; offsets beside dates while nobody knows what day 0 is."""
    day0 = _day0(facts)
    last: _Timed | None = None
    mixed = False
    for touchpoint in facts.touchpoints:
        value = touchpoint.data.get("at")
        if value is None:
            continue
        try:
            moment = read_moment(value)
        except PydanticCustomError:
            continue
        path = (*touchpoint.path, "at")
        offset = 0 if moment.absolute or day0 is None else (day0 - EPOCH).days * 86400
        timed = _Timed(path, moment, moment.seconds + offset)
        if last is not None and day0 is None and moment.absolute != last.moment.absolute:
            if not mixed:
                yield _mixed(timed)
            mixed = True
            continue
        if last is not None and timed.seconds < last.seconds:
            yield _back(timed, last)
        last = timed


def _day0(facts: Facts) -> date | None:
    try:
        return read_day(facts.root.data.get("day0"))
    except PydanticCustomError:
        return None


def _mixed(timed: _Timed) -> Fault:
    kind = "a date" if timed.moment.absolute else "an offset from day 0"
    message = f'"{timed.moment}" is {kind}, but the times above are not'
    return Fault("mixed-times", timed.path, message, "give day0 as a date, or use one kind of time throughout")


def _back(timed: _Timed, last: _Timed) -> Fault:
    message = f'"{timed.moment}" is before the time above it, "{last.moment}"'
    return Fault(
        "time-goes-back",
        timed.path,
        message,
        "put the touchpoints in the order they happen, or correct the time",
    )
