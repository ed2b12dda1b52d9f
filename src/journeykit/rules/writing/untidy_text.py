"""A title ends with a period, or a text has two spaces in a row.

Finds a period at the end of titles and of stages' names, and more than one space between two words of any text on one
line. A title keeps its period where it has sentences inside, where it trails off ("And then..."), and where the period
belongs to an abbreviation ("etc.", "Ltd.", "p.m.", and "3." where the language writes ordinals so). Periods are one
finding where at least half as many titles as there are touchpoints have one. Texts over several lines keep their
spaces, since those may align something.

Why: titles are shown side by side on charts and in tables, where one with a period stands out, and a search for a
text does not find it with two spaces in it.

Fix: removes the period and the further spaces.

Bad:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk.: frustrated
  - title: The technician fixes it
    quote: He was  done in ten minutes.
    feeling: relieved
```

Good:

```yaml
title: I get my router fixed
persona: Home customer
touchpoints:
  - I call the help desk: frustrated
  - title: The technician fixes it
    quote: He was done in ten minutes.
    feeling: relieved
```
"""

import re
from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.fix import Fix, Set
from journeykit.rules import Hit, Subject, once_if_most, rule
from journeykit.source import KeyPath
from journeykit.vocabulary.words import words

_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_INNER_END = re.compile(r"[.!?…;·][\"'”’»)]*\s")
_DOT_AFTER_ORDINALS = ("de", "hu", "sl", "tr", "hr", "cs", "sk", "da", "nb", "no", "fi", "et", "lv", "pl", "sr", "bs")
_SHORT = 4
"""Letters of a last word that may be shortened, where there is no list of shortened words."""


@rule(Severity.INFO, fix="safe")
def untidy_text(subject: Subject) -> Iterator[Hit]:
    """Yield one hit for each text, or one for all where most titles of touchpoints end with a period."""
    hits: list[Hit] = []
    periods: list[Hit] = []
    for path, text in subject.journey.texts:
        if not isinstance(text, str):
            continue
        faults, tidy = [], text
        if "  " in text and "\n" not in text and _SPACES.search(text):
            faults.append("several spaces in a row")
            tidy = _SPACES.sub(" ", text)
        if text.endswith(".") and _is_title(path) and not _keeps_period(text, subject.lang):
            faults.append("a period at the end of a title")
            tidy = tidy[:-1].rstrip()
        if faults:
            fix = Fix("Tidy the text", (Set(path, tidy),), safe=True)
            help = f'write "{tidy}"' if len(tidy) <= 60 else "remove it"
            hit = Hit(path, " and ".join(faults), help, fix=fix)
            (periods if faults == ["a period at the end of a title"] else hits).append(hit)
    yield from hits
    changes = tuple(change for hit in periods if hit.fix for change in hit.fix.changes)
    fix = Fix("Remove the periods", changes, safe=True)
    path = periods[0].path if periods else ()
    summary = Hit(path, f"{len(periods)} titles end with a period", "remove them", fix=fix)
    yield from once_if_most(periods, subject.journey.places, summary)


def _is_title(path: KeyPath) -> bool:
    return path[-1] == "title" or (path[0] == "stages" and path[-1] == "name")


def _keeps_period(title: str, lang: str) -> bool:
    *others, last = title.split()
    word = last.lstrip("\"'„“”‚‘»«([")[:-1]
    if word[-1:].isdecimal() and "." not in word:
        return lang in _DOT_AFTER_ORDINALS
    if not word:
        return not others
    if len(word) == 1 or "." in word or _INNER_END.search(title):
        return True
    if len(word) <= _SHORT and others and others[-1][-1].isdecimal():  # a unit, as in "6 Wo."
        return True
    lists = words(lang)
    return lists.is_abbreviation(word) if lists else len(word) <= _SHORT
