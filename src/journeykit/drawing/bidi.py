"""Visual order of lines with left-to-right and right-to-left text.

The Unicode Bidirectional Algorithm (UAX #9, revision 48) without explicit embeddings, overrides and isolates, which
`text.visible` removes: rules W1 to W7, N0 to N2, I1, I2, L1 and L2. Browsers apply it themselves; PNG and PDF need it.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from itertools import groupby
from unicodedata import bidirectional

RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
"""Blocks of right-to-left scripts."""

STRONG = {"L": "L", "R": "R", "AL": "R"}
NEUTRAL = frozenset({"B", "S", "WS", "ON"})
OPENING = dict(
    zip("([{⁅⁽₍⟦⟨⟪⟬⟮⦃⦅⸢⸤〈《「『【〔〖〘〚（［｛｟｢", ")]}⁆⁾₎⟧⟩⟫⟭⟯⦄⦆⸣⸥〉》」』】〕〗〙〛）］｝｠｣", strict=True)
)
CLOSING = frozenset(OPENING.values())
MIRRORED = str.maketrans(
    {
        **OPENING,
        **{end: start for start, end in OPENING.items()},
        **dict(zip("<>«»‹›≤≥", "><»«›‹≥≤", strict=True)),
    }
)
"""Characters that are mirrored in right-to-left text."""
DEEPEST = 63
"""The size of the stack of open brackets (BD16)."""


@lru_cache(maxsize=1 << 12)
def has_right_to_left(text: str) -> bool:
    """Return whether any letter of a text is right-to-left."""
    return not text.isascii() and re.search(RIGHT_TO_LEFT, text) is not None


def reads_from_right(paragraph: str) -> bool:
    """Return whether a paragraph is right-to-left: its first letter is, or most of its letters are.

    The latter is a sentence that begins with a name in Latin letters.
    """
    if not has_right_to_left(paragraph):
        return False
    letters = [STRONG[kind] for kind in map(bidirectional, paragraph) if kind in STRONG]
    return letters[:1] == ["R"] or letters.count("R") > letters.count("L")


def pieces(line: str, from_right: bool) -> list[tuple[str, bool]]:
    """Split a line into pieces of one direction, in visual order from the left.

    Returns the text of each piece, in reading order, and whether it is right-to-left.
    """
    if not from_right and not has_right_to_left(line):
        return [(line, False)] if line else []
    levels = _levels(line, int(from_right))
    parts: list[tuple[int, str]] = []
    at = 0
    for level, group in groupby(levels):
        length = len(list(group))
        parts.append((level, line[at : at + length]))
        at += length
    for level in range(max(levels, default=0), 0, -1):  # L2
        reordered: list[tuple[int, str]] = []
        for turned, run in groupby(parts, partial(_reaches, level)):
            same = list(run)
            reordered += reversed(same) if turned else same
        parts = reordered
    return [(text, level % 2 == 1) for level, text in parts]


def _reaches(level: int, part: tuple[int, str]) -> bool:
    return part[0] >= level


def mirrored(text: str) -> str:
    """Return text with its brackets and angles mirrored, as they are drawn from the right."""
    return text.translate(MIRRORED)


def _levels(line: str, base: int) -> list[int]:
    original = [bidirectional(character) or "L" for character in line]
    kinds = _weak(original, base)
    edge = "R" if base else "L"
    _brackets(line, original, kinds, edge)
    _neutral(kinds, edge)
    # I1, I2: odd levels are right-to-left, numbers in them are one level higher
    levels = [1 if kind == "R" else 0 if kind == "L" and not base else 2 for kind in kinds]
    for at in range(len(line) - 1, -1, -1):  # L1
        if original[at] not in ("WS", "S", "B"):
            break
        levels[at] = base
    return levels


def _weak(original: list[str], base: int) -> list[str]:
    """Resolve marks, numbers, and characters in and beside numbers (W1 to W7)."""
    kinds = list(original)
    edge = "R" if base else "L"
    before = edge
    for at, kind in enumerate(kinds):  # W1
        if kind == "NSM":
            kinds[at] = before
        before = kinds[at]
    strong = edge
    for at, kind in enumerate(kinds):  # W2, W3
        if kind in STRONG:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for at in range(1, len(kinds) - 1):  # W4
        left, kind, right = kinds[at - 1 : at + 2]
        if left == right and ((kind == "ES" and left == "EN") or (kind == "CS" and left in ("EN", "AN"))):
            kinds[at] = left
    for order in (range(1, len(kinds)), range(len(kinds) - 2, -1, -1)):  # W5
        step = -1 if order.step > 0 else 1
        for at in order:
            if kinds[at] == "ET" and kinds[at + step] == "EN":
                kinds[at] = "EN"
    strong = edge
    for at, kind in enumerate(kinds):  # W6, W7
        if kind in ("ES", "ET", "CS"):
            kinds[at] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"
    return kinds


def _side(kind: str) -> str:
    """Return the direction of a kind next to neutral characters, where numbers count as right-to-left."""
    return "L" if kind == "L" else "R" if kind in ("R", "EN", "AN") else ""


def _brackets(line: str, original: list[str], kinds: list[str], edge: str) -> None:
    """Resolve pairs of brackets by the text inside, or before them (N0)."""
    for start, end in _pairs(line, kinds):
        inside = {_side(kind) for kind in kinds[start + 1 : end]} - {""}
        if not inside:
            continue
        side = edge
        if edge not in inside:
            before = next((side for side in map(_side, reversed(kinds[:start])) if side), edge)
            side = before if before in inside else edge
        for at in (start, end):
            kinds[at] = side
            while at + 1 < len(kinds) and original[at + 1] == "NSM":
                at += 1
                kinds[at] = side


def _pairs(line: str, kinds: list[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    begun: list[tuple[str, int]] = []
    for at, character in enumerate(line):
        if kinds[at] != "ON":
            continue
        if character in OPENING:
            if len(begun) == DEEPEST:
                break
            begun.append((OPENING[character], at))
        elif character in CLOSING:
            for depth in range(len(begun) - 1, -1, -1):
                if begun[depth][0] == character:
                    found.append((begun[depth][1], at))
                    del begun[depth:]
                    break
    return sorted(found)


def _neutral(kinds: list[str], edge: str) -> None:
    """Resolve neutral characters by their neighbours if these agree, else by the line (N1, N2)."""
    at = 0
    while at < len(kinds):
        if kinds[at] not in NEUTRAL and kinds[at] != "BN":
            at += 1
            continue
        end = at
        while end < len(kinds) and (kinds[end] in NEUTRAL or kinds[end] == "BN"):
            end += 1
        before = _side(kinds[at - 1]) if at else edge
        after = _side(kinds[end]) if end < len(kinds) else edge
        kinds[at:end] = [before if before == after else edge] * (end - at)
        at = end
