"""A word under `feelings` judges the service instead of naming a feeling.

Finds words that the file declares under `feelings` although they judge a thing, such as good, bad, slow, easy or
user-friendly. There are word lists for English, German, Hungarian, Slovenian, Turkish and Greek; for another `lang`
the rule is silent.

Why: a journey map shows what the customer feels (Nielsen Norman Group, "Journey Mapping 101" (Gibbons, 2018)). "Slow"
describes the service; whether the customer is impatient, annoyed or indifferent about it is the finding.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
feelings:
  slow: -1
touchpoints:
  - I wait for the technician: slow
  - The router works again: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
feelings:
  on edge: -1
touchpoints:
  - I wait for the technician: on edge
  - The router works again: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.rules import Hit, Subject, rule
from journeykit.vocabulary.words import words


@rule(Severity.INFO)
def judgement_as_feeling(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each word declared."""
    lists = words(subject.lang)
    if lists is None:
        return
    for word in subject.journey.feelings:
        if lists.is_judgement(word):
            yield Hit(
                ("feelings", word),
                f'"{word}" judges the service, it is no feeling',
                "write how the customer feels about it, such as impatient, relieved, confident",
                part="key",
            )
