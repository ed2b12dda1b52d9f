"""A touchpoint has no feeling.

Finds touchpoints between the first and the last that have neither `feeling` nor `satisfaction` nor `measured`; at
these two the rule `bare-endpoint` finds it. Where no touchpoint of the journey has any, it is one finding, at
`touchpoints` or `stages`.

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
    """One hit for each inner touchpoint without any rating, or one for the journey."""
    journey = subject.journey
    if not any(touchpoint.is_rated for touchpoint in journey.touchpoints):
        yield Hit(
            ("touchpoints",) if journey.is_flat else ("stages",),
            f"none of the {len(journey.places)} touchpoints has a feeling",
            "ask how customers feel at each, and add `feeling` or `satisfaction`",
            part="key",
        )
        return
    for place in journey.places[1:-1]:
        if not place.touchpoint.is_rated:
            yield Hit(
                (*place.path, "feeling"),
                f"touchpoint {place.number} has no feeling",
                "ask how customers feel here, and add `feeling` or `satisfaction`",
            )
