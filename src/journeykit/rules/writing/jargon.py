"""A text on the customer's side has a term of the trade in it.

Finds terms such as SLA, second-level support or omnichannel in texts on the customer's side: the title, names and goals
of stages, `title`, `does` and `thinks` of touchpoints, goals and expectations of the customer, questions to customers,
and the persona's wants and pains. A term is one finding, at the first text that has it. Abbreviations are found in
capitals only. Quotes stay as they were said; `why` and `backstage` are the staff's own words. There are word lists for
English, German, Hungarian, Slovenian, Turkish and Greek. The rule is silent for another `lang`, and where the persona's
name or facts say that the customer works in IT, where such words are common.

Why: plain language uses words that readers know (ISO 24495-1:2023). People in other departments do not know the
abbreviations of the help desk, and customers do not use them.

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
from journeykit.rules import Hit, Subject, once_a_group, rule
from journeykit.source import KeyPath
from journeykit.vocabulary.words import Words, words

_SAID = ("title", "does", "thinks", "pains")


@rule(Severity.INFO)
def jargon(subject: Subject) -> Iterator[Hit]:
    """Yield one hit for each term, at the first text that has it."""
    lists = words(subject.lang)
    if lists is None or _uses_jargon(subject.journey.persona, lists):
        return
    hits = [
        (term.casefold(), Hit(path, f'"{term}" is jargon', "write what the customer sees or hears instead"))
        for path, text in subject.journey.texts
        if isinstance(text, str) and _is_customers(subject, path) and (term := lists.jargon(text))
        if not (path == ("title",) and lists.company_word(text))  # company-title finds it
    ]
    yield from once_a_group(hits, lambda group: group[0]._replace(message=f"{group[0].message} ({len(group)} texts)"))


def _uses_jargon(persona: Persona, lists: Words) -> bool:
    return any(lists.names_expert(str(text)) for text in (persona.name, *persona.facts.values()))


def _is_customers(subject: Subject, path: KeyPath) -> bool:
    if path[0] in ("touchpoints", "stages"):
        *_, key = (step for step in path if isinstance(step, str))  # a field may take a list
        number = path.index("touchpoints") if "touchpoints" in path else -3
        return key in ("name", "goal", "pains") if number < 0 else path[number + 2] == key and key in _SAID
    if path[0] == "goals" and isinstance(path[1], int):
        return path[-1] == "goal" and subject.journey.goals[path[1]].who == "customer"
    if path[0] == "persona":
        return path[1] in ("wants", "motivated_by", "returns_because", "pains")
    return path[0] in ("title", "expectations") or (path[0] == "feedback" and path[-1] == "question")
