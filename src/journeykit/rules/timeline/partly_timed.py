"""Some touchpoints have a time and others do not.

Finds journeys in which at least one touchpoint has `at` and at least one does not. A journey without any time is not
judged: its order is enough.

Why: on a timeline with gaps nobody can see how long the customer waited, and charts place what has no time by
interpolation.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: My internet stops
    at: -2d
    feeling: worried
  - I call the help desk: frustrated
  - title: The technician fixes it
    at: day 3
    feeling: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: My internet stops
    at: -2d
    feeling: worried
  - title: I call the help desk
    at: day 0
    feeling: frustrated
  - title: The technician fixes it
    at: day 3
    feeling: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.INFO)
def partly_timed(subject: Subject) -> Iterator[Hit]:
    """Yield at most one hit, at the first touchpoint without a time."""
    places = subject.journey.places
    help = "add `at` to each, if only roughly (`day 3`)"
    hits = [
        Hit((*place.path, "at"), f"touchpoint {place.number} has no time", help)
        for place in places
        if place.touchpoint.at is None
    ]
    if hits and len(hits) < len(places):
        lack = "has" if len(hits) == 1 else "have"
        yield hits[0]._replace(message=f"{len(hits)} of {len(places)} touchpoints {lack} no time", parts=tuple(hits))
