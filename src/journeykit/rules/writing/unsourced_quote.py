"""A quote does not say where it comes from.

Finds touchpoints with a `quote` and no evidence: neither an `evidence` of their own nor one for the whole journey, and
no `measured` with its source. Where no quote has any, it is one finding, at the first. The rule is silent where
`missing-evidence` finds the touchpoint, and on a map of the future, for which nobody was interviewed.

Why: quotes should come from research (Stickdorn et al., This Is Service Design Doing (2018)). They carry much weight
in discussions, so readers should be able to see where they come from.

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
from journeykit.rules import Hit, Subject, once_if_all, rule

HELP = "name a source in `evidence`; what nobody said belongs in `thinks`"


@rule(Severity.WARNING)
def unsourced_quote(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each quote without a source, or one at the first quote."""
    journey = subject.journey
    if journey.state == "future":
        return
    quoted = [place for place in journey.places if place.touchpoint.quote]
    bare = [place for place in quoted if _is_unsourced(journey, place.touchpoint)]
    hits = [Hit((*place.path, "quote"), "the quote has no source", HELP) for place in bare]
    if hits:
        summary = Hit(hits[0].path, f"none of the {len(bare)} quotes has a source")
        yield from once_if_all(hits, quoted, summary)


def _is_unsourced(journey: Journey, touchpoint: Touchpoint) -> bool:
    measured = touchpoint.measured
    if journey.evidence_of(touchpoint) or (measured and measured.source):
        return False
    return journey.basis == "assumption" or measured is not None  # else missing-evidence finds it
