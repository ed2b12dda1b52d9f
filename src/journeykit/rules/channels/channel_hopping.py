"""Customers switch channels often within one stage.

Finds stages with at least 3 switches of channel. A switch is between two neighbouring touchpoints of the stage that
have no channel in common. Touchpoints without a channel, or with `none` or `self`, are skipped, and so are messages
that the company sends (`by: company` on sms, email, letter, print, sign or ad), since nobody has to switch for a
reminder. A journey without stages is not judged.

Why: having to change channels is one of the main causes of customer effort (Dixon, Freeman & Toman, "Stop Trying to
Delight Your Customers", Harvard Business Review, 2010). On each channel customers find the way in, identify themselves
and explain again.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
stages:
  - name: I look for help
    touchpoints:
      - title: I ask the chatbot
        channel: chatbot
        feeling: confused
      - title: I am told to call
        channel: phone
        feeling: impatient
      - title: I have to send a photo
        channel: email
        feeling: annoyed
      - title: I have to open a ticket myself
        channel: portal
        feeling: frustrated
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
stages:
  - name: I look for help
    touchpoints:
      - title: I ask in the chat
        channel: chat
        feeling: hopeful
      - title: I send a photo there
        channel: chat
        feeling: heard
      - title: I am called back
        channel: phone
        feeling: reassured
```
"""

from collections.abc import Iterator
from itertools import pairwise

from journeykit.finding import Severity
from journeykit.model import Touchpoint
from journeykit.rules import Hit, Subject, rule
from journeykit.scoring.effort import contact_channels

MESSAGES = frozenset({"sms", "email", "letter", "print", "sign", "ad"})


@rule(Severity.WARNING)
def channel_hopping(subject: Subject, *, switches: int = 3) -> Iterator[Hit]:
    """Yield a hit for each stage, at its name."""
    if subject.journey.is_flat:
        return
    for number, stage in enumerate(subject.journey.stages):
        used = [channels for touchpoint in stage.touchpoints if (channels := _channels(touchpoint))]
        way = used[:1] + [after for before, after in pairwise(used) if before.isdisjoint(after)]
        if len(way) > switches:
            shown = [*("/".join(sorted(channels)) for channels in way[:5]), *["…"] * (len(way) > 5)]
            yield Hit(
                ("stages", number, "name"),
                f"{len(way) - 1} switches of channel in one stage: {' → '.join(shown)}",
                "let customers finish where they began, or hand them over without starting anew",
            )


def _channels(touchpoint: Touchpoint) -> frozenset[str]:
    """Return the channels on which the customer has to be; none for a message that only arrives."""
    channels = contact_channels(touchpoint)
    return frozenset() if touchpoint.by == "company" and channels <= MESSAGES else channels
