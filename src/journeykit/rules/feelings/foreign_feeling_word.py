"""A feeling is named in another language than the file's.

Finds words of `feeling` and `expected` that are built in only for languages other than `lang`. A word is one finding,
at its first use. Where all words, three or more, are of one other language, it is one finding: the file probably lacks
its `lang`. A word that the file defines under `feelings`, or that two languages share, is not foreign. The rule is
silent for a `lang` other than English, German, Hungarian, Slovenian, Turkish and Greek.

Why: words of every language are understood, so a slip is not noticed until it is on the chart, among words of the
readers' own language.

Fix: writes the word of the file's language, where there is only one form.

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

from collections.abc import Collection, Iterable, Iterator, Sequence

from journeykit.finding import Severity
from journeykit.fix import Fix, Set
from journeykit.model import Journey
from journeykit.rules import Hit, Subject, once_a_group, rule
from journeykit.source import KeyPath
from journeykit.vocabulary.feelings import LANGUAGES, Feeling, find_feeling, fold, is_word_of


@rule(Severity.INFO, fix="safe")
def foreign_feeling_word(subject: Subject) -> Iterator[Hit]:
    """Yield one hit for each foreign word, at its first use, or one where all words are of one other language."""
    lang = subject.lang
    if lang not in LANGUAGES:
        return
    own = {fold(word) for word in subject.journey.feelings}
    known = [(path, word, find_feeling(word)) for path, word in _words(subject.journey) if fold(word) not in own]
    used = [(path, word, feeling) for path, word, feeling in known if feeling]
    foreign = [one for one in used if not is_word_of(lang, one[1])]
    hits = [(fold(word), _hit(path, word, feeling, lang, own)) for path, word, feeling in foreign]
    other = _common_language([one[1:] for one in foreign]) if len(foreign) == len(used) >= 3 else None
    if other:
        message = f"all {len(hits)} feelings are {LANGUAGES[other]}, the file is {LANGUAGES[lang]}"
        help = f"set `lang: {other}`, or write the feelings in {LANGUAGES[lang]}"
        yield Hit(foreign[0][0], message, help, parts=tuple(hit for _, hit in hits))
        return
    yield from once_a_group(hits, _summary)


def _hit(path: KeyPath, word: str, feeling: Feeling, lang: str, own: Collection[str]) -> Hit:
    forms = feeling.words[lang][0]
    help = f"write {' or '.join(forms)}"
    fix = None
    if (len(forms) == 1 or lang == "en") and fold(forms[0]) not in own:  # only the author knows which gender is meant
        fix = Fix(f"Write {forms[0]}", (Set(path, forms[0]),), safe=True)
    return Hit(
        path, f'"{word}" is {LANGUAGES[feeling.languages(word)[0]]}, the file is {LANGUAGES[lang]}', help, fix=fix
    )


def _summary(group: Sequence[Hit]) -> Hit:
    first, fixes = group[0], [hit.fix for hit in group if hit.fix]
    fix = Fix(fixes[0].title, tuple(change for one in fixes for change in one.changes), safe=True) if fixes else None
    return first._replace(message=f"{first.message} ({len(group)} uses)", fix=fix)


def _common_language(words: Iterable[tuple[str, Feeling]]) -> str | None:
    """Return the language that has all of the words, if there is only one."""
    common = set(LANGUAGES)
    for word, feeling in words:
        common &= set(feeling.languages(word))
    return common.pop() if len(common) == 1 else None


def _words(journey: Journey) -> Iterator[tuple[KeyPath, str]]:
    for place in journey.places:
        for number, word in enumerate(place.touchpoint.feeling):
            yield (*place.path, "feeling", number), word
        if isinstance(place.touchpoint.expected, str):
            yield (*place.path, "expected"), place.touchpoint.expected
