"""The company starts most of the touchpoints.

Finds journeys in which more than half of the touchpoints are `by: company`, and the map does not say of each of these
what the customer feels: what customers feel they have noticed.

Why: in a blueprint the company's own work is below the line of visibility (Bitner, Ostrom & Morgan, "Service
Blueprinting" (California Management Review 50(3), 2008)). A map of mostly company steps describes the company's
process from inside.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - {title: The fault is entered into the system, by: company}
  - {title: The fault is passed to the field team, by: company}
  - {title: The technician fixes it, by: company, feeling: relieved}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    backstage:
      - {team: Help desk, does: enters the fault into the system}
      - {from: Help desk, to: Field team, does: passes the fault on}
  - I let the technician in: hopeful
  - {title: The technician fixes it, by: company, feeling: relieved}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING)
def inside_out_journey(subject: Subject, *, percent: float = 50) -> Iterator[Hit]:
    """Yield a hit at the key of the touchpoints or stages."""
    touchpoints = subject.journey.touchpoints
    started = [touchpoint for touchpoint in touchpoints if touchpoint.by == "company"]
    unnoticed = not all(touchpoint.is_rated for touchpoint in started)
    if 100 * len(started) > percent * len(touchpoints) and unnoticed:
        yield Hit(
            subject.list_key,
            f"{len(started)} of {len(touchpoints)} touchpoints are started by the company",
            "move what the customer does not notice to `backstage`, and add what the customer does",
            part="key",
        )
