"""A title is longer than 60 characters.

Finds titles of the journey, its touchpoints and opportunities, and names of stages, of more than 60 characters.

Why: titles are shown on charts, in tables and in review comments, where space is short: long ones are broken over many
lines or set smaller. Details have fields of their own: `does`, `thinks`, `quote` and `why`.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk for the third time this week and have to explain the fault anew: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I explain the fault for the third time
    does: Calls the help desk, which has no note of the calls on Monday and Tuesday
    feeling: frustrated
  - The technician fixes it: relieved
```
"""

import unicodedata
from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.source import KeyPath


@rule(Severity.INFO)
def long_title(subject: Subject, *, characters: int = 60) -> Iterator[Hit]:
    """Yield a hit at each title."""
    for path, title in _titles(subject):
        length = len(unicodedata.normalize("NFC", title)) if len(title) > characters else 0
        if length > characters:
            help = f"say it in {characters}; detail has room in `does`, `thinks` or `why`"
            if path[0] not in ("stages", "touchpoints") or path[-1] == "name":
                help = f"say it in {characters}"
            yield Hit(path, f"the {_noun(path)} has {length} characters", help)


def _titles(subject: Subject) -> Iterator[tuple[KeyPath, str]]:
    journey = subject.journey
    yield ("title",), journey.title
    for number, stage in enumerate(journey.stages):
        yield ("stages", number, "name"), stage.name
    for place in journey.places:
        yield (*place.path, "title"), place.touchpoint.title
    for number, opportunity in enumerate(journey.opportunities):
        yield ("opportunities", number, "title"), opportunity.title


def _noun(path: KeyPath) -> str:
    return "name" if path[-1] == "name" else "title"
