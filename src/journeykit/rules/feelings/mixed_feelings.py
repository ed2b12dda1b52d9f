"""The feelings of a touchpoint are opposites.

Finds touchpoints whose words differ by at least 2 in valence (-2..2), where neither `satisfaction` nor `measured`
gives the result. Ambiguous words such as "surprised" have no valence of their own and do not count.

Why: the mean of delight and anger is indifference, which nobody felt. Often one touchpoint holds two moments, which
would be a peak and a valley on the curve.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I wait all morning and then it works: [angry, delighted]
  - I pay the bill: satisfied
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I wait all morning: angry
  - It works: delighted
  - I pay the bill: satisfied
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.vocabulary.feelings import is_ambiguous, valence


@rule(Severity.INFO)
def mixed_feelings(subject: Subject, *, apart: float = 2) -> Iterator[Hit]:
    """Yield a hit for each touchpoint."""
    own = subject.journey.feelings
    for place in subject.journey.places:
        touchpoint = place.touchpoint
        if touchpoint.satisfaction is not None or touchpoint.measured:
            continue
        clear = {word: valence(word, own) for word in touchpoint.feeling if not is_ambiguous(word, own)}
        values = {word: value for word, value in clear.items() if value is not None}
        if values and max(values.values()) - min(values.values()) >= apart:
            best, worst = max(values, key=values.__getitem__), min(values, key=values.__getitem__)
            yield Hit(
                (*place.path, "feeling"),
                f'"{best}" and "{worst}" in one touchpoint',
                "make it two touchpoints, or add `satisfaction` to say what remains",
            )
