"""The company acts in sight where there is silence.

Finds touchpoints with the channel `none` (the customer only waits) that have `frontstage` steps.

Why: the line of visibility divides what customers see from what they do not (Bitner, Ostrom and Morgan, "Service
Blueprinting", California Management Review, 2008). A step that nobody sees belongs behind it, and one that is seen is
no silence.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I hear nothing for two days
    channel: none
    feeling: worried
    frontstage:
      - {team: Help desk, does: orders the spare part}
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I hear nothing for two days
    channel: none
    feeling: worried
    backstage:
      - {team: Help desk, does: orders the spare part}
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.vocabulary.channels import SILENCE


@rule(Severity.WARNING)
def visible_silence(subject: Subject) -> Iterator[Hit]:
    """Yield a hit at the steps of each such touchpoint."""
    for place in subject.journey.places:
        if place.touchpoint.frontstage and set(place.touchpoint.channel) == {SILENCE}:
            yield Hit(
                (*place.path, "frontstage"),
                "the company acts in sight, but the channel is silence",
                "move what nobody sees behind the scenes, or name the channel by which it is seen",
                part="key",
            )
