"""A map of today's journey says what will or should be.

Finds `will`, `should` and `would` in the main clause of titles (of the journey and of its touchpoints) while `state`
is `current`. It leaves alone what customers say today: questions, subordinate clauses ("I ask when they will come"),
refusals ("the router won't start"), courtesy ("I would like a refund") and quotations. It knows English, German,
Hungarian, Slovenian, Turkish and Greek, and is silent for every other `lang`.

Why: guidance for service desks on journey mapping asks for today's journey first, not the desired one. A wish between
facts hides the gap that the map is there to show.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician should arrive on time: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician arrives two hours late: annoyed
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.source import Path
from journeykit.vocabulary.words import words


@rule(Severity.WARNING)
def wishful_current_state(subject: Subject) -> Iterator[Hit]:
    """Yield titles."""
    lists = words(subject.lang)
    if lists is None or subject.journey.state != "current":
        return
    for path, title in _titles(subject):
        if wish := lists.wish(title):
            yield Hit(
                path,
                f'"{wish}" tells a wish, and this is a map of today\'s journey',
                "say what happens today, or put the wish into a file of its own with `state: future`",
            )


def _titles(subject: Subject) -> Iterator[tuple[Path, str]]:
    yield ("title",), subject.journey.title
    for place in subject.journey.places:
        yield (*place.path, "title"), place.touchpoint.title
