"""A live map is based on assumptions.

Finds journeys with `status: live` and `basis: assumption`, which is also what a file without `basis` says.

Why: a map of assumptions is a start that has to be validated with customers (Stickdorn et al., This Is Service Design
Doing (2018)). Decisions are made by a live map every day.

Bad:

```yaml
title: I get my router fixed
status: live
basis: assumption
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
status: live
basis: research
evidence: [calls]
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
sources:
  - {id: calls, kind: interview, n: 8, date: 2026-02}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING)
def unproven_live_map(subject: Subject) -> Iterator[Hit]:
    """Yield a hit at the status."""
    if subject.journey.status == "live" and subject.journey.basis == "assumption":
        yield Hit(
            ("status",),
            "the map is live and rests on assumptions",
            "ask or observe customers and set `basis: research`, or keep it a draft",
        )
