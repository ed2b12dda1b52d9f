"""Staff may not help here, and no opportunity changes that.

Finds touchpoints tagged `not-empowered` that no opportunity of `kind: empower` addresses: none names the touchpoint in
`at`, `target` or `removes`. A dropped opportunity does not count, and a retired map is not judged.

Why: customers who were let down stay if staff can put it right on the spot, and for that staff need the authority, not
only training (Hart, Heskett & Sasser, "The Profitable Art of Service Recovery", Harvard Business Review, 1990).

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - id: refund
    title: I wait until somebody may refund me the lost week
    feeling: annoyed
    tags: [not-empowered]
  - The technician fixes it: relieved
opportunities:
  - {title: Train agents to calm customers, at: [refund], kind: train}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - id: refund
    title: I wait until somebody may refund me the lost week
    feeling: annoyed
    tags: [not-empowered]
  - The technician fixes it: relieved
opportunities:
  - {title: Let agents refund up to a month, at: [refund], kind: empower}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule

TAG = "not-empowered"


@rule(Severity.WARNING)
def disempowered_staff(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each touchpoint, at the tag."""
    if subject.journey.status == "retired":
        return
    empowered = subject.answered("empower")
    for place in subject.journey.places:
        touchpoint = place.touchpoint
        if TAG in touchpoint.tags and touchpoint.id not in empowered:
            yield Hit(
                (*place.path, "tags", touchpoint.tags.index(TAG)),
                "staff may not decide here, and no opportunity empowers them",
                f"add an opportunity with `at: [{touchpoint.id}]` and `kind: empower`: what staff may decide alone",
            )
