"""A title is written from the company's point of view.

Finds titles that start with the company's side as the subject, such as agent, system, company or team, and in which
the customer does not appear, neither in the first person nor by the persona's name; not those that customers rate and
where they stand before whoever acts (`channel: in-person`, `store` or `video`). Where at least half of the titles
do so, it is one finding. There are word lists for English, German, Hungarian, Slovenian, Turkish and Greek; for
another `lang` the rule is silent.

Why: a journey map describes what the customer does (Nielsen Norman Group, "Journey Mapping 101" (Gibbons, 2018)).
"Agent logs the ticket" is backstage work: the customer sees a question, a wait or a message.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - Agent logs the ticket: uncertain
  - The router works again: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I am asked for my number for the third time
    feeling: uncertain
    backstage:
      - team: Help desk
        does: logs the ticket
  - The router works again: relieved
```
"""

import re
from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.model import Touchpoint
from journeykit.rules import Hit, Subject, once_if_most, rule
from journeykit.scoring.effort import contact_channels
from journeykit.vocabulary.feelings import fold
from journeykit.vocabulary.words import words

MEETINGS = frozenset({"in-person", "store", "video"})


@rule(Severity.INFO)
def company_sentence(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each title that starts with the company, or one for the list where most titles do."""
    lists = words(subject.lang)
    if lists is None:
        return
    places = subject.journey.places
    name = re.compile(rf"(?<!\w){re.escape(fold(subject.journey.persona.name.split(',')[0]))}(?!\w)")
    hits = [
        Hit(
            (*place.path, "title"),
            f'the title starts with "{found}", not with the customer',
            "say what the customer does or notices, and move the rest to `backstage`",
        )
        for place in places
        if not name.search(fold(place.touchpoint.title))
        and not _is_met(place.touchpoint)
        and (found := lists.company_subject(place.touchpoint.title))
    ]
    message = f"{len(hits)} of {len(places)} titles start with the company, not with the customer"
    yield from once_if_most(hits, places, Hit(subject.list_key, message, part="key"))


def _is_met(touchpoint: Touchpoint) -> bool:
    """Return whether the customer stands before who does it, and feels something: a clerk who leads through a form."""
    channels = contact_channels(touchpoint)
    return touchpoint.is_rated and bool(channels) and channels <= MEETINGS
