"""A touchpoint has no feeling.

Finds touchpoints between the first and the last that have neither `feeling` nor `satisfaction` nor `measured`; at
these two the rule `bare-endpoint` finds it.

Why: guidance for service desks on journey mapping: everything turns on feelings. Without one, or a number in its
place, the touchpoint is a gap in the curve and left out of the score.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - I get an appointment
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - I get an appointment: hopeful
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING)
def missing_feeling(subject: Subject) -> Iterator[Hit]:
    """One hit for each inner touchpoint without any rating."""
    for place in subject.journey.places[1:-1]:
        touchpoint = place.touchpoint
        if not touchpoint.feeling and touchpoint.satisfaction is None and touchpoint.measured is None:
            yield Hit(
                (*place.path, "feeling"),
                f"touchpoint {place.number} has no feeling",
                "ask how customers feel here, and add `feeling` or `satisfaction`",
            )
