"""A long journey, and no opportunity makes it shorter.

Finds maps with ten or more touchpoints (limit `touchpoints`) and three or more opportunities (limit `opportunities`),
except dropped ones, that all state their `kind` and of which none is `kind: shorten` or `removes` a touchpoint.

Why: the best contact is often one that customers need not make (Price & Jaffe, The Best Service Is No Service, 2008).

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - My internet stops: worried
  - I look for a number: impatient
  - I go through the menu: impatient
  - {id: hold, title: I hold the line, feeling: bored}
  - {id: explain, title: I explain my problem, feeling: hopeful}
  - {id: again, title: I explain it to a second person, feeling: frustrated}
  - I get an appointment: reassured
  - I wait at home: impatient
  - The technician fixes it: relieved
  - I am asked whether it still works: valued
opportunities:
  - {title: Play better music, at: [hold], kind: fix}
  - {title: Greet by name, at: [explain], kind: personalise}
  - {title: Show the second person what I said, at: [again], kind: inform}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - My internet stops: worried
  - I look for a number: impatient
  - I go through the menu: impatient
  - {id: hold, title: I hold the line, feeling: bored}
  - {id: explain, title: I explain my problem, feeling: hopeful}
  - {id: again, title: I explain it to a second person, feeling: frustrated}
  - I get an appointment: reassured
  - I wait at home: impatient
  - The technician fixes it: relieved
  - I am asked whether it still works: valued
opportunities:
  - {title: Offer to call back, at: [hold], kind: shorten}
  - {title: Greet by name, at: [explain], kind: personalise}
  - {title: Let the first person book the visit, at: [again], kind: empower, removes: [again]}
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.opportunities import kinds


@rule(Severity.INFO)
def nothing_shortens(subject: Subject, *, touchpoints: int = 10, opportunities: int = 3) -> Iterator[Hit]:
    """Yield at most one hit, at the key of the list."""
    journey, found = subject.journey, kinds(subject.journey)
    if len(journey.touchpoints) < touchpoints or len(found) < opportunities or None in found or "shorten" in found:
        return
    if not any(opportunity.removes for opportunity in journey.opportunities):
        yield Hit(
            ("opportunities",),
            f"nothing makes the {len(journey.touchpoints)} touchpoints fewer or shorter",
            "find what the customer could be spared: `removes`, or `kind: shorten`",
            part="key",
        )
