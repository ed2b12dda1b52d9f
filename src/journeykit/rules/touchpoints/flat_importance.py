"""Every touchpoint has the same importance.

Finds journeys in which every touchpoint gives `importance`, and all give the same.

Why: importance weighs the touchpoints against each other, in the score and in the order of the low points. Where it is
equal everywhere, it has no effect.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    importance: 5
  - title: The technician fixes it
    feeling: relieved
    importance: 5
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
  - title: The technician fixes it
    feeling: relieved
    importance: 5
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.INFO)
def flat_importance(subject: Subject) -> Iterator[Hit]:
    """Yield at most one hit, at the first importance."""
    touchpoints = subject.journey.touchpoints
    given = all("importance" in touchpoint.model_fields_set for touchpoint in touchpoints)
    if given and len({touchpoint.importance for touchpoint in touchpoints}) == 1:
        yield Hit(
            (*subject.journey.places[0].path, "importance"),
            f"every touchpoint has importance {touchpoints[0].importance:g}",
            "raise it where it matters most to the customer, and leave it out where it is as usual (3)",
        )
