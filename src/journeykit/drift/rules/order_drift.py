"""Touchpoints happen in another order than the map has them in.

Finds touchpoints that come before an earlier one of the map in more than half of the cases that have both; what counts
is when each comes first.

Why: a map is read as a sequence. What is known too late or asked too early is only seen in the order that customers
live through.
"""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.drift.subject import Subject, exceeds, told
from journeykit.finding import Severity
from journeykit.measuring.estimates import proportion
from journeykit.measuring.log import Log
from journeykit.model import Place
from journeykit.rules import Hit, rule


@rule(Severity.WARNING)
def order_drift(subject: Subject, *, share: float = 0.5) -> Iterator[Hit]:
    """Yield a hit for each touchpoint that comes too late in the map, with the first one that it should precede."""
    for log, place in subject.seen():
        if first := _passed(subject, log, place, share):
            earlier, words = first
            yield Hit(
                (*place.path, "title"),
                f"it comes before {earlier.touchpoint.id} (touchpoint {earlier.number}) in {words}",
                f"move it before touchpoint {earlier.number}, or say with a `decision` that ways part",
            )


def _passed(subject: Subject, log: Log, place: Place, share: float) -> tuple[Place, str] | None:
    """Return the first touchpoint of the map that this one mostly comes before, and how often it does."""
    for earlier in subject.journey.places[: place.number - 1]:
        if earlier.touchpoint.id in log.seen:
            n_first, both = log.order(earlier.touchpoint.id, place.touchpoint.id)
            rest = both - n_first
            if n_first >= log.minimum_base and (not rest or rest >= log.minimum_base):
                found = proportion("share", n_first, both)
                if exceeds(found, share):
                    return earlier, told(found, log, "cases with both")
    return None
