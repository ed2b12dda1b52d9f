"""A complaint is only spoken.

Finds touchpoints tagged `complaint` whose channels are all spoken: phone, in-person, store and video. Where another
touchpoint of the journey tagged `complaint` has a written channel, the case is on record and the rule is silent.

Why: ISO 10002:2018 (guidelines for complaints handling) asks to record each complaint and to track it until it is
settled. What was only spoken cannot be followed up, neither by the customer nor by another agent.

Bad:

```yaml
title: I get my bill corrected
persona: Home customer
touchpoints:
  - title: I complain about my bill
    channel: phone
    feeling: angry
    tags: [complaint]
  - title: I get my money back
    channel: letter
    feeling: relieved
```

Good:

```yaml
title: I get my bill corrected
persona: Home customer
touchpoints:
  - title: I complain about my bill, and get a summary in my inbox
    channel: [phone, email]
    feeling: angry
    tags: [complaint]
  - title: I get my money back
    channel: letter
    feeling: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.scoring.effort import contact_channels

SPOKEN = frozenset({"phone", "in-person", "store", "video"})


@rule(Severity.INFO)
def untraceable_complaint(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each spoken complaint, if none is written."""
    complaints = [
        (place, used)
        for place in subject.journey.places
        if "complaint" in place.touchpoint.tags and (used := contact_channels(place.touchpoint))
    ]
    if any(used - SPOKEN for _, used in complaints):
        return
    for place, _ in complaints:
        yield Hit(
            (*place.path, "channel"),
            "nothing of this complaint is in writing",
            "add a channel that leaves a trace, such as email or portal, or a summary sent afterwards",
        )
