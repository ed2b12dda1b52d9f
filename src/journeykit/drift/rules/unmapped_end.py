"""Journeys end at a touchpoint after which the map goes on.

Finds touchpoints, before the last, at which at least a tenth of the finished cases end, without an option of a decision
that leads to `end`. A case counts as finished if its last event is older than 90 % of the waits there; the others may
still go on. Without a word in the map, an end is no drop-out: it may be a case that was solved early.

Why: customers who are through early need a good end, those who give up a reason to stay; both begin with knowing them.
"""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.drift.subject import Subject, exceeds, told
from journeykit.finding import Severity
from journeykit.model.meaning import END
from journeykit.rules import Hit, rule


@rule(Severity.WARNING)
def unmapped_end(subject: Subject, *, limit: float = 0.10) -> Iterator[Hit]:
    """Yield a hit for each such end, at its touchpoint."""
    for log, place in subject.seen():
        id = place.touchpoint.id
        found = log.end_share(id)
        if found and END not in log.allowed[id] and exceeds(found, limit):
            yield Hit(
                (*place.path, "title"),
                f"{told(found, log, 'finished cases')} end here, and nothing says so",
                "add an option of a `decision` with to: end, and say whether it is a good end",
            )
