"""A feeling may be pleasant or not.

Finds words such as "surprised", in any of the languages, where nothing says which way it is: no `satisfaction`, no
`measured` and no other, clear word beside it. A word that the file defines itself under `feelings` is clear.

Why: guidance for service desks on journey mapping draws the feelings as a curve. A surprise can be its peak or its
valley; unsaid, it is drawn and scored as neither.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I get a call from the technician: surprised
  - The router works again: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I get a call from the technician: pleasantly surprised
  - The router works again: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.vocabulary.feelings import is_ambiguous


@rule(Severity.WARNING)
def ambiguous_feeling(subject: Subject) -> Iterator[Hit]:
    """At most one hit for each touchpoint, at its first word."""
    for place in subject.journey.places:
        touchpoint = place.touchpoint
        if touchpoint.satisfaction is not None or touchpoint.measured or not touchpoint.feeling:
            continue
        if all(is_ambiguous(word, subject.journey.feelings) for word in touchpoint.feeling):
            yield Hit(
                (*place.path, "feeling", 0),
                f'"{touchpoint.feeling[0]}" may be pleasant or not',
                "add `satisfaction`, or choose a word that says which",
            )
