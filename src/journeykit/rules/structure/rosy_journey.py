"""No touchpoint of today's journey is rated below neutral.

Finds maps of the current state with at least 5 rated touchpoints, none of which scores below neutral (50).

Why: a realistic map comes from customers, not only from what managers assume (Rosenbaum, Otalora & Ramírez, "How to
Create a Realistic Customer Journey Map", Business Horizons 60(1), 2017). Few services have five contacts without one
that disappoints.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I notice that the internet is down: calm
  - I call the help desk: informed
  - I get an appointment: pleased
  - The technician fixes it: relieved
  - I am asked whether it still works: valued
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I notice that the internet is down: annoyed
  - I call the help desk: informed
  - I wait at home all morning: impatient
  - The technician fixes it: relieved
  - I am asked whether it still works: valued
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING)
def rosy_journey(subject: Subject, *, touchpoints: int = 5) -> Iterator[Hit]:
    """Yield a hit at the key of the touchpoints or stages."""
    scores = [rated.score for rated in subject.scores.met if rated.score is not None]
    if subject.journey.state == "current" and len(scores) >= touchpoints and min(scores) >= 50:
        yield Hit(
            subject.list_key,
            f"none of {len(scores)} rated touchpoints is below neutral",
            "ask customers where it went wrong; if it is what you aim at, set `state: future`",
            part="key",
        )
