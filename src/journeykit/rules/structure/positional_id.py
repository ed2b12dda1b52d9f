"""An id is only a number in a row.

Finds ids of touchpoints, stages, opportunities and KPIs like `t1`, `step3` or `stage-2` that are written in the file.

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

from journeykit.finding import Severity
from journeykit.fix import Fix, Remove, Set
from journeykit.model.definitions import kind_of
from journeykit.model.fields import Leaf
from journeykit.model.meaning import END, Defines, Ref
from journeykit.model.slug import Ids, slug
from journeykit.rules import Hit, Subject, rule
from journeykit.source import KeyPath

_POSITIONAL = re.compile(
    r"(?:(?:t|tp|tps|touchpoint|touch-point|s|st|step|stage|phase|p|point|item|node|moment|no|nr|number|id|o|op|opp"
    r"|opportunity|idea)-?)?\d{1,3}"
)


@rule(Severity.INFO, fix="unsafe")
def positional_id(subject: Subject) -> Iterator[Hit]:
    """Yield a hit at each id."""
    uses: dict[tuple[str, str], list[Leaf]] = defaultdict(list)
    defined = subject.journey.leaves(Defines)
    known = {(leaf.meaning.kind, leaf.value) for leaf in defined}
    for leaf in subject.journey.leaves(Ref):
        uses[kind_of(leaf.meaning, leaf.value, known), leaf.value].append(leaf)
    in_lists = (leaf for leaf in defined if len(leaf.path) > 2)
    named = [leaf for leaf in in_lists if leaf.meaning.made_from]
    ids = {kind: Ids([*_ids(named, kind), END]) for kind in {leaf.meaning.kind for leaf in named}}
    for path, id, meaning, _, holder in named:
        if _POSITIONAL.fullmatch(id) and subject.source.has(path):
            text = getattr(holder, meaning.made_from)
            better = ids[meaning.kind].make(text, id)
            is_better = slug(text) and not _POSITIONAL.fullmatch(better)
            fix = _renaming(path, better, uses[meaning.kind, id]) if is_better else None
            help = "name it after what happens, or leave it out"
            yield Hit(path, f'the id "{id}" is a place in a row', help, fix=fix)


def _ids(named: Iterable[Leaf], kind: str) -> list[str]:
    return [leaf.value for leaf in named if leaf.meaning.kind == kind]


def _renaming(path: KeyPath, better: str, uses: Iterable[Leaf]) -> Fix:
    changes: list[Set | Remove] = [Set(path, better)]
    for use in uses:
        if use.side == "value":
            changes.append(Set(use.path, better))
        else:
            changes += [Remove(use.path), Set((*use.path[:-1], better), use.holder[use.value])]
    return Fix(f"Rename it to {better} wherever it stands", tuple(changes), safe=False)
