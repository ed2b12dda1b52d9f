"""A touchpoint of a researched map has no evidence.

Finds touchpoints without evidence where `basis` is `research` or `measured`: neither an `evidence` of their own nor
one for the whole journey, and no `measured`. Where at least half of the touchpoints have none, it is one finding, at
`basis`.

Why: maps based on research should say so and name it, as they are trusted more than maps of assumptions (Stickdorn et
al., This Is Service Design Doing (2018)). A map that says it is researched should say for each touchpoint which
research supports it.

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
from journeykit.rules import Hit, Subject, once_if_most, rule


@rule(Severity.WARNING)
def missing_evidence(subject: Subject) -> Iterator[Hit]:
    """Yield one hit for each touchpoint without evidence, or one for the journey."""
    journey = subject.journey
    if journey.basis == "assumption":
        return
    hits = [
        Hit(
            (*place.path, "evidence"),
            f"touchpoint {place.number} has no evidence, and the basis is {journey.basis}",
            "add `evidence` here, or once for the whole journey",
        )
        for place in journey.places
        if not journey.evidence_of(place.touchpoint) and place.touchpoint.measured is None
    ]
    if len(hits) == len(journey.places):
        help = "list the `sources`, and name them in `evidence`; or write `basis: assumption`"
        summary = Hit(("basis",), f"`{journey.basis}`, but no touchpoint has evidence", help)
        yield summary._replace(parts=tuple(hits))
    else:
        message = f"{len(hits)} of {len(journey.places)} touchpoints have no evidence, and the basis is {journey.basis}"
        yield from once_if_most(hits, journey.places, Hit(("basis",), message))
