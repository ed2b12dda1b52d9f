"""The journey has no note.

Finds journeys without `note`: a few sentences on the customer's goals and expectations.

Why: a map states its scenario and the expectations of the customer (Nielsen Norman Group, "Journey Mapping 101"
(Gibbons, 2018)). Readers who were not in the workshop cannot otherwise tell a disappointed expectation from a bad day.

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
note: Eva works from home and wants to be online again today. She expects to explain the fault only once.
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
def missing_note(subject: Subject) -> Iterator[Hit]:
    """Yield a hit at the journey's first key."""
    if subject.journey.note is None:
        yield Hit(
            ("note",),
            "the journey has no `note`",
            "add `note`: what the customer wants to reach and expects, in two or three sentences",
        )
