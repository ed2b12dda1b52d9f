"""The journey starts badly.

Finds journeys whose first touchpoint scores below 50, the neutral value. An unrated first touchpoint is found by
`bare-endpoint`. Once an opportunity addresses the touchpoint, the map has done what it can.

Why: guidance for service desks on journey mapping: the first contact sets what the customer expects of all that
follows, and a bad one is hard to make good.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I cannot find the number of the help desk: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I find the number of the help desk on the router: reassured
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING)
def bad_start(subject: Subject, *, score: float = 50) -> Iterator[Hit]:
    """At most one hit, at what the first score comes from."""
    first = subject.scores.touchpoints[0]
    if first.score is not None and first.score < score and first.id not in subject.answered():
        low = "neutral (50)" if score == 50 else f"{score:g}"
        yield Hit(
            (*subject.journey.places[0].path, first.source or "feeling"),
            f"the journey starts with a score of {first.score:.3g}, below {low}",
            "if it is so, make the first contact easier: add an opportunity here",
        )
