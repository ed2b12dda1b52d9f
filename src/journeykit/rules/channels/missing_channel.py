"""A touchpoint has no channel.

Finds touchpoints without `channel` between the first and the last; at these two the rule `bare-endpoint` finds it.
`channel: none` is a channel: silence, the customer only waits. So is `channel: self`: the customer is in contact with
nobody. Where no touchpoint of the journey has a channel, or at least half of them lack one, it is one finding, at
`touchpoints` or `stages`.

Why: touchpoints and channels are key elements of a journey map (Nielsen Norman Group, "When and How to Create Customer
Journey Maps" (Kaplan, 2016)). Without channels nobody can see where customers have to switch, and which channel fails
them.

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
from journeykit.rules import Hit, Subject, once_if_all, once_if_most, rule

HELP = "add `channel`, such as phone, email, in-person; `none` where the customer only waits, `self` without a contact"


@rule(Severity.WARNING)
def missing_channel(subject: Subject) -> Iterator[Hit]:
    """Yield one hit for each inner touchpoint without a channel, or one for the journey."""
    places = subject.journey.places
    found = [place for place in places if not place.touchpoint.channel]
    message = f"none of the {len(places)} touchpoints has a channel"
    if len(found) < len(places):
        found = [place for place in found if place.number not in (1, len(places))]
        message = f"{len(found)} of {len(places)} touchpoints have no channel"
    hits = [Hit((*place.path, "channel"), f"touchpoint {place.number} has no channel", HELP) for place in found]
    summary = Hit(subject.list_key, message, part="key")
    yield from (once_if_all if len(found) == len(places) else once_if_most)(hits, places, summary)
