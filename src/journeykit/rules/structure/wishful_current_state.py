"""A map of today's journey says what will or should be.

Finds `will`, `should` and `would` in the main clause of titles (of the journey and of its touchpoints) while `state`
is `current`. Where at least half of the titles have one, it is one finding, at the title of the journey. What
customers say today is left out: questions, subordinate clauses ("I ask when they will come"), refusals ("the router
won't start"), polite forms ("I would like a refund") and quotations. The rule knows English, German, Hungarian,
Slovenian, Turkish and Greek, and is silent for every other `lang`.

Why: current-state and future-state maps serve different purposes and are kept apart (Stickdorn et al., This Is Service
Design Doing (2018)). A wish among facts hides the gap that the map should show.

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
from journeykit.rules import Hit, Subject, once_if_most, rule
from journeykit.source import KeyPath
from journeykit.vocabulary.words import words


@rule(Severity.WARNING)
def wishful_current_state(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each title, or one for the journey where most titles have one."""
    lists = words(subject.lang)
    if lists is None or subject.journey.state != "current":
        return
    titles = list(_titles(subject))
    hits = [
        Hit(
            path,
            f'"{wish}" states a wish, and this is a map of today\'s journey',
            "say what happens today; or move the wish to a file of its own with `state: future`",
        )
        for path, title in titles
        if (wish := lists.wish(title))
    ]
    message = f"{len(hits)} of {len(titles)} titles state a wish, and this is a map of today's journey"
    summary = Hit(("title",), message, "set `state: future`, or say what happens today")
    yield from once_if_most(hits, titles, summary)


def _titles(subject: Subject) -> Iterator[tuple[KeyPath, str]]:
    yield ("title",), subject.journey.title
    for place in subject.journey.places:
        yield (*place.path, "title"), place.touchpoint.title
