"""The map does not say why a low point is low.

Finds low points with a severity of 30 or more where no touchpoint has `why`, `needs` or `backstage`. A vulnerability
without a cause is found by `unexplained-vulnerability` and not here again. The first rated touchpoint is left out: what
brings customers to the company is often not its doing, and `bad-start` finds it.

Why: end-to-end maps with handoffs put below each low point what causes it behind the scenes. Without the cause, what
gets mended is the symptom.

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
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.backstage import severe
from journeykit.scoring.display import shown


@rule(Severity.INFO)
def unexplained_low_point(subject: Subject, *, severity: float = 30) -> Iterator[Hit]:
    """One hit for each low point, at what its score comes from."""
    places = {place.touchpoint.id: place for place in subject.journey.places}
    for low in severe(subject, severity):
        if low.id == subject.scores.rated[0].id:
            continue
        touchpoints = [places[id].touchpoint for id in low.span]
        spoken_of = any(t.why or t.needs or t.backstage or t.outcome == "vulnerability" for t in touchpoints)
        if not spoken_of:
            source = subject.scores.by_id[low.id].source or "feeling"
            yield Hit(
                (*places[low.id].path, source),
                f"a low point (severity {shown(low.severity)}) without a cause",
                "say what lies behind it: add `why`, `needs` or `backstage`",
            )
