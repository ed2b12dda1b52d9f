"""Personal data is collected, and nothing says how long it is kept.

Finds maps with `personal_data`, at a touchpoint or under `privacy`, and no `privacy.retention`. It is one finding, at
the first list.

Why: the GDPR limits how long personal data is kept (article 5(1)(e)) and requires that people are told how long
(article 13(2)(a)).

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    personal_data: [name]
  - The technician fixes it: relieved
privacy:
  personal_data: [name]
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    personal_data: [name]
  - The technician fixes it: relieved
privacy:
  personal_data: [name]
  retention: 1y
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, first_only, rule
from journeykit.source import KeyPath


@rule(Severity.INFO)
def missing_retention(subject: Subject) -> Iterator[Hit]:
    """Yield a hit at the list under `privacy`, else the first at a touchpoint."""
    privacy = subject.journey.privacy
    if privacy and privacy.retention:
        return
    lists: list[KeyPath] = [("privacy", "personal_data")] if privacy and privacy.personal_data else []
    lists += [(*place.path, "personal_data") for place in subject.journey.places if place.touchpoint.personal_data]
    help = "add `retention` under `privacy`, such as `retention: 1y`"
    yield from first_only([Hit(path, "nothing says how long the personal data is kept", help) for path in lists])
