"""A planned opportunity has no owner.

Finds opportunities with `status: planned` or `doing` and no `owner`. An idea needs no owner yet, and what is done or
dropped no longer needs one.

Why: insights from a map need an owner within the company (Nielsen Norman Group, "When and How to Create Customer
Journey Maps" (Kaplan, 2016)). What nobody is responsible for is not done.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {id: call, title: I call the help desk, feeling: frustrated}
  - The technician fixes it: relieved
opportunities:
  - title: Call back instead of holding the line
    at: [call]
    status: planned
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {id: call, title: I call the help desk, feeling: frustrated}
  - The technician fixes it: relieved
opportunities:
  - title: Call back instead of holding the line
    at: [call]
    status: planned
    owner: Help desk lead
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.opportunities import open_ones

STATES = {"planned": "planned", "doing": "in progress"}


@rule(Severity.WARNING)
def unowned_opportunity(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each, at its status."""
    for path, opportunity in open_ones(subject.journey):
        if opportunity.status != "idea" and opportunity.owner is None:
            yield Hit(
                (*path, "status"),
                f"the opportunity is {STATES[opportunity.status]} and has no owner",
                "add `owner`: who is responsible for it; or make it an `idea` until somebody is",
            )
