"""The first or the last touchpoint lacks a feeling or a channel.

Finds the first and the last touchpoint of the journey where it has no rating (neither `feeling` nor `satisfaction` nor
`measured`), no `channel`, or neither. The same lack at any other touchpoint is found by `missing-feeling` and
`missing-channel`, and so is what most touchpoints lack. `channel: none` (silence) and `channel: self` (the customer
alone) are channels.

Why: the first contact shapes expectations, and the end of an experience has a strong influence on how it is remembered
(Kahneman et al., "When More Pain Is Preferred to Less", Psychological Science 4(6), 1993).

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: My internet stops
    channel: none
    feeling: worried
  - title: The router works again
    channel: in-person
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: My internet stops
    channel: none
    feeling: worried
  - title: The router works again
    channel: in-person
    feeling: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING)
def bare_endpoint(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each end of the journey, whatever it lacks."""
    places = subject.journey.places
    rated = any(touchpoint.is_rated for touchpoint in subject.journey.touchpoints)
    placed = any(touchpoint.channel for touchpoint in subject.journey.touchpoints)
    summed = {
        key
        for key in ("feeling", "channel")
        if any(hit.path == subject.list_key for hit in subject.hits(f"missing-{key}"))
    }
    for end, place in (("first", places[0]), ("last", places[-1])):
        touchpoint = place.touchpoint
        wanted = {"feeling": rated and not touchpoint.is_rated, "channel": placed and not touchpoint.channel}
        lacks = [key for key, lacking in wanted.items() if lacking and key not in summed]
        if lacks:
            yield Hit(
                (*place.path, lacks[0]),
                f"the {end} touchpoint has no {' and no '.join(lacks)}",
                f"add {' and '.join(f'`{key}`' for key in lacks)}: the first and the last contact matter most",
            )
