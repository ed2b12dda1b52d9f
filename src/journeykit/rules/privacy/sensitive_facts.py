"""A fact of the persona reveals health, religion, ethnicity, politics or sexuality.

Finds such keys among the persona's `facts` (`religion`, `health condition`), and facts under other keys that reveal it
("diabetic"). Facts about work or school are left out: a nurse may work in a cancer clinic. So is a kind of data that
the file's own `personal_data` names, at a touchpoint or under `privacy`, such as `health`. There are word lists for
English, German, Hungarian, Slovenian, Turkish and Greek; for another `lang` the rule is silent.

Why: these are special categories of personal data, which the GDPR protects most (article 9). In a persona from a few
interviews they may identify a person, and where they change nothing on the journey, they are a stereotype.

Bad:

```yaml
title: I get my router fixed
persona:
  name: Dana
  facts: {age: 41, religion: Catholic}
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona:
  name: Dana
  facts: {age: 41, works: from home}
touchpoints:
  - I call the help desk: frustrated
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.model import Journey
from journeykit.rules import Hit, Subject, rule
from journeykit.vocabulary.words import Words, words


@rule(Severity.WARNING)
def sensitive_facts(subject: Subject) -> Iterator[Hit]:
    """Yield a hit at each fact."""
    lists = words(subject.lang)
    facts = subject.journey.persona.facts
    if lists is None or not facts:
        return
    found = [(key, kind) for key, fact in facts.items() if (kind := _kind(lists, key, str(fact)))]
    needed = _named(subject.journey, lists) if found else set()
    for key, kind in found:
        if kind not in needed:
            yield Hit(
                ("persona", "facts", key),
                f"the fact reveals {kind}",
                f"leave it out; if the service needs to know it, add `personal_data: [{kind}]` under `privacy`",
            )


def _kind(lists: Words, key: str, fact: str) -> str | None:
    if lists.is_about_work(key):
        return None
    return lists.sensitive_kind(key, is_key=True) or lists.sensitive_kind(fact, is_key=False)


def _named(journey: Journey, lists: Words) -> set[str]:
    """Return the sensitive kinds of data that the file says it works with."""
    entries = [*(journey.privacy.personal_data if journey.privacy else ())]
    entries += [entry for touchpoint in journey.touchpoints for entry in touchpoint.personal_data]
    parts = {part.strip() for entry in entries for part in (entry, *entry.split(","))}
    return {part.casefold() for part in parts} | {
        kind for part in parts for is_key in (True, False) if (kind := lists.sensitive_kind(part, is_key=is_key))
    }
