"""The note is longer than 60 words.

Finds a `note` of more than 60 words.

Why: guidance for service desks on journey mapping asks for a short note on goals and expectations. A long one is not
read at the wall, and on charts it pushes the curve off the first page.

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
    """Yield the note."""
    count = len((subject.journey.note or "").split())
    if count > words:
        yield Hit(
            ("note",),
            f"the note has {count} words",
            f"say it in {words}; move what happens into the touchpoints, and who it is into `persona`",
        )
