"""A map that is in use has no owner.

Finds journeys with `status: reviewed` or `status: live` and no `owner`.

Why: a map needs an owner who keeps it current and acts on what it shows (Nielsen Norman Group, "When and How to Create
Customer Journey Maps" (Kaplan, 2016)).

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
    """Yield a hit at the journey's first key."""
    journey = subject.journey
    if journey.status in ("reviewed", "live") and journey.owner is None:
        yield Hit(("owner",), f"the map is {journey.status} and has no `owner`", "add `owner`: who keeps it current")
