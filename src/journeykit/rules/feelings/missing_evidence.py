"""A touchpoint of a researched map rests on nothing.

Finds touchpoints without evidence where `basis` is `research` or `measured`: neither an `evidence` of their own nor
one for the whole journey, and no `measured`. Where no touchpoint has any, it is one finding, at `basis`.

Why: guidance for service desks on journey mapping takes feelings from interviews. A map that says it is researched
has to say, touchpoint by touchpoint, whom one may ask.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
basis: research
sources:
  - {id: interviews, kind: interview, n: 6}
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    evidence: [interviews]
  - title: The technician fixes it
    feeling: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
basis: research
sources:
  - {id: interviews, kind: interview, n: 6}
evidence: [interviews]
touchpoints:
  - title: I call the help desk
    feeling: frustrated
  - title: The technician fixes it
    feeling: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING)
def missing_evidence(subject: Subject) -> Iterator[Hit]:
    """One hit for each touchpoint without evidence, or one for the journey."""
    journey = subject.journey
    if journey.basis == "assumption":
        return
    bare = [
        place
        for place in journey.places
        if not journey.evidence_of(place.touchpoint) and place.touchpoint.measured is None
    ]
    if len(bare) == len(journey.places):
        help = "list the `sources`, and name them in `evidence`; or say `basis: assumption`"
        yield Hit(("basis",), f"`{journey.basis}`, but no touchpoint has evidence", help)
        return
    for place in bare:
        yield Hit(
            (*place.path, "evidence"),
            f"touchpoint {place.number} has no evidence, and the basis is {journey.basis}",
            "add `evidence` here, or once for the whole journey",
        )
