"""The share of customers who reach a touchpoint is not the one that the map states.

Compares `reach` (all customers, where the map says nothing) with the share of the log's cases that have the
touchpoint. Its limit is the difference of the two shares.

Why: reach weighs a touchpoint in the score of a journey, and decides whom an improvement helps. What an author believes
that few customers meet is easily what a third of them go through.
"""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.drift.subject import Subject, as_share, differs, takes_over, told
from journeykit.finding import Severity
from journeykit.fix import Set
from journeykit.rules import Hit, rule
from journeykit.scoring.display import percent


@rule(Severity.WARNING, fix="unsafe")
def reach_drift(subject: Subject, *, limit: float = 0.10) -> Iterator[Hit]:
    """Yield a hit for each touchpoint whose reach differs, at its `reach`."""
    for log, place in subject.seen():
        stated, found = place.touchpoint.reach, log.reach(place.touchpoint.id)
        if found and found.value is not None and differs(found, stated, limit):
            path, new = (*place.path, "reach"), as_share(found.value)
            says = f"{percent(stated)} reach it" if "reach" in place.touchpoint.model_fields_set else "all reach it"
            yield Hit(
                path,
                f"the map says that {says}, the log {told(found, log)}",
                f"write reach: {new:g}, if the log sees every customer of this map",
                fix=takes_over(f"Write reach: {new:g}", [Set(path, new)]),
            )
