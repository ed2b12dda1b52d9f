"""The journey ends with the main event.

Finds journeys without a stage of `phase: after` or `renewal` in which nothing happens after day 1: the last
touchpoint, and with what it `lasts` its end, is on day 1 or earlier (for dates: counted from a `day0` that is a date).
Where the last touchpoint has no time and none is later than day 1, the phase of its stage decides: `before` or
`during`. With neither, or where `scope` says where the journey ends, the rule is silent. So it is where times count
from the first touchpoint (it is exactly at 0, and nothing says what `day0` is): a short journey may be over.

Why: the post-purchase stage (use, follow-up, new needs) is part of the customer journey (Lemon & Verhoef,
"Understanding Customer Experience Throughout the Customer Journey", Journal of Marketing 80(6), 2016).

Bad:

```yaml
title: My new job
persona: Anna, new marketing specialist
touchpoints:
  - title: I sign my contract
    at: -30d
    feeling: excited
  - title: I get my laptop
    at: day 0 10:00
    feeling: relieved
```

Good:

```yaml
title: My new job
persona: Anna, new marketing specialist
touchpoints:
  - title: I sign my contract
    at: -30d
    feeling: excited
  - title: I get my laptop
    at: day 0 10:00
    feeling: relieved
  - title: I finish my first task on my own
    at: day 30
    feeling: proud
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.touchpoints import counts_from_start
from journeykit.scoring.effort import seconds_spent

DAY_2 = 2 * 86400.0


@rule(Severity.WARNING)
def early_end(subject: Subject) -> Iterator[Hit]:
    """Yield at most one hit, at the last time, else at the last phase."""
    scope = subject.journey.scope
    if any(stage.phase in ("after", "renewal") for stage in subject.journey.stages) or (scope and scope.ends):
        return
    help = "add what comes after it, such as first use, follow-up, renewal (`phase: after`), or `ends` to `scope`"
    for place in subject.journey.places:
        at = place.touchpoint.at
        start = subject.since_day0(at) if at else None
        if start is not None and start + seconds_spent(place.touchpoint) >= DAY_2:
            return
    if start is not None:
        if counts_from_start(subject.journey):
            return
        yield Hit((*place.path, "at"), "nothing happens after day 1", help)
    elif place.stage.phase:
        yield Hit((*place.path[:2], "phase"), f"the last stage is still `{place.stage.phase}`", help)
