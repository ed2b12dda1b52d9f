"""It goes badly, and the journey shows no way to complain.

Finds journeys of five or more touchpoints (limit `touchpoints`) with a critical low point of severity 30 or more
(limit `severity`), and no touchpoint that has the tag `complaint` or speaks of complaining in its title.

Why: practice with service goals, channels and metrics: where something goes very wrong, most customers say nothing and
leave. A way to complain that is easy to find tells you, and gives you the chance to put it right.

Bad:

```yaml
title: I get my bill corrected
persona: Home customer
touchpoints:
  - I am charged twice: angry
  - I look for somebody to ask: lost
  - I hold the line: impatient
  - I give up and pay: resigned
  - I get a receipt: indifferent
```

Good:

```yaml
title: I get my bill corrected
persona: Home customer
touchpoints:
  - I am charged twice: angry
  - I look for somebody to ask: lost
  - {title: I write through the form on the bill, feeling: hopeful, channel: web, tags: [complaint]}
  - I am called back: heard
  - I get my money back: relieved
```
"""

import re
from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule

COMPLAINING = re.compile(
    r"\bcomplain|beschwer|reklam|\bpanasz|\bpritož|şikayet|παράπον|παραπον|καταγγελ", re.IGNORECASE
)
"""Complaining, in the six languages of the word lists."""


@rule(Severity.INFO)
def missing_complaint_path(subject: Subject, *, severity: float = 30, touchpoints: int = 5) -> Iterator[Hit]:
    """At most one hit, at the worst low point."""
    journey = subject.journey
    if len(journey.touchpoints) < touchpoints or journey.status == "retired":
        return
    worst = next((low for low in subject.scores.low_points if low.kind == "critical"), None)
    if worst is None or worst.severity < severity - 1e-6:
        return
    if not any("complaint" in t.tags or COMPLAINING.search(t.title) for t in journey.touchpoints):
        rated = subject.scores.by_id[worst.id]
        yield Hit(
            (*journey.places[rated.number - 1].path, rated.source or "feeling"),
            f"a critical low point (score {worst.score:.3g}), and nowhere on this journey the customer complains",
            "add the touchpoint where the customer can (tag `complaint`), or an opportunity to make one",
        )
