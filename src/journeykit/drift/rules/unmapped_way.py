"""Customers go on to a touchpoint to which the map does not lead.

Finds touchpoints from which at least a tenth of the passes go on to another one that neither the order leads to nor an
option of a decision. The order leads to the next touchpoint that the log knows, and past those with a `reach` below 1;
going back needs an option. What `other` of a decision covers is not found.

Why: the ways that nobody drew are those that nobody designed: going back, asking again, leaving by the side door.
"""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.drift.subject import Subject, exceeds, told
from journeykit.finding import Severity
from journeykit.model.meaning import END
from journeykit.rules import Hit, rule


@rule(Severity.WARNING)
def unmapped_way(subject: Subject, *, limit: float = 0.10) -> Iterator[Hit]:
    """Yield a hit for each such way, at the decision of its touchpoint or at the touchpoint."""
    numbers = {place.touchpoint.id: place.number for place in subject.journey.places}
    for log, place in subject.seen():
        id, decision = place.touchpoint.id, place.touchpoint.decision
        other = (decision.other if decision else None) or 0.0
        for one in log.following(id):
            if one.to == END or one.to in log.allowed[id] or one.to not in numbers:
                continue
            if exceeds(one.share, max(limit, other)):
                back = "go back to" if numbers[one.to] <= place.number else "go on to"
                yield Hit(
                    (*place.path, "decision", "options") if decision else (*place.path, "title"),
                    f"{told(one.share, log, 'passes')} {back} {one.to}, to which nothing leads from here",
                    f"add an option of a `decision` with to: {one.to}",
                    "key" if decision else "value",
                )
