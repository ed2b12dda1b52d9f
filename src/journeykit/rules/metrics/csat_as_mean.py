"""A CSAT is a mean of marks instead of a share of customers.

Finds KPIs of the kind `csat` whose `mean` or `median` is a number above 1 and up to 7, as marks are.

Why: CSAT is commonly the share of satisfied customers: those who answer 4 or 5 of 5, or 6 or 7 of 7 (top-2 box). A
mean of 3.9 does not tell whether everybody is fairly content or a third is furious.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
kpis:
  - {kind: csat, mean: 3.9, n: 171, target: 4.2, period: 2026-Q1}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
kpis:
  - {kind: csat, counts: {1: 4, 2: 9, 3: 19, 4: 53, 5: 86}, target: 85%, period: 2026-Q1}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.INFO)
def csat_as_mean(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each KPI, at its figure."""
    for number, kpi in enumerate(subject.journey.kpis):
        if kpi.kind != "csat" or kpi.counts:
            continue
        for key in ("mean", "median"):
            figure = getattr(kpi, key)
            if isinstance(figure, float) and 1 < figure <= 7:
                yield Hit(
                    ("kpis", number, key),
                    f"{figure:g} is a mean of marks, not the share of customers who are satisfied",
                    "give the answers (`counts: {1: …, 5: …}`), or the share of the best two marks (`value: 81%`)",
                )
                break
