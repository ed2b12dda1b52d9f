"""The journey has no goal of the customer.

Finds journeys without any `goals`, unless the persona says what it `wants` or a stage has a `goal`. Where all goals
are the company's, `business-goals-only` finds it.

Why: a journey is the process by which a person accomplishes a goal (Nielsen Norman Group, "Journey Mapping 101"
(Gibbons, 2018)). Only against a goal can one say whether a touchpoint helps or hinders.

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
    """Yield a hit at the goals, or the journey's first key where there are none."""
    journey = subject.journey
    if not (journey.goals or journey.persona.wants or any(stage.goal for stage in journey.stages)):
        yield Hit(
            ("goals",),
            "the journey has no goal of the customer's",
            "add `goals`: what the customer wants to reach with it",
        )
