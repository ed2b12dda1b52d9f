"""Runs: the parts of a text that are drawn in one font, their widths, and characters that no font has.

Characters of DejaVu Sans, East Asian characters and emoji have the same width on every machine, so charts with
these are laid out alike everywhere. Other characters are measured in a font of the machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple
from unicodedata import category, name

from journeykit.drawing import arabic, fonts
from journeykit.drawing.clusters import JOINER, clusters, is_emoji, is_wide
from journeykit.drawing.fonts import Family

WIDE = 1.0
EMOJI = 1.25
UNKNOWN = 0.6
"""Widths in ems of East Asian characters, of emoji (as in common color fonts), and of characters without a font."""

REPLACEMENT = "\ufffd"


class Run(NamedTuple):
    """Consecutive characters of one font. Widths are in ems.

    `width` is the width reserved for the run, `natural` the width in its font. They differ for East Asian
    characters and emoji, which writers fit into a fixed width. `face` is None if no font has the characters.
    """

    text: str
    face: fonts.Face | None
    width: float
    natural: float


class _UnknownError(Exception):
    """A character whose width cannot be read from one font alone."""


class _Advances(dict[str, float]):
    def __init__(self, face: fonts.Face) -> None:
        self.face = face

    def __missing__(self, character: str) -> float:
        if not self.face.glyph(character) or character == JOINER or is_emoji(character):
            raise _UnknownError
        if arabic.SHAPED.match(character):
            raise _UnknownError
        self[character] = found = self.face.advance(character)
        return found


class _Kerning(dict[tuple[str, str], float]):
    def __init__(self, face: fonts.Face) -> None:
        self.face = face

    def __missing__(self, pair: tuple[str, str]) -> float:
        self[pair] = found = self.face.kerning(*pair)
        return found


@lru_cache(maxsize=32)
def _tables(bold: bool, italic: bool, family: Family | None) -> tuple[_Advances, _Kerning]:
    face = fonts.chosen(family, bold=bold, italic=italic)
    return _Advances(face), _Kerning(face)


@lru_cache(maxsize=1 << 16)
def width(text: str, bold: bool, italic: bool, family: Family | None) -> float:
    """Return the width of one line of text in ems, kerning included."""
    advances, kerning = _tables(bold, italic, family)
    try:
        # nearly all text: two sums that run in C
        return sum(map(advances.__getitem__, text)) + sum(map(kerning.__getitem__, pairwise(text)))
    except _UnknownError:
        return sum(run.width for run in runs(text, bold, italic, family))


def pens(text: str, bold: bool, italic: bool, family: Family | None) -> list[float] | None:
    """Return the position of each character of a line, in ems, and at last that of its end.

    Return None if the text needs other fonts, or has combining marks or joined letters.
    """
    advances, kerning = _tables(bold, italic, family)
    try:
        steps = [*map(advances.__getitem__, text)]
    except _UnknownError:
        return None
    if not all(steps):
        return None
    for number, pair in enumerate(pairwise(text)):
        steps[number] += kerning[pair]
    return [*accumulate(steps, initial=0.0)]


def runs(text: str, bold: bool, italic: bool, family: Family | None) -> list[Run]:
    """Split text into runs of one font each, in logical order."""
    pieces: list[tuple[str, fonts.Face | None, float | None]] = []
    for cluster in clusters(text):
        drawn, face, fixed = _choice(cluster, bold, italic, family)
        if pieces and pieces[-1][1] is face and face is not None:
            before, _, room = pieces[-1]
            if (room is None) == (fixed is None):
                whole = None if room is None or fixed is None else room + fixed
                pieces[-1] = (before + drawn, face, whole)
                continue
        pieces.append((drawn, face, fixed))
    out: list[Run] = []
    for drawn, face, room in pieces:
        natural = _natural(drawn, face or fonts.shipped())
        out.append(Run(drawn, face, natural if room is None else room, natural))
    return out


def _choice(
    cluster: str, bold: bool, italic: bool, family: Family | None
) -> tuple[str, fonts.Face | None, float | None]:
    """Return the text drawn for a cluster, its font, and its width in ems if that is not the font's."""
    bare = cluster.translate({0xFE0E: None, 0xFE0F: None}) or cluster
    if len(bare) == 1 or not is_emoji(bare):
        face = _one_face(bare, bold, italic, family)
        if face:
            return bare, face, None
    room = EMOJI if is_emoji(cluster) else WIDE if is_wide(cluster) else None
    face = fonts.fallback(bare, bold) or (fonts.colored(bare) if is_emoji(cluster) else None)
    if face:
        return bare, face, room
    base = bare[0]
    face = _one_face(base, bold, italic, family) or fonts.fallback(base, bold)
    if face:
        return base, face, room
    return REPLACEMENT, None, room or UNKNOWN


def _one_face(cluster: str, bold: bool, italic: bool, family: Family | None) -> fonts.Face | None:
    for face in fonts.styles(family, bold=bold, italic=italic):
        if all(map(face.glyph, cluster)):
            return face
    return None


def _natural(text: str, face: fonts.Face) -> float:
    if arabic.SHAPED.search(text):
        shaped = arabic.joined(text)
        text = shaped if all(map(face.glyph, shaped)) else text
    return sum(map(face.advance, text)) + sum(face.kerning(*pair) for pair in pairwise(text))


class Missing(NamedTuple):
    """Characters that no font of this machine has and one font would show."""

    scripts: tuple[str, ...]
    characters: tuple[str, ...]
    font: str
    """Name of a font that has them."""

    @property
    def message(self) -> str:
        shown = " ".join(self.characters[:8]) + (" …" if len(self.characters) > 8 else "")
        codes = ", ".join(f"U+{ord(character[0]):04X}" for character in self.characters[:8])
        *most, last = self.scripts
        scripts = f"{', '.join(most)} and {last}" if most else last
        what = "emoji" if last == "emoji" else f"{scripts} characters".strip()
        return (
            f"no font on this machine can draw these {what}: {shown} ({codes}); "
            f"PNG and PDF show {REPLACEMENT} instead. Install {self.font}."
        )


_EAST_ASIAN = frozenset(("CJK", "Hiragana", "Katakana", "Hangul", "Bopomofo"))
_LETTER = re.compile(
    " (?:LETTER|CAPITAL|SMALL|CHARACTER|SYLLABLE|SIGN|VOWEL|CONSONANT|IDEOGRAM|UNIFIED|COMPATIBILITY) ?"
)
"""What follows the script in the name of a letter."""


def _font(script: str) -> str:
    """Return the name of a font for a script."""
    if script == "emoji":
        return "an emoji font, such as Noto Color Emoji or Symbola"
    if script in _EAST_ASIAN:
        return "Noto Sans CJK"
    return f"Noto Sans {script}" if script else "a font that has them"


def missing(texts: Iterable[str], family: Family | None) -> list[Missing]:
    """Return the characters that PNG and PDF cannot show, by font. An SVG is drawn with the fonts of its viewer."""
    found: dict[str, dict[str, str]] = {}
    advances, _ = _tables(False, False, family)
    for text in texts:
        if text.isascii() or _known(text, advances):
            continue
        for cluster in clusters(text):
            if _choice(cluster, False, False, family)[1] is None:
                script = _script(cluster)
                found.setdefault(_font(script), {})[cluster] = script
    return [
        Missing(tuple(sorted(set(scripts.values()))), tuple(scripts), font) for font, scripts in sorted(found.items())
    ]


def _known(text: str, advances: _Advances) -> bool:
    try:
        return all(character in advances or advances[character] >= 0 for character in text)
    except _UnknownError:
        return False


def _script(cluster: str) -> str:
    kind = category(cluster[0])
    if is_emoji(cluster) or (kind == "So" and is_wide(cluster)):
        return "emoji"
    # the name of a letter begins with its script, that of a symbol does not ("WHITE HEAVY CHECK MARK")
    named = name(cluster[0], "").removeprefix("HALFWIDTH ") if kind[0] in "LMN" else ""
    script = _LETTER.split(named)[0].title()
    if script in _EAST_ASIAN or not is_wide(cluster):
        return script if script.count(" ") < 2 else script.split(" ")[0]
    return "CJK"
