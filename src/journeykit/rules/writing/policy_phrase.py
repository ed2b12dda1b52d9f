"""Staff refer to a rule, and the touchpoint is no vulnerability.

Finds "not our policy", "he has to ask his boss", "I am told to call another number" and the like in `title`, `does`,
`thinks`, `quote` and `why` of touchpoints that have neither `outcome: vulnerability` nor the tag `not-empowered`. What
may be the customer's own words ("I ask my boss") counts between quotation marks only. There are word lists for
English, German, Hungarian, Slovenian, Turkish and Greek; for another `lang` the rule is silent.

Why: how staff respond to a request or a failure decides many encounters (Bitner, Booms & Tetreault, "The Service
Encounter", Journal of Marketing 54(1), 1990). Such phrases are a sign that staff may not decide; a map should mark
them as a weakness.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I ask for a router on loan
    quote: It is not our policy, he said, and I have to ask my boss.
    feeling: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I ask for a router on loan
    quote: It is not our policy, he said, and I have to ask my boss.
    feeling: frustrated
    outcome: vulnerability
    why: The desk may lend nothing without the shop's manager
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.vocabulary.words import words


@rule(Severity.WARNING)
def policy_phrase(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each touchpoint, at the first text with such a phrase."""
    lists = words(subject.lang)
    if lists is None:
        return
    for place in subject.journey.places:
        touchpoint = place.touchpoint
        if touchpoint.outcome == "vulnerability" or "not-empowered" in touchpoint.tags:
            continue
        for field in ("title", "quote", "does", "thinks", "why"):
            value = getattr(touchpoint, field)
            texts = (value,) if isinstance(value, str) else value or ()
            if phrase := next(filter(None, map(lists.policy_phrase, texts)), None):
                yield Hit(
                    (*place.path, field),
                    f'"{phrase}" is a weakness that the map does not mark',
                    "write `outcome: vulnerability` and `why`, and what would let staff decide",
                )
                break
