"""No touchpoint says what happens backstage.

Finds journeys in which no touchpoint has a `backstage` step. Where `unexplained-low-point` asks for the cause of a low
point, the rule is silent.

Why: a blueprint connects what customers experience with the actions and processes that cause it (Bitner, Ostrom &
Morgan, "Service Blueprinting" (California Management Review 50(3), 2008)). The curve alone shows where it hurts; the
backstage steps show who can change that.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    backstage:
      - {from: Help desk, to: Dispatch, does: asks for a visit, wait: 4h}
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.INFO)
def missing_backstage(subject: Subject) -> Iterator[Hit]:
    """Yield at most one hit, at the key of the list."""
    if any(touchpoint.backstage for touchpoint in subject.journey.touchpoints):
        return
    if not subject.hits("unexplained-low-point"):
        yield Hit(
            subject.list_key,
            "no touchpoint says what happens backstage",
            "add `backstage` steps where it goes wrong first: who does what, who hands over to whom, what waits",
            part="key",
        )
