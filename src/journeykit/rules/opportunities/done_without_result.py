"""An opportunity is done, and nothing says what the result was.

Finds opportunities with `status: done` without `result`, unless an entry of `changes` names the opportunity, or a KPI
or a survey (`measured`) is at one of its touchpoints.

Why: improvement is a cycle of plan, do, study and act (Deming, The New Economics, 1993). Without a look at the result,
a team keeps changes that hurt and repeats what did not work.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {id: call, title: I call the help desk, feeling: frustrated}
  - The technician fixes it: relieved
opportunities:
  - title: Call back instead of holding the line
    at: [call]
    status: done
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {id: call, title: I call the help desk, feeling: frustrated}
  - The technician fixes it: relieved
opportunities:
  - title: Call back instead of holding the line
    at: [call]
    status: done
    result: Nine of ten are called back within the hour; fewer hang up
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING)
def done_without_result(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each, at its status."""
    journey = subject.journey
    documented = {change.opportunity for change in journey.changes}
    looked_at = {id for kpi in journey.kpis for id in journey.touchpoint_ids(kpi.at)} | {
        t.id for t in journey.touchpoints if t.measured
    }
    for number, opportunity in enumerate(journey.opportunities):
        if opportunity.status != "done" or opportunity.result or opportunity.id in documented:
            continue
        if looked_at.isdisjoint((*journey.touchpoint_ids(opportunity.at), *opportunity.target)):
            yield Hit(
                ("opportunities", number, "status"),
                "done, and nothing says what the result was",
                "add `result`: what is different for customers since then",
            )
