"""Customers are asked only when it is too late for them.

Finds maps that have `feedback`, all of it with `when: end` or `after`, of a journey of at least 5 touchpoints (limit
`touchpoints`) that takes a day or longer (limit `hours`), by its times or by the waiting that it states. A touchpoint
with the tag `survey` before the last one, or a KPI from a survey there, is a question on the way too.

Why: what customers say on the way can still be put right for them, not only for the next customer.

Bad:

```yaml
title: I get my kitchen
persona: Home customer
touchpoints:
  - I choose my kitchen: excited
  - I have it measured: calm
  - {title: I wait, feeling: impatient, wait: 3w}
  - It is built in: excited
  - I cook in it: proud
feedback:
  - {when: after, channel: email, kind: nps, question: Would you recommend us?}
```

Good:

```yaml
title: I get my kitchen
persona: Home customer
touchpoints:
  - I choose my kitchen: excited
  - I have it measured: calm
  - {id: wait, title: I wait for weeks, feeling: impatient}
  - It is built in: excited
  - I cook in it: proud
feedback:
  - {when: during, at: wait, channel: phone, kind: open, question: How are we doing so far?}
  - {when: after, channel: email, kind: nps, question: Would you recommend us?}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.metrics import SURVEYS


@rule(Severity.INFO)
def missing_mid_feedback(subject: Subject, *, touchpoints: int = 5, hours: float = 24) -> Iterator[Hit]:
    """Yield at most one hit, at the key of the feedback."""
    journey, effort = subject.journey, subject.scores.effort
    if not journey.feedback or any(entry.when not in ("end", "after") for entry in journey.feedback):
        return
    if len(journey.touchpoints) < touchpoints or max(effort.elapsed or 0, effort.waiting) < 3600 * hours:
        return
    asked = {id for kpi in journey.kpis if kpi.kind in SURVEYS for id in journey.touchpoint_ids(kpi.at)}
    if not any("survey" in touchpoint.tags or touchpoint.id in asked for touchpoint in journey.touchpoints[:-1]):
        yield Hit(
            ("feedback",),
            "nobody asks the customer on the way",
            "add a question with `when: during`, such as how we are doing so far, where something can still be changed",
            part="key",
        )
