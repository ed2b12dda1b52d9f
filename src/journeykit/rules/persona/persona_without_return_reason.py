"""The map does not say what makes the persona come back.

Finds personas without `returns_because`. A persona that is only a name is `bare-persona` instead.

Why: practice in home services asks of every persona what makes them come back. It is what the journey has to deliver
at least once, and what no improvement may take away.

Bad:

```yaml
title: I get my router fixed
persona:
  name: Eva, translator working from home
  wants: [to be online again today]
touchpoints:
  - I call the help desk: frustrated
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
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule


@rule(Severity.INFO)
def persona_without_return_reason(subject: Subject) -> Iterator[Hit]:
    """Yield the persona's first key."""
    persona = subject.journey.persona
    if not persona.returns_because and any(persona.model_dump(exclude={"id", "name"}).values()):
        yield Hit(
            ("persona", "returns_because"),
            "the persona has no `returns_because`",
            "add `returns_because`: what makes the persona come back",
        )
