"""A touchpoint has no channel.

Finds touchpoints without `channel` between the first and the last; at these two the rule `bare-endpoint` finds it.
`channel: none` is a channel: silence, the customer only waits. Where no touchpoint of the journey has a channel, it is
one finding, at `touchpoints` or `stages`.

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
    """One hit for each inner touchpoint without a channel, or one for the journey."""
    journey = subject.journey
    if not any(touchpoint.channel for touchpoint in journey.touchpoints):
        yield Hit(
            ("touchpoints",) if journey.is_flat else ("stages",),
            f"none of the {len(journey.places)} touchpoints has a channel",
            "say where each takes place: add `channel`, such as phone, email, in-person, or `none`",
            part="key",
        )
        return
    for place in journey.places[1:-1]:
        if not place.touchpoint.channel:
            yield Hit(
                (*place.path, "channel"),
                f"touchpoint {place.number} has no channel",
                "add `channel`, such as phone, email, in-person, or `none` where the customer only waits",
            )
