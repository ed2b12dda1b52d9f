"""An excellent touchpoint does not say what the customer expected.

Finds touchpoints that score 90 or more and have no `expected`, in maps that say of other touchpoints what customers
expected. In a map without any `expected` only the best of the important ones is found (`moment_of_truth`, or an
`importance` of 4 or more).

Why: satisfaction depends on the difference between what customers expected and what they got (Oliver, "A Cognitive
Model of the Antecedents and Consequences of Satisfaction Decisions", Journal of Marketing Research 17(4), 1980). Only
with `expected` can a touchpoint count as a wow.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - {title: The technician sets up the whole house, feeling: thrilled, moment_of_truth: true}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - title: The technician sets up the whole house
    feeling: thrilled
    expected: relieved
    moment_of_truth: true
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.model import Touchpoint
from journeykit.rules import Hit, Subject, first_only, rule
from journeykit.scoring.display import shown


@rule(Severity.INFO)
def unstated_expectation(subject: Subject, *, score: float = 90) -> Iterator[Hit]:
    """Yield a hit for each excellent touchpoint, where the key would be, or one at the best of them."""
    journey, scores = subject.journey, subject.scores.touchpoints
    reached = [
        (place, rated.score)
        for place, rated in zip(journey.places, scores, strict=True)
        if rated.score is not None and rated.score >= score and place.touchpoint.expected is None
    ]
    best_only = all(touchpoint.expected is None for touchpoint in journey.touchpoints)
    if best_only:
        reached = sorted((one for one in reached if _is_important(one[0].touchpoint)), key=lambda one: -one[1])
    hits = [
        Hit(
            (*place.path, "expected"),
            f"a score of {shown(reached_score)}, and nothing says what was expected",
            "add `expected`: a number or a feeling",
        )
        for place, reached_score in reached
    ]
    yield from first_only(hits) if best_only else hits


def _is_important(touchpoint: Touchpoint) -> bool:
    return touchpoint.moment_of_truth or touchpoint.importance >= 4
