"""An opportunity should have been done by now.

Finds opportunities whose `due` is before today (or the day given by `--today`) and that are neither done nor dropped.
A retired map is not judged.

Why: a date that has passed without a new one shows that nobody follows the plan.

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
    owner: Help desk lead
    due: 2024-06-30
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
    status: done
    owner: Help desk lead
    due: 2024-06-30
    result: Nine of ten are called back within the hour
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.rules.opportunities import open_ones


@rule(Severity.WARNING)
def overdue_opportunity(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each, at its day."""
    for path, opportunity in open_ones(subject.journey):
        if opportunity.due is not None and opportunity.due < subject.today:
            yield Hit(
                (*path, "due"),
                f"due on {opportunity.due}, and not done",
                "set `status: done` if it is, or `dropped`; or give it a new day",
            )
