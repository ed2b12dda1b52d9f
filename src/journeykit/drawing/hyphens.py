"""Hyphenation of words that are too long for a line: before a consonant that a vowel follows.

This rule of thumb fits most words of European languages and needs no dictionary. Letters that stand for one sound
are not separated. Other scripts, addresses and numbers are not hyphenated.
"""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

HYPHEN = "\u2010"
VOWELS = frozenset("aeiouyæœøıαεηιουωаеёиіоуыэюяєї")
LETTERS = range(ord("A"), 0x530)
"""Latin, Greek and Cyrillic."""
SOUNDS = (
    "sch", "ch", "ck", "cs", "dz", "gh", "gy", "ly", "ny", "ph", "qu", "sh", "sz", "th", "ty", "zs", "γκ", "μπ", "ντ",
)  # fmt: skip
"""Letters that stand for one sound."""
SIDE = 3
"""The least number of letters before the first hyphen and after the last."""
AROUND = ".,;:!?…\"'“”„«»()"
"""Punctuation that may surround a word."""


def places(units: Sequence[str]) -> list[int]:
    """Return the indices of the clusters before which a word may be hyphenated, ascending."""
    word = "".join(_plain(unit) for unit in units)
    if not word.strip(AROUND).isalpha():
        return []
    return [at for at in range(SIDE, len(word) - SIDE + 1) if _may_break(word, at)]


def _may_break(word: str, at: int) -> bool:
    if any(word.startswith(sound, at - back) for sound in SOUNDS for back in range(1, len(sound))):
        return False
    first = next((sound for sound in SOUNDS if word.startswith(sound, at)), word[at])
    after = word[at + len(first) : at + len(first) + 1]
    return first.isalpha() and first not in VOWELS and after in VOWELS


def _plain(unit: str) -> str:
    """Return a letter in lower case without accents, or a space for a character that no word contains."""
    letter = normalize("NFD", unit)[0].lower()
    return letter if letter in AROUND or (letter.isalpha() and ord(letter) in LETTERS) else " "
