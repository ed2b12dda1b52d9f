"""Feeling words with their valence, in six languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

LANGUAGES = {"en": "English", "de": "German", "hu": "Hungarian", "sl": "Slovenian", "tr": "Turkish", "el": "Greek"}
"""The languages of the words by their codes."""
_COLUMNS = {"en": 0, "de": 6, "hu": 7, "sl": 8, "tr": 9, "el": 10}
_UNMARKED = tuple(zip("άέήίόύώϊϋΐΰı", "αεηιουωιυιυi", strict=True))
"""What capitals lose in Greek and Turkish."""
_SHORT, _LONG = 4, 8
"""Letters of a word from which one edit, and from which two edits, may be a misspelling."""
_VOWELS = frozenset("aeiouyäöüáéíóúőűıαεηιουω")
_NEGATIONS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "en": (("under", "anti", "dis", "mis", "non", "over", "ill", "de", "im", "in", "ir", "il", "un"), ("less", "free")),
    "de": (("nicht ", "unter", "miss", "über", "des", "ent", "un", "in", "ab"), ("los", "frei")),
    "hu": (("meg nem ", "nem "), ("talan", "telen", "tlan", "tlen", "mentes")),
    "sl": (("brez", "ne", "ni"), ()),
    "tr": ((), ("sız", "siz", "suz", "süz", " değil", "memiş", "mamış", "meyen", "mayan")),
    "el": (("χωρίς ", "όχι ", "δυσ", "μη ", "απ", "αν", "α"), ()),
}
"""Prefixes and suffixes that turn the meaning of a word round, the longer ones before what they begin with."""


class Feeling(NamedTuple):
    """One feeling in six languages.

    `valence` is -2..2 (unpleasant to pleasant) and `arousal` -2..2 (calm to stirred), in the sense of Russell's
    circumplex. `words` and `nouns` have, by language, the adjectives and the nouns that name the feeling, the usual
    one first; each adjective comes in all its genders. `ambiguous` has the words that may be pleasant or not.
    """

    word: str
    valence: float
    arousal: int
    family: str
    emoji: str
    words: Mapping[str, tuple[tuple[str, ...], ...]]
    nouns: Mapping[str, tuple[str, ...]]
    ambiguous: frozenset[str]

    def forms(self, lang: str) -> tuple[str, ...]:
        """Return the adjectives of a language in all genders."""
        return tuple(form for word in self.words[lang] for form in word)

    def all_words(self, lang: str) -> tuple[str, ...]:
        """Return the adjectives and nouns of a language."""
        return (*self.forms(lang), *self.nouns[lang])

    def languages(self, word: str) -> tuple[str, ...]:
        """Return the languages in which `word` names this feeling."""
        wanted = _key(word)
        return tuple(lang for lang in LANGUAGES if wanted in map(_key, self.all_words(lang)))


@lru_cache(1024)  # all rules ask for the same few words of a file
def fold(word: str) -> str:
    """Return a word as it is compared: composed, without case, white space collapsed; accents stay."""
    word = " ".join(word.replace("İ", "i").split())
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())


@lru_cache(4096)
def _key(word: str) -> str:
    """Return a word as feelings are looked up: folded, "fed-up" as "fed up", and without the marks of `_UNMARKED`."""
    word = fold(word).replace("-", " ")
    return word if word.isascii() else _unmarked(word)


def _unmarked(text: str) -> str:
    for marked, plain in _UNMARKED:  # ten times as fast as `str.translate`
        text = text.replace(marked, plain)
    return text


@lru_cache(1)
def _rows() -> list[list[str]]:
    text = Path(__file__).with_name("data").joinpath("feelings.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]


@lru_cache(1)
def feelings() -> tuple[Feeling, ...]:
    """Return all built-in feelings, from the most pleasant to the least."""
    return tuple(map(_feeling, range(len(_rows()))))


@lru_cache(512)
def _feeling(row: int) -> Feeling:
    """Parse a row of the table, whose cells are `adjective/its other gender, another adjective = noun, another noun`.

    A question mark behind an adjective, or "yes" in the row, marks what is ambiguous.
    """
    english, valence, arousal, family, ambiguous, emoji, *others = _rows()[row]
    words, nouns = {}, {}
    unclear: set[str] = set()
    for lang, cell in zip(LANGUAGES, (english, *others), strict=True):
        adjectives, _, rest = cell.partition(" = ")
        words[lang] = tuple(tuple(word.replace("?", "").split("/")) for word in adjectives.split(", "))
        nouns[lang] = tuple(rest.split(", ")) if rest else ()
        marked = adjectives.replace(", ", "/").split("/")
        unclear.update(form.removesuffix("?") for form in marked if ambiguous or form.endswith("?"))
        unclear.update(nouns[lang] if ambiguous else ())
    return Feeling(
        words["en"][0][0], float(valence), int(arousal), family, emoji, words, nouns, frozenset(unclear)
    )  # fmt: skip


@lru_cache(len(LANGUAGES))
def _index(lang: str) -> dict[str, int]:
    """Return the row of each word of a language, by its key; all of a column is folded at once, which is faster."""
    cells = _unmarked("\n".join(row[_COLUMNS[lang]] for row in _rows()).casefold())
    cells = cells.replace("?", "").replace("-", " ").replace(" = ", ", ").replace("/", ", ")
    index: dict[str, int] = {}
    for row, cell in enumerate(cells.split("\n")):
        for word in cell.split(", "):
            index.setdefault(word, row)
    return index


@lru_cache(4096)
def find_feeling(word: str) -> Feeling | None:
    """Return the built-in feeling that an adjective or noun of any language names; None if it is unknown."""
    wanted = _key(word)  # what two languages share has the meaning of the first
    return next((_feeling(index[wanted]) for index in map(_index, LANGUAGES) if wanted in index), None)


def is_word_of(lang: str, word: str) -> bool:
    """Return whether a language has a feeling word."""
    return _key(word) in _index(lang)


def valence(word: str, own: Mapping[str, float]) -> float | None:
    """Return the valence of a word, -2..2: the file's own words first, then the built-in ones; None if unknown."""
    if own:
        wanted = _key(word)
        for name, value in own.items():
            if _key(name) == wanted:
                return value
    found = find_feeling(word)
    return None if found is None else found.valence


def is_ambiguous(word: str, own: Mapping[str, float]) -> bool:
    """Return whether a word, such as "surprised", may be pleasant or not; the file's own words say which."""
    found = find_feeling(word)
    if found is None or not found.ambiguous:
        return False
    wanted = _key(word)
    return wanted in map(_key, found.ambiguous) and wanted not in map(_key, own)


def nearest(word: str, own: Iterable[str] = (), lang: str = "en", count: int = 3) -> list[str]:
    """Return the known words that `word` is most likely a misspelling of; none rather than a wrong one.

    They are all of one language: `lang`, else English, else (for words of 8 letters and more) another. A word that is
    negated where the other is not ("insecure", "secure") is no misspelling of it, a common English word ("treat") is
    none of an English one ("threat"), and where pleasant and unpleasant words are equally near, none is returned.
    """
    wanted, names_of_file = fold(word), {fold(name): name for name in own}
    native = (lang if lang in LANGUAGES else "en", "en")
    languages: Iterable[str] = dict.fromkeys((*native, *(LANGUAGES if len(wanted) >= _LONG else ())))
    if wanted in _ordinary_words():
        languages = [one for one in native[:1] if one != "en"]
    for language in languages:
        names = {**_names(language, wanted[:1]), **_names(language, wanted[1:2]), **names_of_file}
        near = sorted(_near(wanted, names, language))
        best = [name for distance, name in near if distance == near[0][0]]
        if best:
            signs = {found.valence > 0 for name in best if (found := find_feeling(name)) and found.valence}
            return best[:count] if len(signs) < 2 else []
    return []


@lru_cache(1)
def _ordinary_words() -> frozenset[str]:
    """Return common English words that look like words of feelings."""
    text = Path(__file__).with_name("data").joinpath("ordinary_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@lru_cache(256)
def _names(lang: str, letter: str) -> dict[str, str]:
    """Return the words of a language that begin with a letter, by their folded form."""
    return {key: word for key, word in _all_names(lang).items() if key.startswith(letter)}


@lru_cache(len(LANGUAGES))
def _all_names(lang: str) -> dict[str, str]:
    return {fold(word): word for feeling in feelings() for word in feeling.all_words(lang)}


def _near(wanted: str, names: Mapping[str, str], lang: str) -> Iterator[tuple[int, str]]:
    """Yield the names that `wanted` may be a misspelling of, each with its distance.

    Few people mistype the first letter. Words of 3 letters all have neighbours: only letters swapped count there.
    """
    length, negation = len(wanted), _negation(wanted, lang)
    limit = 1 if length < _LONG else 2
    for key, name in names.items():
        near_enough = abs(len(key) - length) <= limit and (key[:1] == wanted[:1] or key[:2] == wanted[1::-1])
        if length < _SHORT and sorted(key) != sorted(wanted):
            continue
        if near_enough and _negation(key, lang) == negation and (distance := _distance(wanted, key, limit)) <= limit:
            yield distance, name


def _negation(word: str, lang: str) -> tuple[str, str]:
    """Return the negating prefix and suffix of a word, each empty if there is none."""
    prefixes, suffixes = _NEGATIONS[lang]
    before = next((one for one in prefixes if word.startswith(one)), "")
    return before, next((one for one in suffixes if word.endswith(one)), "")


def _distance(one: str, other: str, limit: int) -> int:
    """Return the edit distance (optimal string alignment), in which two neighbours swapped are one edit.

    A consonant for another counts twice: "lovely" is no misspelling of "lonely". Above `limit` it is only known to be
    larger.
    """
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, above, row = above, row, [i]
        for j, b in enumerate(other, 1):
            if not -limit <= i - j <= limit:
                row.append(limit + 1)
                continue
            exchange = 0 if a == b else 1 if a in _VOWELS and b in _VOWELS else 2
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + exchange)
            if i > 1 < j and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and min(above) > limit:  # no later row can be smaller than the two above it
            return limit + 1
    return row[-1]
