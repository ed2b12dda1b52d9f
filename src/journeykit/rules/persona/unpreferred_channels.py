"""The journey hardly uses the channels that the persona prefers.

Finds journeys whose persona `prefers` channels of which less than 30 % of the touchpoints use any. Touchpoints
without a channel, and those with `none` or `self`, do not count.

Why: where most contacts use other channels than the persona prefers, either the service makes customers switch, or the
preferences are a guess.

Bad:

```yaml
title: I get my router fixed
persona:
  name: Eva, translator working from home
  prefers: [chat]
touchpoints:
  - {title: I call the help desk, channel: phone, feeling: frustrated}
  - {title: I get an appointment, channel: letter, feeling: impatient}
  - {title: The technician fixes it, channel: in-person, feeling: relieved}
```

Good:

```yaml
title: I get my router fixed
persona:
  name: Eva, translator working from home
  prefers: [chat]
touchpoints:
  - {title: I write to the help desk, channel: chat, feeling: frustrated}
  - {title: I get an appointment, channel: chat, feeling: informed}
  - {title: The technician fixes it, channel: in-person, feeling: relieved}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.vocabulary.channels import NO_CONTACT, canonical_channel
from journeykit.vocabulary.feelings import fold


@rule(Severity.INFO)
def unpreferred_channels(subject: Subject, *, percent: float = 30) -> Iterator[Hit]:
    """Yield a hit at the persona's preferences."""
    preferred = {_canonical(name) for name in subject.journey.persona.prefers}
    used = [
        {_canonical(name) for name in touchpoint.channel} - NO_CONTACT for touchpoint in subject.journey.touchpoints
    ]
    used = [channels for channels in used if channels]
    fitting = sum(not preferred.isdisjoint(channels) for channels in used)
    if preferred and used and 100 * fitting < percent * len(used):
        yield Hit(
            ("persona", "prefers"),
            f"{fitting} of {len(used)} touchpoints use a channel that the persona prefers",
            "offer these channels where the customer meets you, or check with customers what they prefer",
        )


def _canonical(channel: str) -> str:
    return canonical_channel(channel) or fold(channel)
