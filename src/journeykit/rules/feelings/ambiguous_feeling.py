"""A feeling may be pleasant or unpleasant.

Finds words such as "surprised", in any of the languages, where nothing says which way is meant: no `satisfaction`, no
`measured` and no other, clear word beside it. A word that the file itself defines under `feelings` is clear.

Why: surprise has no valence of its own; it may be a peak or a valley. Unless the file says which, the touchpoint is
scored as neutral.

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
    """Yield at most one hit for each touchpoint, at its first word."""
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
