"""The journey has no goal of the customer's.

Finds journeys without any `goals`, unless the persona says what it `wants` or a stage what the customer wants to reach
in it. Where all goals are the company's, it is `business-goals-only` instead.

Why: guidance for service desks on journey mapping, and practice in home services, start from what the customer wants
to reach. Whether a touchpoint helps or hinders can only be said against a goal.

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
goals:
  - Be online again before my deadline
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
def missing_goal(subject: Subject) -> Iterator[Hit]:
    """Yield the goals, or the journey's first key where there are none."""
    journey = subject.journey
    if not (journey.goals or journey.persona.wants or any(stage.goal for stage in journey.stages)):
        yield Hit(
            ("goals",),
            "the journey has no goal of the customer's",
            "add `goals`: what the customer wants to reach with it",
        )
