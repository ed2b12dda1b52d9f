"""Few of the people who were asked answered.

Finds KPIs and sources with `sent` of which fewer than 20 % answered (limit `percent`). A KPI of such a source is not
found a second time.

Why: people who answer may differ from those who do not. A low response rate does not prove a bias, but it leaves much
room for one (Groves, "Nonresponse Rates and Nonresponse Bias in Household Surveys", Public Opinion Quarterly 70(5),
2006).

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
kpis:
  - {kind: csat, value: 82%, n: 62, sent: 1030, target: 85%, period: 2026-Q1}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
kpis:
  - {kind: csat, value: 82%, n: 412, sent: 1030, target: 85%, period: 2026-Q1}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.scoring.display import beside
from journeykit.scoring.metrics import metric_of


@rule(Severity.INFO)
def low_response(subject: Subject, *, percent: float = 20) -> Iterator[Hit]:
    """Yield a hit for each survey, at the number asked."""
    journey, found = subject.journey, set()
    for number, source in enumerate(journey.sources):
        if hit := _hit(source.n, source.sent, percent):
            found.add(source.id)
            yield hit._replace(path=("sources", number, "sent"))
    for number, kpi in enumerate(journey.kpis):
        if kpi.source not in found and (hit := _hit(metric_of(kpi).n, kpi.sent, percent)):
            yield hit._replace(path=("kpis", number, "sent"))


def _hit(n: int | None, sent: int | None, percent: float) -> Hit | None:
    if n is None or not sent or 100 * n >= percent * sent:
        return None
    share = f"{beside(100 * n / sent, percent)} %"
    help = "ask sooner after the event, shorter, or in the channel that the customer used; and report the results"
    return Hit((), f"only {share} of those asked answered ({n} of {sent})", help)
