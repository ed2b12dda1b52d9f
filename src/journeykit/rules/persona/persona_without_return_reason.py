"""The map does not say what makes the persona come back.

Finds personas without `returns_because` in journeys that say that customers may leave or come back: by a `churn_risk`,
an option `to: end`, or a stage of `phase: renewal`. A persona of one line is left to `bare-persona`.

Why: the reason to come back is what the journey has to deliver at least once, and what no improvement may remove.

Bad:

```yaml
title: I get my router fixed
persona:
  name: Eva, translator working from home
  wants: [to be online again today]
touchpoints:
  - {title: I call the help desk, feeling: frustrated, churn_risk: low}
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona:
  name: Eva, translator working from home
  wants: [to be online again today]
  returns_because: [she never has to explain the fault twice]
touchpoints:
  - {title: I call the help desk, feeling: frustrated, churn_risk: low}
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.backstage import can_leave


@rule(Severity.INFO)
def persona_without_return_reason(subject: Subject) -> Iterator[Hit]:
    """Yield a hit at the persona's first key."""
    persona = subject.journey.persona
    if (
        can_leave(subject.journey)
        and not persona.returns_because
        and any(persona.model_dump(exclude={"id", "name"}).values())
    ):
        yield Hit(
            ("persona", "returns_because"),
            "the persona has no `returns_because`",
            "add `returns_because`: what makes the persona come back",
        )
