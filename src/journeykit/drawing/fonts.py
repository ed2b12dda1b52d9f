"""Metrics of font files: the characters of a font, their widths and their kerning.

Text is drawn in DejaVu Sans, whose files are shipped in `dejavu`, so that it has the same width on every machine and
in every format. Five tables of the OpenType specification (ISO/IEC 14496-22) are read here, a millisecond for each
file: importing fontTools for that would make a first SVG 15% slower. Characters that DejaVu Sans lacks are drawn
in fonts of the machine.
"""

from __future__ import annotations

import os
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import error as StructError  # noqa: N812
from struct import iter_unpack, unpack_from
from typing import NamedTuple
from unicodedata import category

from journeykit.errors import JourneykitError
from journeykit.files import regular_file

OUTLINES = {b"glyf", b"CFF ", b"CFF2"}
"""Tables with outlines. Fonts without any have bitmaps (most color emoji) and are used for emoji only."""
LARGEST = 256 * 1024 * 1024
"""The most bytes of a font file; those of all Chinese characters have half as many."""
BITMAPS = {b"CBDT", b"sbix"}

Ranges = tuple["array[int]", "array[int]", "array[int]"]
"""First and last code point and first glyph of each range of characters, ascending."""


class Face:
    """The metrics of one font file in ems. Raises OSError or ValueError if the file cannot be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with regular_file(path) as file, mmap(file, 0, access=ACCESS_READ) as data:
                if len(data) > LARGEST:
                    raise ValueError(f"{path}: larger than any font")
                tables = _directory(data)
                self.drawable = not OUTLINES.isdisjoint(tables)
                self.colored = not self.drawable and not BITMAPS.isdisjoint(tables)
                self._em: int = unpack_from(">H", data, tables[b"head"][0] + 18)[0]
                count = unpack_from(">H", data, tables[b"hhea"][0] + 34)[0]
                start = tables[b"hmtx"][0]
                self._advances = _numbers("H", data[start : start + 4 * count])[::2]
                self._ranges = _characters(data, tables[b"cmap"][0])
                self._kerning = _kerning(data, tables[b"kern"][0]) if b"kern" in tables else {}
        except (KeyError, IndexError, StructError) as fault:
            raise ValueError(f"{path}: not a font that can be read ({fault})") from fault
        if not self._em or not self._advances or len(set(map(len, self._ranges))) > 1:
            raise ValueError(f"{path}: a font without metrics")

    def glyph(self, character: str) -> int:
        """Return the number of a character's glyph, 0 if the font lacks it."""
        code = ord(character)
        first, last, glyphs = self._ranges
        at = bisect_right(first, code) - 1
        return glyphs[at] + code - first[at] if at >= 0 and code <= last[at] else 0

    def advance(self, character: str) -> float:
        """Return the width of a character; 0 for a combining mark."""
        if category(character) == "Mn":
            return 0.0
        glyph = self.glyph(character)
        return self._advances[min(glyph, len(self._advances) - 1)] / self._em

    def kerning(self, left: str, right: str) -> float:
        """Return the adjustment of the distance of two neighbours, mostly negative."""
        pair = self.glyph(left) << 16 | self.glyph(right)
        return self._kerning.get(pair, 0) / self._em


def _directory(data: mmap) -> dict[bytes, tuple[int, int]]:
    """Return offset and length of each table; in a collection, those of its first font."""
    start = unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    count = unpack_from(">H", data, start + 4)[0]
    entries = iter_unpack(">4sIII", data[start + 12 : start + 12 + 16 * count])
    return {tag: (offset, length) for tag, _, offset, length in entries}


def _numbers(kind: str, data: bytes) -> array[int]:
    """Parse big-endian numbers: `H` has 16 bits, `h` is signed, `I` has 32."""
    values = array(kind, data)
    if sys.byteorder == "little":
        values.byteswap()
    return values


def _characters(data: mmap, start: int) -> Ranges:
    """Parse the best Unicode table of a font: all planes (format 12), else the basic plane (format 4)."""
    count = unpack_from(">H", data, start + 2)[0]
    found: dict[int, int] = {}
    for platform, encoding, offset in iter_unpack(">HHI", data[start + 4 : start + 4 + 8 * count]):
        form = unpack_from(">H", data, start + offset)[0]
        if form in (4, 12) and (platform == 0 or (platform == 3 and encoding in (0, 1, 10))):
            found.setdefault(form, start + offset)
    if 12 in found:
        return _format_12(data, found[12])
    return _format_4(data, found[4])


def _format_12(data: mmap, start: int) -> Ranges:
    groups = unpack_from(">I", data, start + 12)[0]
    numbers = _numbers("I", data[start + 16 : start + 16 + 12 * groups])
    return numbers[0::3], numbers[1::3], numbers[2::3]


def _format_4(data: mmap, start: int) -> Ranges:
    length, _, doubled = unpack_from(">HHH", data, start + 2)
    count = doubled // 2
    body = _numbers("H", data[start + 14 : start + (length & ~1)])
    ends, starts = body[:count], body[count + 1 : 2 * count + 1]
    deltas, offsets = body[2 * count + 1 : 3 * count + 1], body[3 * count + 1 : 4 * count + 1]
    first, last, glyphs = array("I"), array("I"), array("I")
    lowest = 0
    for number in range(count):
        low, high = max(starts[number], lowest), ends[number]  # ranges that overlap are not read again
        lowest = max(lowest, high + 1)
        if offsets[number] == 0:
            # glyph numbers wrap around at 65536: split the range there
            for cut in (low, max(low, 0x10000 - deltas[number])):
                if cut <= high and (not first or first[-1] != cut):
                    first.append(cut)
                    last.append(high)
                    glyphs.append((cut + deltas[number]) & 0xFFFF)
            continue
        base = 3 * count + 1 + number + offsets[number] // 2
        for code in range(low, high + 1):
            at = base + code - starts[number]
            glyph = body[at] if at < len(body) else 0
            if glyph:
                first.append(code)
                last.append(code)
                glyphs.append((glyph + deltas[number]) & 0xFFFF)
    return first, last, glyphs


def _kerning(data: mmap, start: int) -> dict[int, int]:
    """Parse the horizontal pairs of the `kern` table. Keys are left glyph << 16 | right glyph."""
    version, tables = unpack_from(">HH", data, start)
    at = start + 4
    pairs: dict[int, int] = {}
    for _ in range(tables if version == 0 else 0):
        _, length, coverage, count = unpack_from(">HHHH", data, at)
        if coverage == 1:
            pairs.update(iter_unpack(">Ih", data[at + 14 : at + 14 + 6 * count]))
        at += max(length, 14 + 6 * count)  # the length of a large table does not fit into its 16 bits
    return pairs


def shipped(*, bold: bool = False, italic: bool = False) -> Face:
    """Return a style of DejaVu Sans. Raises JourneykitError if its file is missing."""
    return _shipped(f"DejaVuSans{'-' * (bold or italic)}{'Bold' * bold}{'Oblique' * italic}.ttf")


@lru_cache(maxsize=4)
def _shipped(name: str) -> Face:
    try:
        return Face(Path(__file__).parent / "dejavu" / name)
    except (OSError, ValueError):
        raise JourneykitError(f"the font {name} is missing", "install journeykit again: it brings it") from None


class Family(NamedTuple):
    """A font of the user: its name and the file of each style."""

    name: str
    regular: Path
    bold: Path
    italic: Path
    bold_italic: Path

    def style(self, bold: bool, italic: bool) -> Path:
        return (self.bold_italic if italic else self.bold) if bold else self.italic if italic else self.regular


def chosen(family: Family | None, *, bold: bool = False, italic: bool = False) -> Face:
    """Return the face of a style of `family`; DejaVu Sans if that is None or its file cannot be read."""
    face = _opened(family.style(bold, italic)) if family else None
    return face or shipped(bold=bold, italic=italic)


def styles(family: Family | None, *, bold: bool, italic: bool) -> tuple[Face, ...]:
    """Return the faces in which to look for a character: that style, then upright, then regular, then DejaVu Sans."""
    ours = shipped(bold=bold, italic=italic), shipped(bold=bold), shipped()
    if family is None:
        return ours
    return chosen(family, bold=bold, italic=italic), chosen(family, bold=bold), chosen(family), *ours


@lru_cache(maxsize=4096)
def fallback(characters: str, bold: bool = False) -> Face | None:
    """Return the first font of the machine with outlines of all these characters, in bold if it has a bold style."""
    for path in _installed():
        face = _opened(path)
        if face is not None and face.drawable and all(map(face.glyph, characters)):
            strong = _opened(path.with_name(path.name.replace("Regular", "Bold"))) if bold else None
            return strong if strong and strong.drawable and all(map(strong.glyph, characters)) else face
    return None


@lru_cache(maxsize=256)
def colored(characters: str) -> Face | None:
    """Return the first emoji font of the machine with color bitmaps of all these characters, or None."""
    for path in _installed():
        if "emoji" in path.stem.lower():
            face = _opened(path)
            if face is not None and face.colored and all(map(face.glyph, characters)):
                return face
    return None


@cache
def _opened(path: Path) -> Face | None:
    try:
        return Face(path)
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=1)
def _installed() -> tuple[Path, ...]:
    """Return all fonts in the font folders of the machine, regular sans-serifs first, then by name."""
    files = {
        Path(folder, name)
        for home in _folders()
        for folder, _, names in os.walk(home)
        for name in names
        if name.lower().endswith((".ttf", ".otf", ".ttc"))
    }
    return tuple(sorted(files, key=_rank))


def _folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts")
        yield home / "AppData/Local/Microsoft/Windows/Fonts"
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts")
    else:
        shares = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        yield from (Path(share) / "fonts" for share in shares.split(":") if share)
        yield from (home / ".local/share/fonts", home / ".fonts")


def _rank(path: Path) -> tuple[bool, bool, str, str]:
    name = path.stem.lower().replace("-", "").replace(" ", "")
    odd = ("mono", "serif", "italic", "oblique", "condensed", "narrow", "thin", "light", "black", "bold")
    return any(word in name for word in odd), not name.startswith("noto"), name, str(path)
