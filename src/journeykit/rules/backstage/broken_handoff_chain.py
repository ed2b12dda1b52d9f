"""A team hands over work that it did not receive.

Finds handoffs at one touchpoint whose `from` is not the `to` of the handoff before, and has not appeared in an earlier
step of that touchpoint either: a team may hand the same case to several others, or take it up again. Case makes no
difference.

Why: a service blueprint shows the whole chain of actions behind a contact (Shostack, "Designing Services That
Deliver", Harvard Business Review, 1984). A gap in the chain means that a handoff is missing from the map, or that one
team has two names.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    backstage:
      - {from: Help desk, to: Line test, does: passes the ticket on}
      - {from: Dispatch, to: Technician, does: sends him to the customer}
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    backstage:
      - {from: Help desk, to: Line test, does: passes the ticket on}
      - {from: Line test, to: Dispatch, does: asks for a visit}
      - {from: Dispatch, to: Technician, does: sends him to the customer}
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.backstage import team_key


@rule(Severity.WARNING)
def broken_handoff_chain(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each break, at `from`."""
    for place in subject.journey.places:
        seen: set[str] = set()
        holder = None
        for number, step in enumerate(place.touchpoint.backstage):
            if holder and step.from_ and team_key(step.from_) not in seen:
                yield Hit(
                    (*place.path, "backstage", number, "from"),
                    f'"{step.from_}" hands over what "{holder}" took last',
                    f"add the handoff to {step.from_}, or use one name if both are the same team",
                )
            holder = step.to or holder
            seen.update(team_key(name) for name in (step.team, step.from_, step.to) if name)
