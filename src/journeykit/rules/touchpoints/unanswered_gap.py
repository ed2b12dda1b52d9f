"""A resource is missing and no opportunity addresses it.

Finds touchpoints with a `gap` in their `needs` that no opportunity addresses: none names the touchpoint in `at`,
`target` or `removes`. A dropped opportunity does not count. A touchpoint with several gaps is found once,
and a map without any opportunity, too.

Why: a map that names a missing resource and plans nothing there does not help to close the gap.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: The technician has no spare router
    feeling: annoyed
    needs:
      - what: spare routers in the van
        gap: only two vans carry one
  - I get a new router: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - id: no-spare
    title: The technician has no spare router
    feeling: annoyed
    needs:
      - what: spare routers in the van
        gap: only two vans carry one
  - I get a new router: relieved
opportunities:
  - title: Put two spare routers into every van
    at: [no-spare]
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, once_if_all, rule


@rule(Severity.WARNING)
def unanswered_gap(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each touchpoint, at its first gap; one for all in a map without opportunities."""
    answered = subject.answered()
    hits = []
    for place in subject.journey.places:
        gaps = [number for number, need in enumerate(place.touchpoint.needs) if need.gap]
        if gaps and place.touchpoint.id not in answered:
            hits.append(
                Hit(
                    (*place.path, "needs", gaps[0], "gap"),
                    f"no opportunity addresses what is missing here: {place.touchpoint.needs[gaps[0]].what}",
                    f"add an opportunity with `at: [{place.touchpoint.id}]`",
                )
            )
    yield from hits if answered else once_if_all(hits, hits, _summary(hits))


def _summary(hits: list[Hit]) -> Hit:
    message = f"something is missing at {len(hits)} touchpoints, and there is no opportunity"
    return hits[0]._replace(message=message) if hits else Hit((), "")
