"""Contextual forms of Arabic letters, to measure text as it is drawn."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category, decomposition

SHAPED = re.compile("[\u0620-\u06ff\u0750-\u077f]")


@cache
def _shapes() -> dict[str, dict[str, str]]:
    """Return the presentation forms of each letter (or lam and alef together) by position, from Unicode's data."""
    shapes: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFDFC), *range(0xFE80, 0xFEFD)):
        position, _, letters = decomposition(chr(code)).partition(" ")
        base = "".join(chr(int(letter, 16)) for letter in letters.split())
        if len(base) == 1 or base[:1] + base[-1:] in ("لا", "لأ", "لإ", "لآ"):
            shapes.setdefault(base, {})[position.strip("<>")] = chr(code)
    return shapes


def joined(text: str) -> str:
    """Return text with each Arabic letter in its initial, medial, final or isolated form, in the same order."""
    shapes = _shapes()
    letters: list[tuple[str, str]] = []  # each letter with the marks that follow it
    for character in text:
        if letters and category(character) == "Mn":
            letters[-1] = (letters[-1][0], letters[-1][1] + character)
        elif letters and letters[-1] == ("ل", "") and "ل" + character in shapes:
            letters[-1] = ("ل" + character, "")
        else:
            letters.append((character, ""))
    out: list[str] = []
    reaches = False  # whether the previous letter joins the next one
    for number, (letter, marks) in enumerate(letters):
        forms = shapes.get(letter, {})
        after = shapes.get(letters[number + 1][0], {}) if number + 1 < len(letters) else {}
        before = reaches and "final" in forms
        reaches = "initial" in forms and "final" in after
        position = {
            (True, True): "medial",
            (True, False): "final",
            (False, True): "initial",
            (False, False): "isolated",
        }[before, reaches]
        if letter == "\u0640":  # tatweel joins on both sides and has one form
            reaches = True
        out.append(forms.get(position, letter) + marks)
    return "".join(out)
