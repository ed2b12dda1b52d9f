"""The journey does not say where it starts and ends.

Finds journeys without `scope`, or with a scope that lacks `starts` or `ends`.

Why: the scope is the first decision of a map, from a whole life cycle to a single task (Stickdorn et al., This Is
Service Design Doing (2018)). Without it one team maps from the order, another from the invoice, and their scores
cannot be compared.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
scope:
  starts: The light on my router turns red
  ends: A week without a fault
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.INFO)
def missing_scope(subject: Subject) -> Iterator[Hit]:
    """Yield a hit at the first key of the journey, or of the scope that lacks something."""
    scope = subject.journey.scope
    if scope is None:
        help = "add `scope` with `starts` and `ends`, in the customer's words"
        yield Hit(("scope",), "the journey has no `scope`", help)
    elif lacking := [key for key in ("starts", "ends") if getattr(scope, key) is None]:
        keys = " and ".join(f"`{key}`" for key in lacking)
        yield Hit(("scope", lacking[0]), f"the scope has no {keys}", f"add {keys}, in the customer's words")
