"""A complex matter or a complaint is on a channel that is unfit for it.

Finds touchpoints tagged `complex` or `complaint` whose channels are only social, sms and chatbot. One fit channel
beside them is enough.

Why: guidance on service goals, channels and metrics: social media is unfit for complex problems, a text message is
too short for them, and a chatbot is lost with complex or emotional matters.

Bad:

```yaml
title: I get my bill corrected
persona: Home customer
touchpoints:
  - title: I explain what is wrong with my bill
    channel: chatbot
    feeling: frustrated
    tags: [complaint]
  - title: I get the new bill
    channel: email
    feeling: relieved
```

Good:

```yaml
title: I get my bill corrected
persona: Home customer
touchpoints:
  - title: I explain what is wrong with my bill
    channel: [chatbot, email]
    feeling: frustrated
    tags: [complaint]
  - title: I get the new bill
    channel: email
    feeling: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.scoring.effort import contact_channels

UNFIT = frozenset({"social", "sms", "chatbot"})


@rule(Severity.INFO)
def unfit_channel(subject: Subject) -> Iterator[Hit]:
    """One hit for each touchpoint on unfit channels only."""
    for place in subject.journey.places:
        used = contact_channels(place.touchpoint)
        tags = [tag for tag in ("complaint", "complex") if tag in place.touchpoint.tags]
        if tags and used and used <= UNFIT:
            matter = "a complaint" if tags[0] == "complaint" else "a complex matter"
            yield Hit(
                (*place.path, "channel"),
                f"{' and '.join(sorted(used))} cannot carry {matter}",
                "offer phone, email, chat or in-person as well, or show how the customer gets there",
            )
