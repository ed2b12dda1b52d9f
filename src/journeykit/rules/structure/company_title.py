"""The title is the company's, not the customer's.

Finds titles of journeys with a company's word in them (process, onboarding flow, ticket handling), and titles without
any word in the first person (I, my, we; in other languages also the endings of verbs and possessions). It knows
English, German, Hungarian, Slovenian, Turkish and Greek, and is silent for every other `lang`.

Why: guidance for service desks on journey mapping asks that the title mirror the customer's perception. "Onboarding"
is what the company does; the customer gets a new job. The title steers what everybody at the table writes below it.

Bad:

```yaml
title: Fault handling process
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.vocabulary.words import words

HELP = 'say it as the customer would, such as "I get my router fixed"'


@rule(Severity.WARNING)
def company_title(subject: Subject) -> Iterator[Hit]:
    """Yield the title."""
    lists = words(subject.lang)
    title = subject.journey.title
    if lists is None:
        return
    if word := lists.company_word(title):
        yield Hit(("title",), f'"{word}" is a company\'s word', HELP)
    elif not lists.is_first_person(title):
        other = "" if subject.source.has(("lang",)) else "; if the file is not in English, set `lang`"
        yield Hit(("title",), "the title is not in the first person", HELP + other)
