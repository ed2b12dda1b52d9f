"""An id is only a number in a row.

Finds ids of touchpoints, stages and opportunities like `t1`, `step3` or `stage-2` that are written in the file.

Why: ids must survive reordering in git. Once a touchpoint is put before `step3`, either the ids no longer fit the
order or they all change, and with them every reference and the comparison of two versions. Numbers on charts are
computed. An id that says what happens stays; left out, it is made from the title.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {id: t1, title: I call the help desk, feeling: frustrated}
  - {id: t2, title: The technician fixes it, feeling: relieved}
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - {id: call, title: I call the help desk, feeling: frustrated}
  - {id: fixed, title: The technician fixes it, feeling: relieved}
```
"""

import re
from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.source import Path

_POSITIONAL = re.compile(
    r"(?:(?:t|tp|tps|touchpoint|touch-point|s|st|step|stage|phase|p|point|item|node|moment|no|nr|number|id|o|op|opp"
    r"|opportunity|idea)-?)?\d{1,3}"
)


@rule(Severity.INFO)
def positional_id(subject: Subject) -> Iterator[Hit]:
    """Yield ids."""
    for path, id in _ids(subject):
        if subject.source.has(path) and _POSITIONAL.fullmatch(id):
            yield Hit(path, f'the id "{id}" is a place in a row', "name it after what happens, or leave it out")


def _ids(subject: Subject) -> Iterator[tuple[Path, str]]:
    journey = subject.journey
    if not journey.is_flat:
        for number, stage in enumerate(journey.stages):
            yield ("stages", number, "id"), stage.id
    for place in journey.places:
        yield (*place.path, "id"), place.touchpoint.id
    for number, opportunity in enumerate(journey.opportunities):
        yield ("opportunities", number, "id"), opportunity.id
