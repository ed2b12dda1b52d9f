"""No source of data speaks of a touchpoint.

Finds touchpoints that neither a log nor a survey of the map's `data` has anything of. It is an information: much of
what customers live through leaves no trace in a system.

Why: what is measured is improved. The touchpoints that no data show are those for which people have to be asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.drift.subject import Subject
from journeykit.finding import Severity
from journeykit.rules import Hit, once_if_all, rule

HELP = "name its labels in `data`, or ask: no system knows what happens here"


@rule(Severity.INFO)
def unobserved_touchpoint(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each such touchpoint; one for the journey where all are."""
    spoken = subject.evidence.spoken_of()
    hits = [
        Hit((*place.path, "title"), "no source of data speaks of this touchpoint", HELP)
        for place in subject.journey.places
        if place.touchpoint.id not in spoken
    ]
    summary = Hit(("data",), "no source of data speaks of any touchpoint", HELP, "key")
    yield from once_if_all(hits, subject.journey.places, summary)
