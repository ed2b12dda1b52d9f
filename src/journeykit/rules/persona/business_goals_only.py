"""Every goal is the company's.

Finds journeys whose `goals` are all `who: business`, unless a stage has a `goal` of the customer.

Why: a journey is the process by which a person accomplishes a goal (Nielsen Norman Group, "Journey Mapping 101"
(Gibbons, 2018)). A journey that is judged by the company's goals alone gets better for the company.

Bad:

```yaml
title: I get my router fixed
goals:
  - {who: business, goal: Fewer visits by technicians}
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
  - {who: business, goal: Fewer visits by technicians}
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
def business_goals_only(subject: Subject) -> Iterator[Hit]:
    """Yield a hit at the key of the goals."""
    journey = subject.journey
    if not journey.goals or any(stage.goal for stage in journey.stages):
        return
    if all(goal.who == "business" for goal in journey.goals):
        yield Hit(
            ("goals",),
            "every goal is the company's",
            "add what the customer wants to reach; a goal in plain text is the customer's",
            part="key",
        )
