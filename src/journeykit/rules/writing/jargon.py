"""A text on the customer's side has a term of the trade in it.

Finds terms such as SLA, second-level support or omnichannel in what tells the customer's side: the title, names and
goals of stages, `title`, `does` and `thinks` of touchpoints, goals and expectations of the customer, the questions
that customers are asked, and the persona's wants and pains. Short forms are found in capitals only. Quotes stay as they
were said; causes and what happens backstage are the staff's own. There are word lists for English, German, Hungarian,
Slovenian, Turkish and Greek; for another `lang` the rule is silent, and so it is where the persona's name or facts say
that the customer works in IT, where such words are everyday ones.

Why: practice in home services has every member of staff read the map. Who does not work at the desk does not know its
short forms, and no customer thinks in them: where they appear, the company is talking to itself.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - My ticket goes to L2 and misses its SLA: frustrated
  - The technician fixes it: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - title: I wait a day longer than they promised
    feeling: frustrated
    why: The ticket goes to L2 and misses its SLA
  - The technician fixes it: relieved
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.model import Persona
from journeykit.rules import Hit, Subject, rule
from journeykit.source import Path
from journeykit.vocabulary.words import Words, words

_SAID = ("title", "does", "thinks")


@rule(Severity.INFO)
def jargon(subject: Subject) -> Iterator[Hit]:
    """One hit for each text, on its first term."""
    lists = words(subject.lang)
    if lists is None or _talks_so(subject.journey.persona, lists):
        return
    for path, text in subject.journey.texts:
        if isinstance(text, str) and _is_customers(subject, path) and (term := lists.jargon(text)):
            if path == ("title",) and lists.company_word(text):  # company-title tells it
                continue
            yield Hit(path, f'"{term}" is jargon', "say what the customer sees or hears of it")


def _talks_so(persona: Persona, lists: Words) -> bool:
    return any(lists.talks_jargon(str(text)) for text in (persona.name, *persona.facts.values()))


def _is_customers(subject: Subject, path: Path) -> bool:
    if path[0] in ("touchpoints", "stages"):
        number = path.index("touchpoints") if "touchpoints" in path else -3
        return path[-1] in ("name", "goal") if number < 0 else len(path) == number + 3 and path[-1] in _SAID
    if path[0] == "goals" and isinstance(path[1], int):
        return path[-1] == "goal" and subject.journey.goals[path[1]].who == "customer"
    if path[0] == "persona":
        return path[1] in ("wants", "motivated_by", "returns_because", "pains")
    return path[0] in ("title", "expectations") or (path[0] == "feedback" and path[-1] == "question")
