"""The journey starts badly.

Finds journeys whose first touchpoint scores below 50, the neutral value. An unrated first touchpoint is found by
`bare-endpoint`. What only brings customers to the company is left in peace: a first touchpoint before any contact
(`channel: none`), and one without a channel whose title tells of trouble (My internet stops) or is in a language that
the word lists lack. Once an opportunity addresses the touchpoint, the map has done what it can.

Why: guidance for service desks on journey mapping: the first contact sets what the customer expects of all that
follows, and a bad one is hard to make good.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I cannot find the number of the help desk: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I find the number of the help desk on the router: reassured
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.model import Touchpoint
from journeykit.rules import Hit, Subject, rule
from journeykit.scoring.display import beside
from journeykit.scoring.effort import is_silent
from journeykit.vocabulary.words import words


@rule(Severity.WARNING)
def bad_start(subject: Subject, *, score: float = 50) -> Iterator[Hit]:
    """At most one hit, at what the first score comes from."""
    first = subject.scores.touchpoints[0]
    if first.score is None or first.score >= score or first.id in subject.answered():
        return
    if _is_contact(subject.journey.touchpoints[0], subject.lang):
        low = "neutral (50)" if score == 50 else f"{score:g}"
        yield Hit(
            (*subject.journey.places[0].path, first.source or "feeling"),
            f"the journey starts with a score of {beside(first.score, score)}, below {low}",
            "if it is so, make the first contact easier: add an opportunity here",
        )


def _is_contact(touchpoint: Touchpoint, lang: str) -> bool:
    """Whether the customer is in touch with the company by then; without a channel the title decides."""
    if touchpoint.channel:
        return not is_silent(touchpoint)
    lists = words(lang)
    return lists is not None and not lists.tells_of_trouble(touchpoint.title)
