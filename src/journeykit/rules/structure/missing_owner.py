"""Nobody answers for a map that is in use.

Finds journeys with `status: reviewed` or `status: live` and no `owner`.

Why: NN/g's journey-mapping guidance asks for somebody who owns the map and what follows from it. Without an owner
nobody keeps it current, and what it shows is everybody's problem and nobody's task.

Bad:

```yaml
title: I get my router fixed
status: live
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
status: live
owner: Help desk lead
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING)
def missing_owner(subject: Subject) -> Iterator[Hit]:
    """Yield the journey's first key."""
    journey = subject.journey
    if journey.status in ("reviewed", "live") and journey.owner is None:
        yield Hit(("owner",), f"the map is {journey.status} and has no `owner`", "add `owner`: who answers for the map")
