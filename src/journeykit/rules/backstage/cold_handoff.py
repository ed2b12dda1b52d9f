"""The customer is left to make the contact alone.

Finds backstage steps with `warm: false`: the customer gets a number to call, a link or a ticket elsewhere, and starts
anew.

Why: practice in home services connects the customer and does not hand out a number: staff stay on the line until the
next colleague is there and knows the story. After a cold handoff customers tell everything again, or give up.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    backstage:
      - {from: Help desk, to: Maker of the router, does: gives out the maker's number, warm: false}
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    backstage:
      - {from: Help desk, to: Maker of the router, does: calls the maker with the customer on the line, warm: true}
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING)
def cold_handoff(subject: Subject) -> Iterator[Hit]:
    """One hit for each cold step, at `warm`."""
    for place in subject.journey.places:
        for number, step in enumerate(place.touchpoint.backstage):
            if step.warm is False:
                taker = f" to {step.to}" if step.to else ""
                yield Hit(
                    (*place.path, "backstage", number, "warm"),
                    f"a cold handoff{taker}",
                    "connect the customer: stay until the next colleague is there and knows the story (`warm: true`)",
                )
