"""A complex matter or a complaint is on a channel that does not suit it.

Finds touchpoints tagged `complex` or `complaint` whose channels are only social, sms and chatbot. One other channel
beside them is enough.

Why: ambiguous matters need rich media, with immediate feedback and natural language; lean media suit simple messages
(Daft & Lengel, "Organizational Information Requirements, Media Richness and Structural Design", Management Science
32(5), 1986).

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
    """Yield a hit for each touchpoint on unfit channels only."""
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
