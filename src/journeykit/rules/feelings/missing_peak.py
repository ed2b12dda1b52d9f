"""The journey has no high point.

Finds journeys in which no touchpoint scores 75 or more (a feeling such as satisfied or relieved scores 75). A flat
curve is left to `flat-curve`. The rule is silent once an opportunity is to make a peak (`kind: exceed` or
`personalise`).

Why: peaks have a strong influence on how an experience is remembered (Fredrickson & Kahneman, "Duration Neglect in
Retrospective Evaluations of Affective Episodes", Journal of Personality and Social Psychology 65(1), 1993).

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: okay
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.scoring.display import beside

EXCEEDING = ("exceed", "personalise")


@rule(Severity.INFO)
def missing_peak(subject: Subject, *, score: float = 75) -> Iterator[Hit]:
    """Yield at most one hit, at the key of the list."""
    highest = max((rated.score for rated in subject.scores.met if rated.score is not None), default=None)
    if highest is None or highest >= score or subject.hits("flat-curve"):
        return
    if any(one.kind in EXCEEDING and one.status != "dropped" for one in subject.journey.opportunities):
        return
    yield Hit(
        subject.list_key,
        f"no touchpoint scores {score:g} or more; the highest is {beside(highest, score)}",
        "find the moment that could be a peak, and add an opportunity there with `kind: exceed`",
        part="key",
    )
