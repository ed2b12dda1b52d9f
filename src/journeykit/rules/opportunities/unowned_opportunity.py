"""An opportunity is taken up, and nobody sees to it.

Finds opportunities with `status: planned` or `doing` and no `owner`. An idea needs none yet, and what is done or
dropped needs none any more.

Why: NN/g's journey-mapping guidance asks who acts on what the map shows. What is everybody's is done by nobody.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {id: call, title: I call the help desk, feeling: frustrated}
  - The technician fixes it: relieved
opportunities:
  - title: Call back instead of holding the line
    at: [call]
    status: planned
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {id: call, title: I call the help desk, feeling: frustrated}
  - The technician fixes it: relieved
opportunities:
  - title: Call back instead of holding the line
    at: [call]
    status: planned
    owner: Help desk lead
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.opportunities import open_ones


@rule(Severity.WARNING)
def unowned_opportunity(subject: Subject) -> Iterator[Hit]:
    """One hit for each, at its status."""
    for path, opportunity in open_ones(subject.journey):
        if opportunity.status != "idea" and opportunity.owner is None:
            yield Hit(
                (*path, "status"),
                "planned, and nobody sees to it" if opportunity.status == "planned" else "begun, and nobody sees to it",
                "add `owner`: who sees to it; or leave it an `idea` until somebody does",
            )
