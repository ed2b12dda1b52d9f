"""A KPI does not say when it was measured, or where it comes from.

Finds KPIs that have a figure and no `period`, no `source`, or neither. The `date` of a source counts as the period.
Where something is missing from all of several, they are one finding.

Why: a figure that cannot be traced cannot be compared with next year's, and one without a date stays in the map as if
it were current.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
kpis:
  - {kind: csat, value: 82%, n: 412, target: 85%}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
kpis:
  - {kind: csat, value: 82%, n: 412, target: 85%, period: 2026-Q1, source: after-visit}
sources:
  - {id: after-visit, kind: survey, n: 412, sent: 1030, who: customers after the visit}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, once_if_all, rule
from journeykit.rules.metrics import measured_kpis, sources_of

SAYS = {"period": "when it was measured (`period`)", "source": "what it was measured by (`source`)"}


@rule(Severity.WARNING)
def undated_kpi(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each KPI, or one for all."""
    found = measured_kpis(subject.journey)
    sources, hits = sources_of(subject.journey), []
    for path, kpi in found:
        source = sources.get(kpi.source)
        dated = kpi.period is not None or (source is not None and source.date is not None)
        if lacks := [key for key, given in (("period", dated), ("source", source is not None)) if not given]:
            what = f"this {kpi.kind.replace('_', ' ')} has no {' and no '.join(lacks)}"
            hits.append(Hit((*path, lacks[0]), what, f"say {' and '.join(SAYS[key] for key in lacks)}"))
    message = f"none of {len(found)} KPIs says both when and by what it was measured"
    help = f"say {' and '.join(SAYS.values())}"
    yield from once_if_all(hits, found, Hit(("kpis",), message, help, part="key"))
