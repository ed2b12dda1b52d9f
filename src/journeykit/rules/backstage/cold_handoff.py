"""The customer has to make the next contact alone.

Finds backstage steps with `warm: false`: the customer gets a number to call, a link or another ticket, and starts
again.

Why: repeating information and contacting the company again are main causes of customer effort (Dixon, Freeman & Toman,
"Stop Trying to Delight Your Customers", Harvard Business Review, 2010). In a warm handoff the next colleague already
knows the story.

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
    """Yield a hit for each cold step, at `warm`."""
    for place in subject.journey.places:
        for number, step in enumerate(place.touchpoint.backstage):
            if step.warm is False:
                taker = f" to {step.to}" if step.to else ""
                yield Hit(
                    (*place.path, "backstage", number, "warm"),
                    f"a cold handoff{taker}",
                    "connect the customer: stay until the next colleague is there and knows the story (`warm: true`)",
                )
