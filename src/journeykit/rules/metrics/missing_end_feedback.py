"""Customers are not asked at the end.

Finds maps that are in use (`status: reviewed` or `live`) or say how things are measured (`feedback` or `kpis`), and
in which no customer is asked once it is over. Asked is who has a `feedback` entry with `when: end` or `after`, or one
without `when`; and who meets, at the last touchpoint or in a stage of `phase: after` or `renewal`, a feedback entry, a
survey (`measured`, or a KPI that customers are asked for) or the tag `survey`. A KPI that customers are asked for at
no given touchpoint may come from the end, too. A draft without figures is left alone.

Why: guidance for service desks on journey mapping: ask at the end. Only there the customer can judge the whole, and
what you hear is what they will tell others.

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
    """At most one hit, at the feedback, else at the figures, else at the status."""
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
    asked = {entry.at for entry in journey.feedback if entry.at} | {
        kpi.at for kpi in journey.kpis if kpi.kind in SURVEYS
    }
    return None in asked or not asked.isdisjoint(touchpoint.id for touchpoint in late)
