"""A touchpoint has no feeling.

Finds touchpoints between the first and the last that have neither `feeling` nor `satisfaction` nor `measured`; at
these two the rule `bare-endpoint` finds it. Where no touchpoint of the journey has any, or at least half of them lack
one, it is one finding, at `touchpoints` or `stages`.

Why: emotions are one of the main parts of a journey map (Nielsen Norman Group, "Journey Mapping 101" (Gibbons, 2018)).
Without a feeling or a number in its place, the touchpoint is a gap in the curve and is left out of the score.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - I get an appointment
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - I get an appointment: hopeful
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, once_if_all, once_if_most, rule

HELP = "ask how customers feel, and add `feeling` or `satisfaction`"


@rule(Severity.WARNING)
def missing_feeling(subject: Subject) -> Iterator[Hit]:
    """Yield one hit for each inner touchpoint without a rating, or one for the journey."""
    places = subject.journey.places
    found = [place for place in places if not place.touchpoint.is_rated]
    message = f"none of the {len(places)} touchpoints has a feeling"
    if len(found) < len(places):
        found = [place for place in found if place.number not in (1, len(places))]
        message = f"{len(found)} of {len(places)} touchpoints have no feeling"
    hits = [Hit((*place.path, "feeling"), f"touchpoint {place.number} has no feeling", HELP) for place in found]
    summary = Hit(subject.list_key, message, part="key")
    yield from (once_if_all if len(found) == len(places) else once_if_most)(hits, places, summary)
