"""The persona is one line.

Finds personas with nothing but a name, even one that says a little more: no facts, wants, motives, pains, preferences
or quote.

Why: a map needs an actor with goals and a context (Nielsen Norman Group, "Journey Mapping 101" (Gibbons, 2018)). With
a bare name, each reader imagines another customer.

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
persona:
  name: Eva, translator working from home
  facts: {age: 40-49, household: lives alone}
  wants: [to be online again today]
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.reading.faults import did_you_mean
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING)
def bare_persona(subject: Subject) -> Iterator[Hit]:
    """Yield a hit at the persona's name."""
    persona = subject.journey.persona
    if not any(persona.model_dump(exclude={"id", "name"}).values()):
        yield Hit(
            ("persona", "name"),
            "the persona has no facts, wants or motives",
            did_you_mean(
                persona.name, subject.personas, "add `facts`, and what the persona `wants` and is `motivated_by`"
            ),
        )
