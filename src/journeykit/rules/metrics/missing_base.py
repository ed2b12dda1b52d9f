"""A share or a score does not say how many answers it rests on.

Finds KPIs of the kinds `csat`, `nps`, `ces`, `fcr` and `rate` that have a figure and no `n`. Counts of answers, and
promoters, passives and detractors, contain it; so does a `source` that has an `n`. Where this holds for all of
several, they are one finding.

Why: 90 % of ten answers and 90 % of a thousand are different news. Without a base there is no confidence interval, and
a change from month to month may be chance.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
kpis:
  - {kind: csat, value: 82%, target: 85%, period: 2026-Q1}
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
from journeykit.rules.metrics import measured_kpis, sources_of
from journeykit.scoring.metrics import metric_of

KINDS = ("csat", "nps", "ces", "fcr", "rate")


@rule(Severity.WARNING)
def missing_base(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each KPI, or one for all."""
    found = [(path, kpi) for path, kpi in measured_kpis(subject.journey) if kpi.kind in KINDS]
    sources, hits = sources_of(subject.journey), []
    for path, kpi in found:
        source = sources.get(kpi.source)
        if metric_of(kpi).n is None and (source is None or source.n is None):
            what = f"this {kpi.kind} does not say how many answers or cases it rests on"
            hits.append(Hit((*path, "n"), what, "add `n`, the number of answers or cases"))
    message = f"none of {len(found)} shares and scores says what it rests on"
    yield from once_if_all(hits, found, Hit(("kpis",), message, part="key"))
