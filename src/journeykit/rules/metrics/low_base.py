"""A figure rests on too few answers to build on.

Finds KPIs whose `n`, or whose answers counted, are fewer than 30 (limit `answers`), a `count` aside. What rests on
fewer than 5 is left to `small-cell`: it should not be shown at all.

Why: with so few answers the 95 % interval is so wide that one person more or less changes the news. A CSAT of 80 % of
20 answers lies anywhere between 58 % and 92 % (Wilson's interval). Charts mark such a figure as one of a low base.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
kpis:
  - {kind: csat, value: 80%, n: 20, target: 85%, period: 2026-01}
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
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.metrics import measured_kpis
from journeykit.scoring.metrics import LOW_BASE, TOO_FEW, metric_of


@rule(Severity.WARNING)
def low_base(subject: Subject, *, answers: int = LOW_BASE) -> Iterator[Hit]:
    """One hit for each KPI, at its n, else at what was counted."""
    for path, kpi in measured_kpis(subject.journey):
        n = metric_of(kpi).n if kpi.n is None else kpi.n
        if kpi.kind != "count" and n is not None and TOO_FEW <= n < answers:
            key = "n" if kpi.n is not None else "counts" if kpi.counts else "promoters"
            yield Hit(
                (*path, key),
                f"this {kpi.kind.replace('_', ' ')} rests on {n} answers or cases only",
                "take a longer period or ask more customers, and do not build on it until then",
            )
