"""A team hands over to itself.

Finds backstage steps whose `from` and `to` name the same team; case makes no difference.

Why: the score command counts handoffs, since each costs time and knowledge. Work that stays within a team is no
handoff, and one name for two teams hides where it goes.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    backstage:
      - {from: Help desk, to: Help desk, does: looks up the model}
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
      - {team: Help desk, does: looks up the model}
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.backstage import team_key


@rule(Severity.WARNING)
def handoff_to_self(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each such step, at `to`."""
    for place in subject.journey.places:
        for number, step in enumerate(place.touchpoint.backstage):
            if step.from_ and step.to and team_key(step.from_) == team_key(step.to):
                yield Hit(
                    (*place.path, "backstage", number, "to"),
                    f'"{step.from_}" hands over to itself',
                    f"write `team: {step.from_}` for work that stays there, or name who takes over",
                )
