"""A feeling rests on a log, which does not know how anything feels.

Finds `feeling` and `satisfaction` of a touchpoint where the journey's `basis` is `measured`, the touchpoint has no
`measured`, and all its evidence is of kind `ticket` or `analytics`. With `basis: research` or `assumption` the map does
not claim that what it says was measured.

Why: tickets and analytics record what happened and when. How customers felt about it has to be asked: people who
had the same wait judge it differently, by what they expected and were told (Maister, The Psychology of Waiting Lines
(1985)). A curve drawn from a log is its author's guess, and reads as a measurement.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
basis: measured
sources:
  - {id: helpdesk, kind: ticket, n: 4580}
evidence: [helpdesk]
touchpoints:
  - title: I call the help desk
    reach: 0.94
  - title: I wait for the technician
    wait: 4.5d
    feeling: annoyed
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
basis: measured
sources:
  - {id: helpdesk, kind: ticket, n: 4580}
  - {id: interviews, kind: interview, n: 8}
evidence: [helpdesk]
touchpoints:
  - title: I call the help desk
    reach: 0.94
  - title: I wait for the technician
    wait: 4.5d
    feeling: annoyed
    evidence: [helpdesk, interviews]
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule

LOGS = ("ticket", "analytics")


@rule(Severity.WARNING)
def feeling_from_log(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each feeling and satisfaction that only logs stand for."""
    journey = subject.journey
    if journey.basis != "measured":
        return
    for place in journey.places:
        touchpoint = place.touchpoint
        kinds = {source.kind for source in journey.evidence_of(touchpoint)}
        if touchpoint.measured is not None or not kinds or not kinds <= set(LOGS):
            continue
        for key, value in (("feeling", touchpoint.feeling or None), ("satisfaction", touchpoint.satisfaction)):
            if value is not None:
                yield Hit(
                    (*place.path, key),
                    "the log does not know how it feels",
                    "ask customers, and name that source here too; or leave it out until somebody was asked",
                )
