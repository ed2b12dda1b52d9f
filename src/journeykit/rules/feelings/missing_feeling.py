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
from journeykit.rules import Hit, Subject, once_if_missing, rule

HELP = "ask how customers feel, and add `feeling` or `satisfaction`"


@rule(Severity.WARNING)
def missing_feeling(subject: Subject) -> Iterator[Hit]:
    """Yield one hit for each inner touchpoint without a rating, or one for the journey."""
    found = [place for place in subject.journey.places if not place.touchpoint.is_rated]
    yield from once_if_missing(subject, "feeling", found, HELP)
