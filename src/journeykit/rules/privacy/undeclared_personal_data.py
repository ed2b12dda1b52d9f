"""A touchpoint collects personal data that `privacy` does not list.

Finds entries of a touchpoint's `personal_data` that are missing in `privacy.personal_data`, each where it is collected
first. Case, hyphens and spaces make no difference, and one entry of `privacy` may list several things with commas.

Why: guidance on service goals, channels and metrics asks to protect personal data. Who answers for it looks at one
list; what is collected on the way and stands in no list is kept without a rule.

Fix: adds it to `privacy.personal_data`.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I call the help desk
    feeling: frustrated
    personal_data: [name, address]
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
    personal_data: [name, address]
  - The technician fixes it: relieved
privacy:
  personal_data: [name, address]
```
"""

import re
from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.fix import Fix, Set
from journeykit.rules import Hit, Subject, rule
from journeykit.vocabulary.feelings import fold

_APART = re.compile(r"[,;/&]")
_NO_LETTER = re.compile(r"[\W_]+")


@rule(Severity.WARNING, fix="safe")
def undeclared_personal_data(subject: Subject) -> Iterator[Hit]:
    """One hit for each kind of data, where it is collected first."""
    privacy = subject.journey.privacy
    declared = privacy.personal_data if privacy else ()
    known = {_key(part) for entry in declared for part in (entry, *_APART.split(entry))}
    for place in subject.journey.places:
        for number, data in enumerate(place.touchpoint.personal_data):
            if _key(data) not in known:
                known.add(_key(data))
                add = Set(("privacy", "personal_data", len(declared)), data)
                yield Hit(
                    (*place.path, "personal_data", number),
                    f'`privacy` does not list "{data}"',
                    "add it to `personal_data` under `privacy`",
                    fix=Fix(f"List {data} under privacy", (add,), safe=True),
                )


def _key(text: str) -> str:
    return _NO_LETTER.sub("", fold(text))
