"""No opportunity goes beyond what customers expect.

Finds maps with three or more opportunities (limit `opportunities`), except dropped ones, that all state their `kind`
and of which none is `exceed` or `personalise`.

Why: fixing what is expected only prevents dissatisfaction; attractive qualities, which customers do not expect, cause
delight (Kano et al., "Attractive Quality and Must-Be Quality", Journal of the Japanese Society for Quality Control
14(2), 1984).

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {id: call, title: I call the help desk, feeling: frustrated}
  - {id: visit, title: The technician fixes it, feeling: relieved}
opportunities:
  - {title: Answer within a minute, at: [call], kind: fix}
  - {title: Say how long the queue is, at: [call], kind: inform}
  - {title: Have spare routers in every van, at: [visit], kind: fix}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {id: call, title: I call the help desk, feeling: frustrated}
  - {id: visit, title: The technician fixes it, feeling: relieved}
opportunities:
  - {title: Answer within a minute, at: [call], kind: fix}
  - {title: Say how long the queue is, at: [call], kind: inform}
  - {title: Ask a week later whether it still works, at: [visit], kind: exceed}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.opportunities import kinds


@rule(Severity.INFO)
def nothing_exceeds(subject: Subject, *, opportunities: int = 3) -> Iterator[Hit]:
    """Yield at most one hit, at the key of the list."""
    found = kinds(subject.journey)
    if len(found) >= opportunities and None not in found and not {"exceed", "personalise"} & set(found):
        yield Hit(
            ("opportunities",),
            f"none of {len(found)} opportunities exceeds what customers expect",
            "find one that does, at a touchpoint that is good already: `kind: exceed` or `personalise`",
            part="key",
        )
