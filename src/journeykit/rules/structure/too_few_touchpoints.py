"""The journey has fewer than 5 touchpoints.

Finds journeys with fewer than 5 touchpoints.

Why: journeys include the search before the first contact, waiting, the invoice, and use afterwards (Lemon & Verhoef,
"Understanding Customer Experience Throughout the Customer Journey", Journal of Marketing 80(6), 2016). Four points
hardly cover them.

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
persona: Home customer
touchpoints:
  - I notice that the internet is down: annoyed
  - I look for the number of the help desk: impatient
  - I call the help desk: frustrated
  - I wait at home all morning: bored
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING)
def too_few_touchpoints(subject: Subject, *, touchpoints: int = 5) -> Iterator[Hit]:
    """Yield a hit at the key of the touchpoints or stages."""
    count = len(subject.journey.touchpoints)
    if count < touchpoints:
        yield Hit(
            subject.list_key,
            f"the journey has only {count} touchpoints",
            "add what comes before the first contact, the waiting, and what comes after the last",
            part="key",
        )
