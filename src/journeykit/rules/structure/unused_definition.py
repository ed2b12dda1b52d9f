"""A source, channel or feeling is defined and never used.

Finds `sources` that neither `evidence` nor a measurement or KPI names, `channels` that no touchpoint, preference or
feedback uses, and `feelings` that no `feeling` or `expected` uses.

Why: what is defined but not used is either left over or, more often, the other half of a typing error: the touchpoint
that should rest on the interview names no evidence.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
feelings: {left alone: -1.5}
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
feelings: {left alone: -1.5}
touchpoints:
  - I call the help desk: left alone
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.fix import Fix, Remove
from journeykit.model.meaning import Defines, Ref, Word
from journeykit.rules import Hit, Subject, rule
from journeykit.vocabulary.channels import canonical_channel
from journeykit.vocabulary.feelings import fold

HELP = "use it where it belongs, or remove it"


@rule(Severity.INFO, fix="unsafe")
def unused_definition(subject: Subject) -> Iterator[Hit]:
    """Yield a hit at the ids of sources and the keys of channels and feelings."""
    used = {name for leaf in subject.journey.leaves(Ref, Word) for name in _names(leaf.meaning.kind, leaf.value)}
    for path, id, meaning, side, _ in subject.journey.leaves(Defines):
        if not meaning.standalone and used.isdisjoint(_names(meaning.kind, id)):
            whole = path if side == "key" else path[:-1]
            fix = Fix("Remove it", (Remove(whole),), safe=False)
            yield Hit(path, f'the {meaning.kind} "{id}" is never used', HELP, side, fix)


def _names(kind: str, id: object) -> set[tuple[str, str]]:
    """Return what something goes by: words without their case.

    A channel is also known by the built-in one that it stands for.
    """
    text = str(id) if kind == "source" else fold(str(id))
    return {(kind, text), (kind, canonical_channel(text) or text)} if kind == "channel" else {(kind, text)}
