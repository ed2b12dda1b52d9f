"""Two teams pass cases to each other, and the map's backstage does not show it.

Finds pairs of teams between which at least a tenth of the cases pass, and that no backstage step has as `from` and
`to`. A map without any handoff says nothing of them, and is left alone.

Why: each handoff is a wait and a place where a case is lost. Those that a map leaves out are those that nobody owns.
"""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.drift.subject import Subject, exceeds, told
from journeykit.finding import Severity
from journeykit.rules import Hit, rule
from journeykit.rules.backstage import team_key


@rule(Severity.WARNING)
def handoff_drift(subject: Subject, *, limit: float = 0.10) -> Iterator[Hit]:
    """Yield a hit for each such pair, at the first handoff of the map."""
    shown = [
        ((*place.path, "backstage", number), (team_key(step.from_ or ""), team_key(step.to or "")))
        for place in subject.journey.places
        for number, step in enumerate(place.touchpoint.backstage)
        if step.is_handoff
    ]
    known = {pair for _, pair in shown}
    for log in subject.evidence.logs if shown else ():
        for one in log.handovers:
            if (team_key(one.before), team_key(one.after)) not in known and exceeds(one.share, limit):
                yield Hit(
                    shown[0][0],
                    f"{one.before} hands over to {one.after} in {told(one.share, log)}, and the map does not show it",
                    "add a `backstage` step with from and to where it happens",
                )
