"""An opportunity cannot be ranked.

Finds opportunities without `impact`, `effort` or both that are neither done nor dropped. Where this holds for all of
several, they are one finding.

Why: opportunities are ranked by impact and effort. Without them `journeykit opportunities` cannot say which
opportunity comes first.

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
    impact: 4
    effort: 3
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, once_if_all, rule
from journeykit.rules.opportunities import open_ones


@rule(Severity.INFO)
def unranked_opportunity(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each, or one for all."""
    found = open_ones(subject.journey)
    hits = []
    for path, opportunity in found:
        lacks = [key for key in ("impact", "effort") if getattr(opportunity, key) is None]
        if lacks:
            keys = " and ".join(f"`{key}`" for key in lacks)
            hits.append(Hit((*path, lacks[0]), f"the opportunity has no {keys}", f"add {keys}, from 1 to 5"))
    message = f"none of {len(found)} opportunities can be ranked"
    yield from once_if_all(hits, found, Hit(("opportunities",), message, part="key"))
