"""The journey starts with the main event.

Finds journeys without a stage of `phase: before` whose first touchpoint is at or after day 0 (for dates: at or after a
`day0` that is a date). Where the first touchpoint has no time, the phase of its stage decides: `during` or later is
late. With neither, or where `scope` says where the journey starts, the rule is silent. So it is where the first
touchpoint comes before any contact (`channel: none` or `self`), which shows the need itself, and where times count from
the first touchpoint: it is exactly at 0, and nothing says what `day0` is.

Why: the prepurchase stage (need, search, consideration) is part of the customer journey (Lemon & Verhoef,
"Understanding Customer Experience Throughout the Customer Journey", Journal of Marketing 80(6), 2016). Expectations
come from there.

Bad:

```yaml
title: I get my router fixed
day0: day of the call
persona: Home customer
touchpoints:
  - title: I call the help desk
    at: 0h
    feeling: frustrated
  - title: The technician fixes it
    at: day 3
    feeling: relieved
```

Good:

```yaml
title: I get my router fixed
day0: day of the call
persona: Home customer
touchpoints:
  - title: My internet stops
    at: -2d
    feeling: worried
  - title: I call the help desk
    at: 0h
    feeling: frustrated
  - title: The technician fixes it
    at: day 3
    feeling: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.touchpoints import counts_from_start
from journeykit.scoring.effort import is_contact


@rule(Severity.WARNING)
def late_start(subject: Subject) -> Iterator[Hit]:
    """Yield at most one hit, at the first time, else at the first phase."""
    first = subject.journey.places[0]
    scope = subject.journey.scope
    if any(stage.phase == "before" for stage in subject.journey.stages) or (scope and scope.starts):
        return
    if not is_contact(first.touchpoint):
        return
    help = (
        "add what comes before it, such as the need, the search, the waiting (`phase: before`), or `starts` to `scope`"
    )
    at = first.touchpoint.at
    start = subject.since_day0(at) if at else None
    if start is not None:
        if start >= 0 and not counts_from_start(subject.journey):
            yield Hit((*first.path, "at"), "nothing happens before day 0", help)
    elif first.stage.phase:
        yield Hit((*first.path[:2], "phase"), f"the first stage is `{first.stage.phase}` already", help)
