"""Customers are not asked at the end.

Finds maps that are in use (`status: reviewed` or `live`) or say how they are measured (`feedback` or `kpis`), and in
which no customer is asked at the end. A `feedback` entry with `when: end` or `after`, or without `when`, is a question
at the end. So is a feedback entry, a survey (`measured`, or a KPI from a survey) or the tag `survey` at the last
touchpoint or in a stage of `phase: after` or `renewal`, and a KPI from a survey at no given touchpoint. A draft
without figures is not judged.

Why: only at the end can customers judge the whole, and the end of an experience has a strong influence on how it is
remembered (Kahneman et al., "When More Pain Is Preferred to Less", Psychological Science 4(6), 1993).

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {id: call, title: I call the help desk, feeling: frustrated}
  - The technician fixes it: relieved
feedback:
  - {when: during, at: call, channel: phone, kind: open, question: Is it clear what happens next?}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {id: call, title: I call the help desk, feeling: frustrated}
  - The technician fixes it: relieved
feedback:
  - {when: during, at: call, channel: phone, kind: open, question: Is it clear what happens next?}
  - {when: after, channel: sms, kind: csat, question: How satisfied are you with how it went?}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.model import Journey
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.metrics import SURVEYS


@rule(Severity.WARNING)
def missing_end_feedback(subject: Subject) -> Iterator[Hit]:
    """Yield at most one hit, at the feedback, else at the figures, else at the status."""
    journey = subject.journey
    keys = [key for key in ("feedback", "kpis") if getattr(journey, key)]
    keys += ["status"] if journey.status in ("reviewed", "live") else []
    if not keys or journey.status == "retired" or any(entry.when != "during" for entry in journey.feedback):
        return
    if not _is_asked_late(journey):
        yield Hit(
            (keys[0],),
            "no customer is asked at the end",
            "add a `feedback` entry with `when: end` or `after`: one question, asked when it is over",
            part="key",
        )


def _is_asked_late(journey: Journey) -> bool:
    late = [place.touchpoint for place in journey.places if place.stage.phase in ("after", "renewal")]
    late.append(journey.touchpoints[-1])
    if any(touchpoint.measured or "survey" in touchpoint.tags for touchpoint in late):
        return True
    measured = [kpi.at for kpi in journey.kpis if kpi.kind in SURVEYS]
    asked = {entry.at for entry in journey.feedback if entry.at}
    asked.update(id for at in measured for id in journey.touchpoint_ids(at))
    return () in measured or not asked.isdisjoint(touchpoint.id for touchpoint in late)
