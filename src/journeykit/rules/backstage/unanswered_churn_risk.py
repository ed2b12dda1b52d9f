"""Customers may leave here, and no opportunity addresses it.

Finds touchpoints with a `churn_risk` of medium (0.15) or more that no opportunity addresses: none names the
touchpoint, or another of the same low point, in `at`, `target` or `removes`. A dropped opportunity does not count. A
touchpoint is left to `ignored-low-point`, `bad-start`, `bad-ending`, `unanswered-gap` or `disempowered-staff` where
one of these finds something at it. In a map without any opportunity only the highest risk is found, and none where
`ignored-low-point` says so already. A retired map is not judged.

Why: a stated churn risk says where customers are lost. A map that names the place and plans nothing there does not
help to keep them.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: hopeful
  - id: price
    title: I see what a new router costs
    feeling: thoughtful
    churn_risk: medium
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: hopeful
  - id: price
    title: I see what a new router costs
    feeling: thoughtful
    churn_risk: medium
  - The technician fixes it: relieved
opportunities:
  - {title: Lend a router for the first month, at: [price]}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.model import Touchpoint
from journeykit.rules import Hit, Subject, first_only, rule
from journeykit.scoring.effort import CHURN

ELSEWHERE = ("ignored-low-point", "bad-start", "bad-ending", "unanswered-gap", "disempowered-staff")
"""Rules that ask for an opportunity as well, and say more."""


@rule(Severity.WARNING)
def unanswered_churn_risk(subject: Subject, *, risk: float = 0.15) -> Iterator[Hit]:
    """Yield a hit for each touchpoint, at the risk; only the highest in a map without opportunities."""
    if subject.journey.status == "retired":
        return
    addressed = subject.answered()
    known = addressed | subject.ids_found_by(*ELSEWHERE)
    known |= {id for low in subject.scores.low_points if not known.isdisjoint(low.span) for id in low.span}
    found = [place for place in subject.journey.places if _risk(place.touchpoint) >= risk]
    found = [place for place in found if place.touchpoint.id not in known]
    hits = [
        Hit(
            (*place.path, "churn_risk"),
            f"customers leave here (churn risk {place.touchpoint.churn_risk}), and no opportunity addresses it",
            f"add an opportunity with `at: [{place.touchpoint.id}]`",
        )
        for place in (found if addressed else sorted(found, key=lambda place: -_risk(place.touchpoint)))
    ]
    if addressed:
        yield from hits
    elif not subject.hits("ignored-low-point"):
        yield from first_only(hits)


def _risk(touchpoint: Touchpoint) -> float:
    risk = touchpoint.churn_risk
    return CHURN[risk] if isinstance(risk, str) else risk or 0.0
