"""An opportunity does not say what it would change.

Finds opportunities that are neither done nor dropped and have neither `target`, the satisfaction aimed at, nor
`removes`. Where this holds for all of several, they are one finding.

Why: without an aim nobody can tell afterwards whether it worked. With one, `journeykit opportunities` simulates the
effect on the journey's score.

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
    target: {call: 1}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, once_if_all, rule
from journeykit.rules.opportunities import open_ones


@rule(Severity.INFO)
def aimless_opportunity(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each, or one for all."""
    journey, found = subject.journey, open_ones(subject.journey)
    hits = [
        Hit(
            (*path, "target"),
            "the opportunity does not say what it would change",
            f"add the satisfaction aimed at (`target: {{{journey.touchpoint_ids(opportunity.at)[0]}: …}}`), "
            "or what it `removes`",
        )
        for path, opportunity in found
        if not (opportunity.target or opportunity.removes)
    ]
    message = f"none of {len(found)} opportunities says what it would change"
    yield from once_if_all(hits, found, Hit(("opportunities",), message, part="key"))
