"""Times are relative to day 0, and nothing says what day 0 is.

Finds journeys with times relative to day 0 (`-14d`, `+25min`, `day 3`) and without `day0`. Where the first touchpoint
is exactly at 0, the times are relative to the start of the journey, and the rule is silent.

Why: the time "day 30" means one thing to the team that counts from the order and another to the team that counts from
the delivery.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    at: -3d
    feeling: frustrated
  - title: The technician fixes it
    at: day 0 10:00
    feeling: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
day0: day of the visit
touchpoints:
  - title: I call the help desk
    at: -3d
    feeling: frustrated
  - title: The technician fixes it
    at: day 0 10:00
    feeling: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.INFO)
def undefined_day0(subject: Subject) -> Iterator[Hit]:
    """Yield at most one hit, at the first time that counts from day 0."""
    if subject.journey.day0 is not None:
        return
    for place in subject.journey.places:
        at = place.touchpoint.at
        if at is None or at.absolute:
            continue
        if at.seconds != 0 or place.number > 1:
            yield Hit(
                (*place.path, "at"),
                "this counts from day 0, and nothing says what day 0 is",
                "add `day0` to the journey: words (`day0: day of the visit`) or a date",
            )
        return
