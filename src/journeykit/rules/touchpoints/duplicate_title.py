"""Two touchpoints have the same title.

Finds every touchpoint whose title stands at an earlier touchpoint already; case and white space make no difference.

Why: on a chart, in a report and in a discussion a touchpoint is known by its title. Equal ones cannot be told apart,
and versions of the map are matched by title where an id has changed.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: worried
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: worried
  - I call again and explain everything anew: frustrated
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING)
def duplicate_title(subject: Subject) -> Iterator[Hit]:
    """One hit for each repetition."""
    first: dict[str, int] = {}
    for place in subject.journey.places:
        title = " ".join(place.touchpoint.title.casefold().split())
        if title in first:
            yield Hit(
                (*place.path, "title"),
                f"touchpoint {place.number} has the same title as touchpoint {first[title]}",
                "say what is different this time",
            )
        first.setdefault(title, place.number)
