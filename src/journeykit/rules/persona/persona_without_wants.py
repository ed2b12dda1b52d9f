"""The persona has facts, but no wants.

Finds personas with `facts` and neither `wants` nor `motivated_by`.

Why: personas are defined by their goals (Cooper, The Inmates Are Running the Asylum (1999)). Age and income do not
explain why the same late visit is a nuisance to one customer and costs another a day's pay.

Bad:

```yaml
title: I get my router fixed
persona:
  name: Eva, translator working from home
  facts: {age: 40-49, household: lives alone}
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
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING)
def persona_without_wants(subject: Subject) -> Iterator[Hit]:
    """Yield a hit at the persona's first key."""
    persona = subject.journey.persona
    if persona.facts and not persona.wants and not persona.motivated_by:
        yield Hit(
            ("persona", "wants"),
            "the persona has facts, but neither `wants` nor `motivated_by`",
            "add `wants`: what the persona wants from this journey, or `motivated_by`: what drives it",
        )
