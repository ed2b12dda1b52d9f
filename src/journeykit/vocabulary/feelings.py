"""Feeling words with their valence, in six languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("en", "de", "hu", "sl", "tr", "el")


class Feeling(NamedTuple):
    """One feeling; `forms` has its words by language, of which English comes first with its synonyms.

    valence -2..2 (unpleasant to pleasant) and arousal -2..2 (calm to stirred), in the sense of Russell's circumplex.
    An ambiguous one may be pleasant or not.
    """

    word: str
    valence: float
    arousal: int
    family: str
    ambiguous: bool
    emoji: str
    forms: Mapping[str, tuple[str, ...]]

    def languages(self, word: str) -> tuple[str, ...]:
        """The languages in which `word` names this feeling."""
        wanted = fold(word)
        return tuple(lang for lang, forms in self.forms.items() if wanted in map(fold, forms))


@lru_cache(1024)  # all rules ask for the same few words of a file
def fold(word: str) -> str:
    """How words are compared: composed, without case, white space collapsed; accents stay."""
    word = " ".join(word.replace("İ", "i").split())
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())


@lru_cache(1)
def feelings() -> tuple[Feeling, ...]:
    """All feelings known out of the box, from the most pleasant to the least."""
    text = Path(__file__).with_name("data").joinpath("feelings.tsv").read_text(encoding="utf-8")
    return tuple(_feeling(line.split("\t")) for line in text.splitlines()[1:])


def _feeling(cells: list[str]) -> Feeling:
    word, valence, arousal, family, ambiguous, emoji, synonyms, *others = cells
    forms = {"en": (word, *(s for s in synonyms.split(";") if s))}
    for lang, cell in zip(LANGUAGES[1:], others, strict=True):
        if cell:
            forms[lang] = tuple(cell.split("/"))
    return Feeling(word, float(valence), int(arousal), family, ambiguous == "yes", emoji, forms)


@lru_cache(len(LANGUAGES))
def _index(lang: str) -> dict[str, Feeling]:
    index: dict[str, Feeling] = {}
    for feeling in feelings():
        for form in feeling.forms.get(lang, ()):
            index.setdefault(fold(form), feeling)
    return index


@lru_cache(4096)
def find_feeling(word: str) -> Feeling | None:
    """The built-in feeling that a word of any language names."""
    wanted = fold(word)  # what two languages share has the meaning of the first
    return next((index[wanted] for index in map(_index, LANGUAGES) if wanted in index), None)


def valence(word: str, own: Mapping[str, float]) -> float | None:
    """The valence of a word, -2..2: the file's own words first, then the built-in ones; None if unknown."""
    if own:
        wanted = fold(word)
        for name, value in own.items():
            if fold(name) == wanted:
                return value
    found = find_feeling(word)
    return None if found is None else found.valence


def is_ambiguous(word: str, own: Mapping[str, float]) -> bool:
    """Whether a word, such as "surprised", may be pleasant or not; the file's own words say which."""
    found = find_feeling(word)
    return found is not None and found.ambiguous and fold(word) not in map(fold, own)


def nearest(word: str, own: Iterable[str] = (), lang: str = "en", count: int = 3) -> list[str]:
    """Known words about equally like `word`, the likest first: of its language and English, else of any language."""
    from difflib import SequenceMatcher, get_close_matches

    wanted = fold(word)
    for languages in ((lang, "en"), LANGUAGES):
        names = {**_names(languages), **{fold(name): name for name in own}}
        if near := get_close_matches(wanted, names, n=count, cutoff=0.6):
            likeness = [SequenceMatcher(None, key, wanted).ratio() for key in near]
            return [names[key] for key, like in zip(near, likeness, strict=True) if like >= likeness[0] - 0.1]
    return []


@lru_cache(8)
def _names(languages: tuple[str, ...]) -> dict[str, str]:
    return {fold(form): form for feeling in feelings() for lang in languages for form in feeling.forms.get(lang, ())}
