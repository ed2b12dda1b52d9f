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
from journeykit.rules import Hit, Subject, once_if_missing, rule

HELP = "add `channel`, such as phone, email, in-person; `none` where the customer only waits, `self` without a contact"


@rule(Severity.WARNING)
def missing_channel(subject: Subject) -> Iterator[Hit]:
    """Yield one hit for each inner touchpoint without a channel, or one for the journey."""
    found = [place for place in subject.journey.places if not place.touchpoint.channel]
    yield from once_if_missing(subject, "channel", found, HELP)
