"""A channel of the file's own is not described.

Finds entries of `channels` that have none of `pros`, `cons` and `ideal_for`, unless the channel is built in and only
renamed.

Why: guidance on service goals, channels and metrics chooses a channel by what speaks for it, what speaks against it
and what it is ideal for. The built-in channels have all three; of your own nobody else knows them.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
channels:
  kiosk:
    name: Help point in the shop
touchpoints:
  - title: I ask at the help point
    channel: kiosk
    feeling: curious
  - title: I get a new router
    channel: store
    feeling: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
channels:
  kiosk:
    name: Help point in the shop
    pros: no queue
    cons: nobody there to ask
    ideal_for: exchanging a device
touchpoints:
  - title: I ask at the help point
    channel: kiosk
    feeling: curious
  - title: I get a new router
    channel: store
    feeling: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.vocabulary.channels import channels


@rule(Severity.INFO)
def undescribed_channel(subject: Subject) -> Iterator[Hit]:
    """One hit for each channel defined without a description."""
    for id, channel in subject.journey.channels.items():
        if id not in channels() and not (channel.pros or channel.cons or channel.ideal_for):
            yield Hit(
                ("channels", id),
                f'the channel "{id}" is not described',
                "add `pros`, `cons` and `ideal_for`",
                part="key",
            )
