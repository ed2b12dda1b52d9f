"""The outcome of a touchpoint contradicts its score.

Finds a `strength` whose touchpoint scores below 50, and a `vulnerability` whose touchpoint scores above 50, the
neutral value. The score is the one that `journeykit score` shows: measured, else satisfaction, else feeling.

Why: strengths and vulnerabilities say where to act. A strength that customers feel bad about, or a vulnerability that
they feel good about, directs the effort to the wrong place.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I wait for a whole morning
    feeling: annoyed
    outcome: strength
  - I get a new router: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I wait for a whole morning
    feeling: annoyed
    outcome: vulnerability
    why: Visits are planned by day, not by hour
  - I get a new router: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.scoring.display import beside


@rule(Severity.WARNING)
def contradicting_outcome(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each outcome on the wrong side of neutral."""
    for place, rated in zip(subject.journey.places, subject.scores.touchpoints, strict=True):
        outcome, score = place.touchpoint.outcome, rated.score
        if outcome is None or score is None:
            continue
        if score < 50 if outcome == "strength" else score > 50:
            side = "below" if score < 50 else "above"
            yield Hit(
                (*place.path, "outcome"),
                f"a {outcome} with a score of {beside(score, 50)}, {side} neutral (50)",
                "change the outcome, or the feeling",
            )
