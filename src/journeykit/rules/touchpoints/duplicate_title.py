"""Two touchpoints have the same title.

Finds titles that several touchpoints have; case and white space make no difference. It is one finding for each title,
at the second touchpoint that has it.

Why: on charts, in reports and in discussions a touchpoint is known by its title. Readers cannot tell equal titles
apart, and `journeykit diff` matches the touchpoints of two versions by title where an id has changed.

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

from collections import defaultdict
from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING)
def duplicate_title(subject: Subject) -> Iterator[Hit]:
    """Yield one hit for each title, where it is repeated first."""
    uses = defaultdict(list)
    for place in subject.journey.places:
        uses[" ".join(place.touchpoint.title.casefold().split())].append(place)
    for first, *others in uses.values():
        hits = [
            Hit(
                (*place.path, "title"),
                f"touchpoint {place.number} has the same title as touchpoint {first.number}",
                "say what is different this time",
            )
            for place in others
        ]
        numbers = [str(place.number) for place in others]
        if len(hits) > 1:
            message = f"touchpoints {', '.join(numbers[:-1])} and {numbers[-1]} have the same title as touchpoint"
            yield hits[0]._replace(
                message=f"{message} {first.number}", help="say what is different each time", parts=tuple(hits)
            )
        else:
            yield from hits
