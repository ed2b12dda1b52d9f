"""The journey ends badly.

Finds journeys whose last touchpoint scores below 50, the neutral value, or lower than every other of at least 3 rated
ones. An unrated last touchpoint is found by `bare-endpoint`. The rule is silent once an opportunity addresses the
touchpoint, and where it is a survey (tag `survey`).

Why: the end of an experience has a strong influence on how it is remembered (Kahneman et al., "When More Pain Is
Preferred to Less", Psychological Science 4(6), 1993).

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
  - I get a bill that is too high: annoyed
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
  - I am asked whether it still works: valued
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.scoring.display import beside, rounded


@rule(Severity.WARNING)
def bad_ending(subject: Subject, *, score: float = 50) -> Iterator[Hit]:
    """Yield at most one hit, at the value that the last score comes from."""
    last = subject.scores.touchpoints[-1]
    if last.score is None or not last.weight or last.id in subject.answered() or "survey" in last.touchpoint.tags:
        return
    before = [rated.score for rated in subject.scores.met[:-1] if rated.score is not None]
    lowest = len(before) >= 2 and rounded(last.score) < rounded(min(before))
    if last.score < score or lowest:
        why = "the lowest of all" if lowest else "below neutral (50)" if score == 50 else f"below {score:g}"
        yield Hit(
            (*subject.journey.places[-1].path, last.source or "feeling"),
            f"the journey ends with a score of {beside(last.score, score)}, {why}",
            f"if it is so, add an opportunity with `at: [{last.id}]`; or add the touchpoints that follow",
        )
