"""A stage has no touchpoints.

Finds stages with no touchpoint in them.

Why: stages order what the customer does, thinks and feels (Nielsen Norman Group, "Journey Mapping 101" (Gibbons,
2018)). A stage where nothing happens has not been researched, or is a team of the company.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
stages:
  - name: Something is wrong
    touchpoints:
      - I call the help desk: frustrated
      - The technician fixes it: relieved
  - name: Afterwards
    touchpoints: []
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
stages:
  - name: Something is wrong
    touchpoints:
      - I call the help desk: frustrated
      - The technician fixes it: relieved
  - name: Afterwards
    touchpoints:
      - I am asked whether it still works: valued
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.fix import Fix, Remove
from journeykit.rules import Hit, Subject, rule


@rule(Severity.WARNING, fix="unsafe")
def empty_stage(subject: Subject) -> Iterator[Hit]:
    """Yield a hit at the touchpoints of stages, or the first key of the stage that lacks them."""
    for number, stage in enumerate(subject.journey.stages):
        if not stage.touchpoints:
            yield Hit(
                ("stages", number, "touchpoints"),
                f'the stage "{stage.name}" has no touchpoints',
                "add what happens to the customer there, or remove the stage",
                fix=Fix("Remove the stage", (Remove(("stages", number)),), safe=False),
            )
