"""A quote does not say where it comes from.

Finds touchpoints with a `quote` and no evidence: neither an `evidence` of their own nor one for the whole journey,
and no `measured` with its source. Where no quote has any, it is one finding, at the first. It is silent where
`missing-evidence` says the same of the whole touchpoint, and on a map of the future, where nobody was heard yet.

Why: guidance for service desks on journey mapping takes the words from interviews. A quote weighs more than any
figure in a meeting; one that nobody said decides just as much.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    quote: It is the third time that I tell them.
    feeling: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
sources:
  - {id: interviews, kind: interview, n: 6}
touchpoints:
  - title: I call the help desk
    quote: It is the third time that I tell them.
    feeling: frustrated
    evidence: [interviews]
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.model import Journey, Touchpoint
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING)
def unsourced_quote(subject: Subject) -> Iterator[Hit]:
    """One hit for each quote without a source, or one at the first quote."""
    journey = subject.journey
    if journey.state == "future":
        return
    quoted = [place for place in journey.places if place.touchpoint.quote]
    bare = [place for place in quoted if _is_unsourced(journey, place.touchpoint)]
    help = "name a source in `evidence`; what nobody said belongs into `thinks`"
    if len(bare) == len(quoted) > 1:
        yield Hit((*bare[0].path, "quote"), f"none of the {len(bare)} quotes has a source", help)
        return
    for place in bare:
        yield Hit((*place.path, "quote"), "the quote has no source", help)


def _is_unsourced(journey: Journey, touchpoint: Touchpoint) -> bool:
    measured = touchpoint.measured
    if journey.evidence_of(touchpoint) or (measured and measured.source):
        return False
    return journey.basis == "assumption" or measured is not None  # else missing-evidence tells it
