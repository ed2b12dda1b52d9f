"""The note is longer than 60 words.

Finds a `note` of more than 60 words.

Why: a note sums up the customer's goals and expectations for readers of the map. On charts a long one takes the space
of the curve.

Bad:

```yaml
title: I get my router fixed
note: >-
  Eva works from home as a translator and has had the same router for six years. On Monday morning the light turned
  red. She tried to turn it off and on, then looked for the leaflet, then asked her neighbour, who has another
  provider, and only then called us. She wants to be online again today, since she has a deadline at six, and expects
  to explain the fault only once.
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
note: Eva works from home and wants to be online again today. She expects to explain the fault only once.
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.INFO)
def long_note(subject: Subject, *, words: int = 60) -> Iterator[Hit]:
    """Yield a hit at the note."""
    count = len((subject.journey.note or "").split())
    if count > words:
        yield Hit(
            ("note",),
            f"the note has {count} words",
            f"say it in {words}; move what happens into the touchpoints, and who it is into `persona`",
        )
