"""A touchpoint collects personal data that `privacy` does not list.

Finds entries of a touchpoint's `personal_data` that are missing in `privacy.personal_data`, each where it is collected
first; where `privacy` lists nothing at all, it is one finding. Case, hyphens and spaces make no difference, and one
entry of `privacy` may list several things.

Why: the GDPR asks for records of which categories of personal data are processed (article 30). Data that is collected
and not on the list is kept without a rule.

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
from journeykit.model import Journey
from journeykit.rules import Hit, Subject, rule
from journeykit.source import KeyPath
from journeykit.vocabulary.feelings import fold

_LIST = ("privacy", "personal_data")
_APART = re.compile(r"[,;/&+]|\s(?:and|und|és|in|ve|και)\s")
_NO_LETTER = re.compile(r"[\W_]+")


@rule(Severity.WARNING, fix="safe")
def undeclared_personal_data(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each kind of data, where it is collected first; one for all where none is declared."""
    privacy = subject.journey.privacy
    declared = privacy.personal_data if privacy else ()
    missing = dict(_missing(subject.journey, {_key(part) for entry in declared for part in _parts(entry)}))
    hits = [
        Hit(
            path,
            f'`privacy` does not list "{data}"',
            "add it to `personal_data` under `privacy`",
            fix=Fix(f"List {data} under privacy", (Set((*_LIST, len(declared)), data),), safe=True),
        )
        for path, data in missing.items()
    ]
    if declared or len(hits) < 2:
        yield from hits
        return
    yield Hit(
        hits[0].path[:-1],
        f"`privacy` lists none of the {len(hits)} kinds of personal data",
        "add them to `personal_data` under `privacy`",
        fix=Fix("List the personal data under privacy", (Set(_LIST, list(missing.values())),), safe=True),
        parts=tuple(hits),
    )


def _missing(journey: Journey, known: set[str]) -> Iterator[tuple[KeyPath, str]]:
    for place in journey.places:
        for number, data in enumerate(place.touchpoint.personal_data):
            if _key(data) not in known:
                known.add(_key(data))
                yield (*place.path, "personal_data", number), data


def _parts(entry: str) -> tuple[str, ...]:
    return (entry, *_APART.split(entry))


def _key(text: str) -> str:
    return _NO_LETTER.sub("", fold(text))
