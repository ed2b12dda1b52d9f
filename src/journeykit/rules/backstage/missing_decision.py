"""A long journey has no decision.

Finds journeys of at least 8 touchpoints without any `decision`.

Why: customers rarely follow one fixed path (Stickdorn et al., This Is Service Design Doing (2018)). A long journey in
which nobody chooses is often a description of the company's process.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - My internet stops: worried
  - I search for a solution: confused
  - I call the help desk: frustrated
  - I explain the problem: heard
  - I get an appointment: hopeful
  - I get a reminder: informed
  - The technician fixes it: relieved
  - I get a call whether it still works: satisfied
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - My internet stops: worried
  - title: I search for a solution
    feeling: confused
    decision:
      question: Do I try it myself?
      options:
        - {answer: "yes, with the film", to: works, share: 0.2}
        - {answer: "no, I call", to: call, share: 0.8}
  - {id: call, title: I call the help desk, feeling: frustrated}
  - I explain the problem: heard
  - I get an appointment: hopeful
  - I get a reminder: informed
  - The technician fixes it: relieved
  - {id: works, title: I get a call whether it still works, feeling: satisfied}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.INFO)
def missing_decision(subject: Subject, *, touchpoints: int = 8) -> Iterator[Hit]:
    """Yield at most one hit, at the key of the list."""
    journey = subject.journey
    if len(journey.touchpoints) >= touchpoints and not any(one.decision for one in journey.touchpoints):
        yield Hit(
            subject.list_key,
            f"nobody decides anything in {len(journey.touchpoints)} touchpoints",
            "add a `decision` where ways part: to go on or to leave, to wait or to ask, to be accepted or not",
            part="key",
        )
