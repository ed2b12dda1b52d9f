"""The engagement is the same everywhere.

Finds journeys that state `engagement` at 4 touchpoints or more, each time the same number.

Why: a service has a dramatic arc, as a play has (Stickdorn et al., This Is Service Design Doing (2018)): what
engagement says is where intensity rises and falls. A line without a change says nothing, and takes room on the map.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {title: I search for help, feeling: worried, engagement: 3}
  - {title: I call the help desk, feeling: frustrated, engagement: 3}
  - {title: I wait for the technician, feeling: patient, engagement: 3}
  - {title: The technician fixes it, feeling: relieved, engagement: 3}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {title: I search for help, feeling: worried, engagement: 2}
  - {title: I call the help desk, feeling: frustrated, engagement: 4}
  - {title: I wait for the technician, feeling: patient, engagement: 1}
  - {title: The technician fixes it, feeling: relieved, engagement: 5}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.INFO)
def flat_engagement(subject: Subject, *, touchpoints: int = 4) -> Iterator[Hit]:
    """Yield at most one hit, at the first number."""
    stated = [place for place in subject.journey.places if place.touchpoint.engagement is not None]
    levels = {place.touchpoint.engagement for place in stated}
    if len(stated) >= touchpoints and len(levels) == 1:
        yield Hit(
            (*stated[0].path, "engagement"),
            f"the engagement is {levels.pop():g} at all {len(stated)} touchpoints that state it",
            "rate the most and the least intense moment first, or leave it out",
        )
