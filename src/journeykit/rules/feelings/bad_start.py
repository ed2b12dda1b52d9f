"""The journey starts badly.

Finds journeys whose first touchpoint is a contact with the company and scores below 50, the neutral value. A
touchpoint is a contact if it has a `channel` other than `none` and `self`, no partner starts it, and its stage is not
`phase: before`: what makes customers look for help (My internet stops) is not a failure of the first contact. An
unrated first touchpoint is found by `bare-endpoint`. The rule is silent once an opportunity addresses the touchpoint.

Why: customers update what they expect with each contact, and see the next one in its light (Boulding et al., "A Dynamic
Process Model of Service Quality", Journal of Marketing Research 30(1), 1993). The first begins it.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {title: I wait in the queue of the help desk, channel: phone, feeling: frustrated}
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {title: The help desk answers at once, channel: phone, feeling: reassured}
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.model import Place
from journeykit.rules import Hit, Subject, rule
from journeykit.scoring.display import beside
from journeykit.scoring.effort import contact_channels


@rule(Severity.WARNING)
def bad_start(subject: Subject, *, score: float = 50) -> Iterator[Hit]:
    """Yield at most one hit, at the value that the first score comes from."""
    first = subject.scores.touchpoints[0]
    if (
        first.score is None
        or not first.weight
        or first.id in subject.answered()
        or not _is_contact(subject.journey.places[0])
    ):
        return
    if first.score < score:
        low = "neutral (50)" if score == 50 else f"{score:g}"
        yield Hit(
            (*subject.journey.places[0].path, first.source or "feeling"),
            f"the journey starts with a score of {beside(first.score, score)}, below {low}",
            f"if it is so, ask what would help customers here: add an opportunity with `at: [{first.id}]`",
        )


def _is_contact(place: Place) -> bool:
    """Return whether the file says that the customer is in touch with the company at a touchpoint."""
    touchpoint = place.touchpoint
    return place.stage.phase != "before" and touchpoint.by != "partner" and bool(contact_channels(touchpoint))
