"""A critical low point, and no touchpoint where customers complain.

Finds critical low points that the map itself calls important: by an `importance` of 4 or more, `moment_of_truth`, a
`churn_risk` of medium or more, or `outcome: vulnerability`. The worst of them is found in a map that uses `tags` but
never `complaint`, unless an opportunity addresses it.

Why: ISO 10002:2018 (guidelines for complaints handling) asks that customers find out easily where and how to complain.
A complaint lets the company put the matter right before the customer leaves.

Bad:

```yaml
title: I get my bill corrected
persona: Home customer
touchpoints:
  - {title: I am charged twice, feeling: angry, importance: 5}
  - I look for somebody to ask: lost
  - {title: I hold the line, feeling: impatient, tags: [complex]}
  - I give up and pay: resigned
  - I get a receipt: indifferent
```

Good:

```yaml
title: I get my bill corrected
persona: Home customer
touchpoints:
  - {title: I am charged twice, feeling: angry, importance: 5}
  - I look for somebody to ask: lost
  - {title: I write through the form on the bill, feeling: hopeful, channel: web, tags: [complaint]}
  - I am called back: heard
  - I get my money back: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.model import Touchpoint
from journeykit.rules import Hit, Subject, rule
from journeykit.scoring.display import shown
from journeykit.scoring.effort import CHURN


@rule(Severity.INFO)
def missing_complaint_path(subject: Subject) -> Iterator[Hit]:
    """Yield at most one hit, at the worst low point."""
    journey = subject.journey
    tags = {tag for touchpoint in journey.touchpoints for tag in touchpoint.tags}
    if journey.status == "retired" or not tags or "complaint" in tags:
        return
    weighty = {touchpoint.id for touchpoint in journey.touchpoints if _is_weighty(touchpoint)}
    critical = (low for low in subject.scores.low_points if low.kind == "critical" and not weighty.isdisjoint(low.span))
    worst = next(critical, None)
    if worst and subject.answered().isdisjoint(worst.span):
        rated = subject.scores.by_id[worst.id]
        yield Hit(
            (*journey.places[rated.number - 1].path, rated.source or "feeling"),
            f"a critical low point (score {shown(worst.score)}), and no touchpoint where the customer complains",
            "add the touchpoint where the customer can (tag `complaint`), or an opportunity to make complaining easy: "
            f"`at: [{worst.id}]`",
        )


def _is_weighty(touchpoint: Touchpoint) -> bool:
    risk = touchpoint.churn_risk
    leaves = (CHURN[risk] if isinstance(risk, str) else risk or 0.0) >= CHURN["medium"]
    important = touchpoint.importance >= 4 or touchpoint.moment_of_truth
    return important or leaves or touchpoint.outcome == "vulnerability"
