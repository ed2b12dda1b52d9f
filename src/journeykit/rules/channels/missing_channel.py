"""A touchpoint has no channel.

Finds touchpoints without `channel` between the first and the last; at these two the rule `bare-endpoint` finds it.
`channel: none` is a channel: silence, the customer only waits.

Why: guidance for service desks on journey mapping asks of every touchpoint where it takes place. Without the channel
nobody sees where customers have to switch, and which one lets them down.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    channel: phone
    feeling: frustrated
  - title: I get a link to a film
    feeling: uncertain
  - title: The technician fixes it
    channel: in-person
    feeling: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    channel: phone
    feeling: frustrated
  - title: I get a link to a film
    channel: email
    feeling: uncertain
  - title: The technician fixes it
    channel: in-person
    feeling: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING)
def missing_channel(subject: Subject) -> Iterator[Hit]:
    """One hit for each inner touchpoint without a channel."""
    for place in subject.journey.places[1:-1]:
        if not place.touchpoint.channel:
            yield Hit(
                (*place.path, "channel"),
                f"touchpoint {place.number} has no channel",
                "add `channel`, such as phone, email, in-person, or `none` where the customer only waits",
            )
