"""The title is the company's, not the customer's.

Finds titles of journeys that contain a word that companies use and customers do not, such as process, onboarding flow
or ticket handling. There are word lists for English, German, Hungarian, Slovenian, Turkish and Greek; the rule is
silent for every other `lang`.

Why: a journey map takes the customer's point of view (Nielsen Norman Group, "Journey Mapping 101" (Gibbons, 2018)).
"Onboarding" is what the company does; the customer gets a new job. The title influences what everybody writes below
it.

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


@rule(Severity.WARNING)
def company_title(subject: Subject) -> Iterator[Hit]:
    """Yield a hit at the title."""
    lists = words(subject.lang)
    word = lists.company_word(subject.journey.title) if lists else None
    if word:
        help = 'say it as the customer would, such as "I get my router fixed"'
        other = "" if subject.source.has(("lang",)) else "; if the file is not in English, set `lang`"
        yield Hit(("title",), f'"{word}" is a company\'s word', help + other)
