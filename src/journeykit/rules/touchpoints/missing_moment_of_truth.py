"""A long journey has no moment of truth.

Finds journeys of at least 8 touchpoints in which none has `moment_of_truth: true` and none an `importance` of 4 or
more.

Why: a few contacts decide whether customers stay (Carlzon, Moments of Truth, 1987). In a map where everything matters
equally, nobody can see which they are.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - My internet stops: worried
  - I search for a solution: confused
  - I call the help desk: frustrated
  - I explain the problem: heard
  - I get an appointment: hopeful
  - I get a reminder: informed
  - The technician fixes it: relieved
  - I get a call whether it still works: satisfied
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - My internet stops: worried
  - I search for a solution: confused
  - I call the help desk: frustrated
  - I explain the problem: heard
  - I get an appointment: hopeful
  - I get a reminder: informed
  - title: The technician fixes it
    feeling: relieved
    moment_of_truth: true
  - I get a call whether it still works: satisfied
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.INFO)
def missing_moment_of_truth(subject: Subject, *, touchpoints: int = 8, importance: int = 4) -> Iterator[Hit]:
    """Yield at most one hit, at the key of the list."""
    journey = subject.journey
    marked = any(one.moment_of_truth or one.importance >= importance for one in journey.touchpoints)
    if len(journey.touchpoints) >= touchpoints and not marked:
        yield Hit(
            subject.list_key,
            f"none of {len(journey.touchpoints)} touchpoints is marked as a moment of truth, and none as important",
            "mark the one or two that decide whether customers stay with `moment_of_truth: true`",
            part="key",
        )
