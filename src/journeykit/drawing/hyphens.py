"""Where a word too long for its line may be parted: before a consonant with a vowel after it, and with a hyphen.

No dictionary: a rule of thumb that holds for most words of the languages of Europe. Letters that are written for
one sound stay together. Other scripts, addresses and numbers are left alone.
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
"""Letters that are written for one sound."""
SIDE = 3
"""So many letters at the least stand before the first hyphen and after the last."""
AROUND = ".,;:!?…\"'“”„«»()"
"""What may stand around a word."""


def places(units: Sequence[str]) -> list[int]:
    """The places, between which of its clusters, at which a word may be parted, from the left to the right."""
    word = "".join(_plain(unit) for unit in units)
    if not word.strip(AROUND).isalpha():
        return []
    return [at for at in range(SIDE, len(word) - SIDE + 1) if _parts(word, at)]


def _parts(word: str, at: int) -> bool:
    if any(word.startswith(sound, at - back) for sound in SOUNDS for back in range(1, len(sound))):
        return False
    first = next((sound for sound in SOUNDS if word.startswith(sound, at)), word[at])
    after = word[at + len(first) : at + len(first) + 1]
    return first.isalpha() and first not in VOWELS and after in VOWELS


def _plain(unit: str) -> str:
    """A letter without its accents; a blank for what no word has within."""
    letter = normalize("NFD", unit)[0].lower()
    return letter if letter in AROUND or (letter.isalpha() and ord(letter) in LETTERS) else " "
