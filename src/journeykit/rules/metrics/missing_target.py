"""A KPI has no target.

Finds KPIs without `target`, except those of the kind `count`. Where this holds for all of several, they are one
finding.

Why: a figure without a target says neither that all is well nor that something has to be done.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
kpis:
  - {kind: csat, value: 82%, n: 412, period: 2026-Q1}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
kpis:
  - {kind: csat, value: 82%, n: 412, target: 85%, period: 2026-Q1}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, once_if_all, rule


@rule(Severity.INFO)
def missing_target(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each KPI, or one for all."""
    found = [(("kpis", number), kpi) for number, kpi in enumerate(subject.journey.kpis) if kpi.kind != "count"]
    hits = [
        Hit((*path, "target"), f"this {kpi.kind.replace('_', ' ')} has no target", "add `target`: what it should be")
        for path, kpi in found
        if kpi.target is None
    ]
    yield from once_if_all(hits, found, Hit(("kpis",), f"none of {len(found)} KPIs has a target", part="key"))
