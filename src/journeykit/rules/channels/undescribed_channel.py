"""A channel of the file's own is not described.

Finds entries of `channels` that have none of `name`, `pros`, `cons` and `ideal_for`, unless the channel is built in.
Where no channel of the file is described, it is one finding.

Why: a channel is chosen by its advantages, its disadvantages and what it is ideal for. The built-in channels have all
three (`journeykit channels`); only the authors know what a channel of their own is.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
channels:
  kiosk: {}
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
from journeykit.rules import Hit, Subject, once_if_all, rule
from journeykit.vocabulary.channels import channels

HELP = "add `name`, `pros`, `cons` or `ideal_for`"


@rule(Severity.INFO)
def undescribed_channel(subject: Subject) -> Iterator[Hit]:
    """Yield one hit for each channel that is defined without a description, or one for all."""
    own = {id: channel for id, channel in subject.journey.channels.items() if id not in channels()}
    hits = [
        Hit(("channels", id), f'the channel "{id}" is not described', HELP, part="key")
        for id, channel in own.items()
        if not (channel.name or channel.pros or channel.cons or channel.ideal_for)
    ]
    message = f"none of the file's {len(own)} own channels is described"
    yield from once_if_all(hits, list(own), Hit(("channels",), message, part="key"))
