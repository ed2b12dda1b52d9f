"""A low point has no cause.

Finds low points with a severity of 30 or more where no touchpoint has `why`, `needs` or `backstage`. In a map that
gives no cause anywhere, only the worst is found. A vulnerability without a cause is left to
`unexplained-vulnerability`. The first rated touchpoint is left out: what makes customers turn to the company is often
not the company's doing.

Why: the causes of a bad experience are often backstage, in processes that customers do not see (Bitner, Ostrom &
Morgan, "Service Blueprinting" (California Management Review 50(3), 2008)). Without the cause, a team treats the
symptom.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: hopeful
  - title: Nobody comes
    feeling: furious
    importance: 5
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: hopeful
  - title: Nobody comes
    feeling: furious
    importance: 5
    why: The visit was moved, and the old date was never cancelled
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.model import Touchpoint
from journeykit.rules import Hit, Subject, first_only, rule
from journeykit.scoring.display import shown


@rule(Severity.INFO)
def unexplained_low_point(subject: Subject, *, severity: float = 30) -> Iterator[Hit]:
    """Yield a hit for each low point, at the value of its score; only the worst in a map without any cause."""
    touchpoints = {place.touchpoint.id: place for place in subject.journey.places}
    hits = []
    for low in subject.scores.low_points:
        if round(low.severity, 6) < severity or low.id == subject.scores.met[0].id:
            continue
        if not any(_is_explained(touchpoints[id].touchpoint) for id in low.span):
            where = (*touchpoints[low.id].path, subject.scores.by_id[low.id].source or "feeling")
            message = f"a low point (severity {shown(low.severity)}) without a cause"
            hits.append(Hit(where, message, "say why it happens: add `why`, `needs` or `backstage`"))
    yield from hits if any(map(_is_explained, subject.journey.touchpoints)) else first_only(hits)


def _is_explained(touchpoint: Touchpoint) -> bool:
    return bool(touchpoint.why or touchpoint.needs or touchpoint.backstage) or touchpoint.outcome == "vulnerability"
