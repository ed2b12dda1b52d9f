"""An option of a decision is taken by another share of customers than the map states.

Compares `share` of each option, and `other`, with the share of the passes of the touchpoint that go on to where the
option leads; several options that lead to the same place are compared together. Where the map leads to a touchpoint
that the log does not know, nothing is compared. The limit is the difference of the two shares.

Why: the shares of a decision say how many customers an alternative serves, and whether the way that the map is drawn
for is the one that most of them take.
"""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.drift.subject import Subject, as_share, differs, takes_over, told
from journeykit.finding import Severity
from journeykit.fix import Change, Fix, Set
from journeykit.measuring.log import Log
from journeykit.model import Decision, Place
from journeykit.model.meaning import END
from journeykit.rules import Hit, rule
from journeykit.scoring.display import percent


@rule(Severity.WARNING, fix="unsafe")
def share_drift(subject: Subject, *, limit: float = 0.10) -> Iterator[Hit]:
    """Yield a hit for each place that a decision leads to with another share, at the first share that does."""
    for log, place in subject.seen():
        decision = place.touchpoint.decision
        goals = [option.to for option in decision.options] if decision else []
        if decision is None or any(goal != END and goal not in log.seen for goal in goals):
            continue
        for goal in dict.fromkeys(goals):
            shares = [option.share for option in decision.options if option.to == goal]
            found = log.share_of(place.touchpoint.id, (goal,))
            stated = sum(share for share in shares if share is not None)
            if found is None or None in shares or not differs(found, stated, limit):
                continue
            where = (*place.path, "decision", "options", goals.index(goal), "share")
            says = f"the map says that {percent(stated)} go on to {goal}, the log {told(found, log, 'passes')}"
            if goal == END:
                says = f"the map says that it ends here for {percent(stated)}, the log for {told(found, log, 'passes')}"
            yield Hit(where, says, "correct the shares; what goes elsewhere is `other`", fix=_fix(log, place, decision))


def _fix(log: Log, place: Place, decision: Decision) -> Fix | None:
    """Return the fix that writes all shares of a decision; None where some are hidden or options lead to one place."""
    goals = [option.to for option in decision.options]
    found = [log.share_of(place.touchpoint.id, (goal,)) for goal in goals]
    values = [as_share(one.value) for one in found if one and one.value is not None]
    if len(values) < len(goals) or len(set(goals)) < len(goals):
        return None
    path = (*place.path, "decision")
    changes: list[Change] = [
        Set((*path, "options", number, "share"), value)
        for number, (option, value) in enumerate(zip(decision.options, values, strict=True))
        if option.share != value
    ]
    rest = as_share(max(0.0, 1 - sum(values)))
    if rest or decision.other:
        changes.append(Set((*path, "other"), rest))
    return takes_over("Write the shares of the log", changes)
