"""A business goal is not measured.

Finds goals with `who: business` and no `kpi`. Where this holds for all of several, they are one finding.

Why: without a measure nobody can say whether a goal is reached (Doran, "There's a S.M.A.R.T. Way to Write Management's
Goals and Objectives", Management Review 70(11), 1981).

Bad:

```yaml
title: I get my router fixed
persona: Home customer
goals:
  - Be online again before my deadline
  - {who: business, goal: Fewer visits by technicians}
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
goals:
  - Be online again before my deadline
  - {who: business, goal: Fewer visits by technicians, kpi: fixed-by-phone}
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
kpis:
  - {id: fixed-by-phone, kind: rate, value: 41%, n: 980, target: 50%, period: 2026-Q1}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, once_if_all, rule


@rule(Severity.WARNING)
def unmeasured_goal(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each goal, or one for all."""
    goals = enumerate(subject.journey.goals)
    found = [(("goals", number), goal) for number, goal in goals if goal.who == "business"]
    hits = [
        Hit((*path, "goal"), "nothing measures this goal of the company", "add `kpi`: the id of one under `kpis`")
        for path, goal in found
        if goal.kpi is None
    ]
    message = f"nothing measures the {len(found)} goals of the company"
    yield from once_if_all(hits, found, Hit(("goals",), message, part="key"))
