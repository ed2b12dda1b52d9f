"""The curve is flat.

Finds journeys with at least 5 rated touchpoints whose highest and lowest score are less than 25 apart (on 0 to 100;
25 is one step of the five-point scale).

Why: the emotional curve shows where to act (Nielsen Norman Group, "Journey Mapping 101" (Gibbons, 2018)). A flat one
often means that nobody asked customers, or that the words are too cautious.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I search for help: okay
  - I call the help desk: neutral
  - I get an appointment: interested
  - I wait for the technician: patient
  - The technician fixes it: okay
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I search for help: worried
  - I call the help desk: frustrated
  - I get an appointment: hopeful
  - I wait for the technician: patient
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.scoring.display import shown


@rule(Severity.INFO)
def flat_curve(subject: Subject, *, touchpoints: int = 5, points: float = 25) -> Iterator[Hit]:
    """Yield at most one hit, at the key of the list."""
    scores = [rated.score for rated in subject.scores.met if rated.score is not None]
    if len(scores) >= touchpoints and max(scores) - min(scores) < points:
        low, high = shown(min(scores)), shown(max(scores))
        yield Hit(
            subject.list_key,
            f"the curve is flat: all {len(scores)} scores are " + (low if low == high else f"between {low} and {high}"),
            "ask customers what was best and what was worst, and rate these two first",
            part="key",
        )
