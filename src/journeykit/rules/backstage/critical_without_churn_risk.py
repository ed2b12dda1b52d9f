"""A critical low point has no churn risk.

Finds critical low points (a score of 20 or less) without a `churn_risk` where it matters to the customer: at a moment
of truth of importance 3 or more, since it decides between staying and leaving; and at an importance of 4 or more in a
journey that speaks of staying or leaving at all, by a `churn_risk`, an option `to: end`, a stage of `phase: renewal` or
the persona's `returns_because`. Nobody can leave the only passport office in town.

In a journey that states no risk anywhere, only the worst one is found. Where the customer can leave by a decision,
`exit-without-risk` finds it.

Why: customers switch after single incidents, above all core service failures and failed encounters (Keaveney,
"Customer Switching Behavior in Service Industries", Journal of Marketing 59(2), 1995). A stated risk, even a rough one
or `none`, shows which low point loses customers and which only annoys them.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: hopeful
  - title: Nobody comes
    feeling: furious
    moment_of_truth: true
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: hopeful
  - title: Nobody comes
    feeling: furious
    moment_of_truth: true
    churn_risk: high
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.model import Touchpoint
from journeykit.rules import Hit, Subject, first_only, rule
from journeykit.rules.backstage import can_leave, exit_option
from journeykit.scoring.display import shown

HELP = "add `churn_risk`: low, medium, high or a share; `none` if nobody leaves because of it"


@rule(Severity.WARNING)
def critical_without_churn_risk(subject: Subject, *, importance: float = 4) -> Iterator[Hit]:
    """Yield a hit for each low point, at the value of its score; only the worst where no risk is stated."""
    places = {place.touchpoint.id: place for place in subject.journey.places}
    stated = any(touchpoint.churn_risk is not None for touchpoint in subject.journey.touchpoints)
    leaving = can_leave(subject.journey)
    hits = []
    for low in subject.scores.low_points:
        rated = [subject.scores.by_id[id] for id in low.span]
        matters = low.kind == "critical" and any(_importance(one.touchpoint, leaving) >= importance for one in rated)
        asked = any(one.touchpoint.churn_risk is not None or _is_exit(one.touchpoint) for one in rated)
        if matters and not asked:
            where = (*places[low.id].path, subject.scores.by_id[low.id].source or "feeling")
            message = f"a critical low point (score {shown(low.score)}) without a churn risk"
            hits.append(Hit(where, message, HELP))
    yield from hits if stated else first_only(hits)


def _importance(touchpoint: Touchpoint, leaving: bool) -> float:
    """Return the importance without the bonus of the first and last touchpoint, which have rules of their own."""
    if touchpoint.moment_of_truth:
        return touchpoint.importance + 1
    return touchpoint.importance if leaving else 0


def _is_exit(touchpoint: Touchpoint) -> bool:
    return exit_option(touchpoint) is not None
