"""Customers leave here, and nothing is planned against it.

Finds touchpoints with a `churn_risk` of medium (0.15) or more that no opportunity addresses: none names the touchpoint,
or another of the same low point, in `at`, `target` or `removes`. A dropped opportunity is no answer. At low points with
a severity of 30 or more `ignored-low-point` finds it, where a resource is missing `unanswered-gap`, and where staff may
not decide `disempowered-staff`. In a map without any opportunity only the highest risk is found, and none where
`ignored-low-point` says so already; a retired map is left in peace.

Why: end-to-end maps mark where customers are lost so that something is done there first.

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
from journeykit.rules import Hit, Subject, is_asked_for, rule
from journeykit.rules.backstage import severe
from journeykit.scoring.effort import CHURN


@rule(Severity.WARNING)
def unanswered_churn_risk(subject: Subject, *, risk: float = 0.15, severity: float = 30) -> Iterator[Hit]:
    """One hit for each touchpoint, at the risk; low points from `severity` on are those of `ignored-low-point`."""
    if subject.journey.status == "retired":
        return
    addressed = subject.answered()
    ignored = [low for low in severe(subject, severity) if addressed.isdisjoint(low.span)]
    spoken_of = {id for low in subject.scores.low_points if not addressed.isdisjoint(low.span) for id in low.span}
    spoken_of |= addressed | {id for low in ignored for id in low.span}
    found = [place for place in subject.journey.places if _risk(place.touchpoint) >= risk]
    found = [place for place in found if place.touchpoint.id not in spoken_of and not is_asked_for(place.touchpoint)]
    if not addressed:
        found = [] if ignored else sorted(found, key=lambda place: -_risk(place.touchpoint))[:1]
    for place in found:
        yield Hit(
            (*place.path, "churn_risk"),
            f"customers leave here (churn risk {place.touchpoint.churn_risk}), and no opportunity addresses it",
            f"add an opportunity with `at: [{place.touchpoint.id}]`",
        )


def _risk(touchpoint: Touchpoint) -> float:
    risk = touchpoint.churn_risk
    return CHURN[risk] if isinstance(risk, str) else risk or 0.0
