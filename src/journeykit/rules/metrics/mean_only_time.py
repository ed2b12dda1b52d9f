"""A response or resolution time has neither a median nor a 90th percentile.

Finds KPIs of the kinds `response_time` and `resolution_time` that give a `mean` or a `value` and neither `median` nor
`p90`.

Why: times are skewed: a few very long cases raise the mean, and many quick ones hide them. The median is what a
customer can expect, and one customer in ten waits longer than the 90th percentile (on percentiles as service levels:
Beyer et al., Site Reliability Engineering, chapter 4, 2016).

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
kpis:
  - {kind: resolution_time, mean: 31h, n: 164, target: 24h, period: 2026-Q1}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
kpis:
  - {kind: resolution_time, median: 19h, p90: 74h, n: 164, target: 24h, period: 2026-Q1}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.metrics import measured_kpis


@rule(Severity.WARNING)
def mean_only_time(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each KPI, at the figure that it gives."""
    for path, kpi in measured_kpis(subject.journey):
        if kpi.kind in ("response_time", "resolution_time") and kpi.median is None and kpi.p90 is None:
            yield Hit(
                (*path, "value" if kpi.mean is None else "mean"),
                f"this {kpi.kind.replace('_', ' ')} has neither a median nor a 90th percentile",
                "give `median` and `p90`; if the figure is a median, write `median` instead",
            )
