"""A feeling is named in another language than the file's.

Finds words of `feeling` and `expected` that are built in for other languages than `lang` only. A word that the file
defines under `feelings` or that two languages share is not foreign. For a `lang` other than English, German,
Hungarian, Slovenian, Turkish and Greek the rule is silent.

Why: words of every language are understood, so a slip goes unnoticed until it stands on the chart, between words of
the readers' own language.

Bad:

```yaml
title: Mein Router wird repariert
lang: de
persona: Privatkunde
touchpoints:
  - Ich rufe die Hotline an: frustrated
  - Der Router läuft wieder: erleichtert
```

Good:

```yaml
title: Mein Router wird repariert
lang: de
persona: Privatkunde
touchpoints:
  - Ich rufe die Hotline an: frustriert
  - Der Router läuft wieder: erleichtert
```
"""

from collections.abc import Iterator

from journeykit.finding import Severity
from journeykit.fix import Fix, Set
from journeykit.model import Journey
from journeykit.rules import Hit, Subject, rule
from journeykit.source import Path
from journeykit.vocabulary.feelings import LANGUAGES, Feeling, feelings, find_feeling, fold

NAMES = {"en": "English", "de": "German", "hu": "Hungarian", "sl": "Slovenian", "tr": "Turkish", "el": "Greek"}


@rule(Severity.INFO, fix="safe")
def foreign_feeling_word(subject: Subject) -> Iterator[Hit]:
    """One hit for each use of a foreign word."""
    lang = subject.lang
    if lang not in LANGUAGES:
        return
    own = {fold(word) for word in subject.journey.feelings}
    for path, word in _words(subject.journey):
        known = find_feeling(word)
        if known is None or fold(word) in own or _is_native(word, known, lang):
            continue
        forms = known.forms.get(lang, ())
        ours = f"write {' or '.join(forms)}" if forms else "declare a word of your own under `feelings`"
        fix = None
        if (len(forms) == 1 or lang == "en") and fold(
            forms[0]
        ) not in own:  # of two genders nobody but the author knows
            fix = Fix(f"Write {forms[0]}", (Set(path, forms[0]),), safe=True)
        yield Hit(path, f'"{word}" is {NAMES[known.languages(word)[0]]}, the file is {NAMES[lang]}', ours, fix=fix)


def _is_native(word: str, known: Feeling, lang: str) -> bool:
    """Whether `lang` has the word, be it for another feeling than the one that it is understood as."""
    return lang in known.languages(word) or any(lang in feeling.languages(word) for feeling in feelings())


def _words(journey: Journey) -> Iterator[tuple[Path, str]]:
    for place in journey.places:
        for number, word in enumerate(place.touchpoint.feeling):
            yield (*place.path, "feeling", number), word
        if isinstance(place.touchpoint.expected, str):
            yield (*place.path, "expected"), place.touchpoint.expected
