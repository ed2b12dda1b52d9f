"""A journey in which ways part has no decision.

Finds journeys of at least 8 touchpoints without any `decision` where the map itself says that ways part: by a
`churn_risk` other than `none`, or a `reach` below 1.

Why: customers rarely follow one fixed path (Stickdorn et al., This Is Service Design Doing (2018)). A risk or a reach
says that some go another way; a decision says where to, and why.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - My internet stops: worried
  - {title: I search for a solution, feeling: confused}
  - {title: I call the help desk, feeling: frustrated, reach: 80%}
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
  - {id: call, title: I call the help desk, feeling: frustrated, reach: 80%}
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
    parting = [one for one in journey.touchpoints if one.reach < 1 or one.churn_risk not in (None, "none", 0)]
    if len(journey.touchpoints) >= touchpoints and parting and not any(one.decision for one in journey.touchpoints):
        yield Hit(
            subject.list_key,
            f"some customers go another way, and none of {len(journey.touchpoints)} touchpoints has a decision",
            "add a `decision` where ways part: to go on or to leave, to wait or to ask, to be accepted or not",
            part="key",
        )
