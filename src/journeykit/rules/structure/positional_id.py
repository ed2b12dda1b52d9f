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
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from journeykit.finding import Severity
from journeykit.fix import Fix, Remove, Set
from journeykit.model import Journey
from journeykit.model.slug import Ids, slug
from journeykit.rules import Hit, Subject, rule
from journeykit.source import Path

_POSITIONAL = re.compile(
    r"(?:(?:t|tp|tps|touchpoint|touch-point|s|st|step|stage|phase|p|point|item|node|moment|no|nr|number|id|o|op|opp"
    r"|opportunity|idea)-?)?\d{1,3}"
)


class Use(NamedTuple):
    """Where an id is referred to; `value` is what it is the key of, None where it is no key."""

    path: Path
    id: str
    value: float | None = None


@rule(Severity.INFO, fix="unsafe")
def positional_id(subject: Subject) -> Iterator[Hit]:
    """Yield ids."""
    journey = subject.journey
    stages = [(("stages", number), stage.id, stage.name) for number, stage in enumerate(journey.stages)]
    steps = [(place.path, place.touchpoint.id, place.touchpoint.title) for place in journey.places]
    ideas = [(("opportunities", number), one.id, one.title) for number, one in enumerate(journey.opportunities)]
    for items, uses in (
        (() if journey.is_flat else stages, ()),
        (steps, _uses_of_touchpoints(journey)),
        (ideas, _uses_of_opportunities(journey)),
    ):
        used = defaultdict(list)
        for use in uses:
            used[use.id].append(use)
        ids = Ids([id for _, id, _ in items] + ["end"])
        for path, id, text in items:
            if _POSITIONAL.fullmatch(id) and subject.source.has((*path, "id")):
                better = ids.make(text, id)
                fix = None if not slug(text) or _POSITIONAL.fullmatch(better) else _renaming(path, better, used[id])
                help = "name it after what happens, or leave it out"
                yield Hit((*path, "id"), f'the id "{id}" is a place in a row', help, fix=fix)


def _renaming(path: Path, better: str, uses: Iterable[Use]) -> Fix:
    changes: list[Set | Remove] = [Set((*path, "id"), better)]
    for use in uses:
        if use.value is None:
            changes.append(Set(use.path, better))
        else:  # the key of a mapping
            changes += [Remove(use.path), Set((*use.path[:-1], better), use.value)]
    return Fix(f"Rename it to {better} wherever it stands", tuple(changes), safe=False)


def _uses_of_touchpoints(journey: Journey) -> Iterator[Use]:
    for place in journey.places:
        if place.touchpoint.decision:
            for number, option in enumerate(place.touchpoint.decision.options):
                yield Use((*place.path, "decision", "options", number, "to"), option.to)
    for number, one in enumerate(journey.opportunities):
        for key, ids in (("at", one.at), ("removes", one.removes)):
            yield from (Use(("opportunities", number, key, index), id) for index, id in enumerate(ids))
        yield from (Use(("opportunities", number, "target", id), id, value) for id, value in one.target.items())
    asked = [(("kpis", number), kpi.at) for number, kpi in enumerate(journey.kpis)]
    asked += [(("feedback", number), feedback.at) for number, feedback in enumerate(journey.feedback)]
    yield from (Use((*path, "at"), id) for path, id in asked if id)


def _uses_of_opportunities(journey: Journey) -> Iterator[Use]:
    for number, change in enumerate(journey.changes):
        if change.opportunity:
            yield Use(("changes", number, "opportunity"), change.opportunity)
