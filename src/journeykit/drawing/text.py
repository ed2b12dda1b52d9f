"""Text on charts: clean it, measure it, wrap it and turn it into marks. All lengths are in points.

Every function takes text as the user wrote it; `visible(text)` is what is measured, wrapped and drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple
from unicodedata import is_normalized, normalize

from journeykit.drawing import hyphens, runs
from journeykit.drawing.bidi import has_right_to_left, reads_from_right
from journeykit.drawing.clusters import clusters, is_emoji, is_wide
from journeykit.drawing.fonts import Family
from journeykit.drawing.scene import ASCENT, DESCENT, Anchor, Role, Scene, Text, walk
from journeykit.drawing.themes import SMALLEST

LINE_HEIGHT = 1.25
"""Distance between baselines in ems. Larger than ASCENT + DESCENT, so that lines never touch."""

ELLIPSIS = "…"
NO_BREAK = "\u00a0"
SHRUNK = 0.8
"""The smallest factor by which text is shrunk to keep a word on one line."""

LINE_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
INVISIBLE = "[\u00ad\u200b\u2060-\u2064\u206a-\u206f\ufeff\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]"
"""Characters without width, which `visible` removes. Some of them change the direction of the text after them."""
UNPRINTABLE = "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
UNFIT = f"\t|{LINE_BREAKS.pattern}|{INVISIBLE}|{UNPRINTABLE}"
BREAK_AFTER = re.compile(r"(?<=[^\W_])(?:[-/‐–—]+|[^\w\s]*/)(?=\w)(?<!\b[^\W\d_][-‐])(?!(?<=\d[-‐–])\d)")
"""Hyphens, dashes and slashes, but for those of `e-mail`, of dates and of ranges of figures."""
FIRST_WIDE = "\u1100"
"""The first East Asian character."""

HANGUL = ("\uac00", "\ud7a3")
"""First and last Korean syllable. Korean has spaces between words, so lines break there and not within words."""
NEVER_FIRST = frozenset("、。，．・：；？！）］｝」』】〕〉》〙〗ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…%℃")
NEVER_LAST = frozenset("（［｛「『【〔〈《〘〖")
"""East Asian characters that may not begin or end a line (a summary of JIS X 4051)."""


@lru_cache(maxsize=1 << 12)  # called when a text is wrapped, measured, made a mark and written
def visible(text: str) -> str:
    """Return the text as it is shown, on one line.

    Line breaks and tabs become spaces; other control characters and lone surrogates become escapes such as
    `\\x07`. Letters and marks are composed (NFC); characters that override the direction are removed.
    """
    printable = text.isprintable() or text.replace(NO_BREAK, " ").isprintable()  # then nothing is to be replaced
    fit = printable or not re.search(UNFIT, text)
    if fit and (text.isascii() or is_normalized("NFC", text)):
        return text
    text = re.sub(INVISIBLE, "", LINE_BREAKS.sub(" ", text).replace("\t", " "))
    return normalize("NFC", re.sub(UNPRINTABLE, lambda found: _escape(found[0]), text))


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


class Typesetter(NamedTuple):
    """Measures and wraps text in one font, and makes text marks. `family` is None for DejaVu Sans."""

    family: Family | None = None

    def measure(self, text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
        """Return the width of one line of text at `size` points, kerning included, as PNG and PDF draw it."""
        return size * runs.width(visible(text), bold, italic, self.family)

    def wrap(
        self,
        text: str,
        size: float,
        width: float,
        *,
        bold: bool = False,
        italic: bool = False,
        max_lines: int | None = None,
    ) -> list[str]:
        """Break text into lines of at most `width` points.

        Lines break at spaces, after hyphens and slashes, and between East Asian characters. A part that is
        still too long breaks at its no-break spaces. A word that is too long alone breaks after a syllable
        with a hyphen (`hyphens.HYPHEN`), or anywhere between characters if it has no syllables, but never
        within a letter and its marks or an emoji sequence; a single character may be wider than the line.
        Line breaks in the text are kept. No text is lost unless `max_lines` is given: then the last line
        ends in an ellipsis. Empty text gives no lines.
        """
        return [*_wrapped(text, size, width, bold, italic, max_lines, self.family)]

    def fitting_size(self, text: str, size: float, width: float, *, bold: bool = False, italic: bool = False) -> float:
        """Return the largest size at which each word fits on a line; not below 80% of `size`, nor 7 pt.

        Returns `size` itself if no size in that range is small enough.
        """
        return _fitting_size(text, size, width, bold, italic, self.family)

    def title_size(self, title: str, size: float, width: float) -> float:
        """Return the largest of five sizes at which a bold title takes one line, or else two; at least half `size`."""
        for share, lines in ((1.0, 1), (0.8, 1), (1.0, 2), (0.8, 2), (0.64, 2)):
            if len(self.wrap(title, size * share, width, bold=True)) <= lines:
                return size * share
        return size * 0.5

    def label(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
        color: Role = "ink",
        anchor: Anchor = "start",
        from_right: bool | None = None,
        kind: str = "",
    ) -> Text:
        """Return one line of text as a mark with its baseline at y.

        `from_right` is whether the text is read from the right; by default its letters decide.
        """
        italic = italic and has_italics(text)
        shown = visible(text)
        return Text(
            x=x,
            y=y,
            text=shown,
            size=size,
            width=size * runs.width(shown, bold, italic, self.family),
            bold=bold,
            italic=italic,
            color=color,
            anchor=anchor,
            from_right=reads_from_right(text) if from_right is None else from_right,
            kind=kind,
        )

    def block(
        self,
        lines: Iterable[str],
        x: float,
        top: float,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
        color: Role = "ink",
        anchor: Anchor = "start",
        kind: str = "",
    ) -> tuple[Text, ...]:
        """Return lines (from `wrap`) as marks below each other, `block_height(len(lines), size)` high from `top`."""
        lines = [*lines]
        paragraph = lines[0] if len(lines) == 1 else " ".join(lines)
        first, step, from_right = top + first_baseline(size), line_step(size), reads_from_right(paragraph)
        italic = italic and has_italics(paragraph)
        marks = []
        for number, line in enumerate(lines):
            shown, y = visible(line), first + number * step
            width = size * runs.width(shown, bold, italic, self.family)
            marks.append(Text(x, y, shown, size, width, bold, italic, color, anchor, from_right, kind))
        return tuple(marks)


@lru_cache(maxsize=1 << 12)
def _wrapped(
    text: str, size: float, width: float, bold: bool, italic: bool, max_lines: int | None, family: Family | None
) -> list[str]:
    room = width / size + 1e-9

    def fits(line: str) -> bool:
        return runs.width(line, bold, italic, family) <= room

    if "  " not in text and text == text.strip() and text == visible(text) and text and fits(text):
        return [text]
    lines: list[str] = []
    for paragraph in LINE_BREAKS.split(text):
        line = ""
        for glue, piece in _pieces(paragraph):
            if line and fits(line + glue + piece):
                line += glue + piece
                continue
            if line:
                lines.append(line)
            *full, line = [piece] if fits(piece) else _split_piece(piece, fits)
            lines += full
        if line:
            lines.append(line)
    if max_lines is not None and len(lines) > max_lines:
        lines = [*lines[: max_lines - 1], _shortened(lines[max_lines - 1], fits)]
    return lines


@lru_cache(maxsize=1 << 12)
def _fitting_size(text: str, size: float, width: float, bold: bool, italic: bool, family: Family | None) -> float:
    if size * runs.width(text, bold, italic, family) <= width:  # one line, or several of even shorter words
        return size
    for word in text.split():
        if size * runs.width(word, bold, italic, family) > width:
            break
    else:
        return size
    words = (word for line in LINE_BREAKS.split(text) for _, piece in _pieces(line) for word in piece.split(NO_BREAK))
    widest = size * max((runs.width(word, bold, italic, family) for word in words), default=0.0)
    if widest <= width + 1e-6:
        return size
    fitting = size * width / widest
    return fitting if fitting >= max(SMALLEST, SHRUNK * size) else size


def _pieces(paragraph: str) -> Iterable[tuple[str, str]]:
    """Yield the parts that a line may not break within, each with the space before it."""
    for word in paragraph.replace("\t", " ").split(" "):
        glue = " "
        for part in word.split("\u200b"):
            for piece in _breakable(part):
                yield glue, piece
                glue = ""


@lru_cache(maxsize=1 << 13)
def _breakable(word: str) -> list[str]:
    """Split a word after hyphens and slashes and between East Asian characters."""
    word = visible(word)
    if word.isalnum() and max(word) < FIRST_WIDE:
        return [word]
    ends = [found.end() for found in BREAK_AFTER.finditer(word)]
    parts = [word[start:end] for start, end in zip([0, *ends], [*ends, len(word)], strict=True)]
    if word.isascii() or not any(map(is_wide, word)):
        return [part for part in parts if part]
    out: list[str] = []
    for part in parts:
        last = ""
        for cluster in clusters(part):
            if last and not _may_break(last, cluster):
                out[-1] += cluster
            else:
                out.append(cluster)
            last = cluster
    return out


def _may_break(before: str, after: str) -> bool:
    """Return whether a line may break between two characters."""
    if after[0] in NEVER_FIRST or before[0] in NEVER_LAST:
        return False
    if HANGUL[0] <= before[0] <= HANGUL[1] and HANGUL[0] <= after[0] <= HANGUL[1]:
        return False
    return is_wide(before) or is_wide(after)


def _split_piece(piece: str, fits: Callable[[str], bool]) -> list[str]:
    """Split a piece that is too long for a line at its no-break spaces, and only then within words."""
    lines = [""]
    for word in piece.split(NO_BREAK):
        joined = f"{lines[-1]}{NO_BREAK}{word}" if lines[-1] else word
        if fits(joined):
            lines[-1] = joined
        else:
            lines += [word] if fits(word) else _split_word(word, fits)
    return [line for line in lines if line] or _split_word(piece, fits)


def _split_word(word: str, fits: Callable[[str], bool]) -> list[str]:
    """Split a word that is too long for a line after syllables, with a hyphen, or else between characters."""
    units = clusters(word)
    allowed = hyphens.places(units)
    parts: list[str] = []
    start, count = 0, 8
    while start < len(units):
        # the number that fitted on the previous line is a good first guess
        while start + count < len(units) and fits("".join(units[start : start + count + 1])):
            count *= 2
        count = min(count, len(units) - start)
        while count > 1 and not fits("".join(units[start : start + count])):
            count -= 1
        end = start + count
        syllables = [place for place in allowed if start < place <= end < len(units)]
        while syllables and not fits("".join(units[start : syllables[-1]]) + hyphens.HYPHEN):
            syllables.pop()
        end = syllables[-1] if syllables else end
        parts.append("".join(units[start:end]) + hyphens.HYPHEN * bool(syllables))
        start = end
    return parts


def _shortened(line: str, fits: Callable[[str], bool]) -> str:
    units = clusters(line)
    while units and not fits("".join(units).rstrip() + ELLIPSIS):
        units.pop()
    return "".join(units).rstrip() + ELLIPSIS


def missing(scene: Scene, family: Family | None) -> list[runs.Missing]:
    """Return the characters of a scene that PNG and PDF cannot show on this machine, by script.

    An SVG is drawn with the fonts of its viewer, so nothing is missing there.
    """
    return runs.missing((mark.text for mark, _ in walk(scene) if isinstance(mark, Text)), family)


def line_step(size: float) -> float:
    """Return the distance between two baselines."""
    return LINE_HEIGHT * size


def block_height(lines: int, size: float) -> float:
    """Return the height of so many lines."""
    return lines * line_step(size)


def first_baseline(size: float) -> float:
    """Return the distance from the top of a block of text to its first baseline."""
    return (ASCENT + (LINE_HEIGHT - ASCENT - DESCENT) / 2) * size


def has_italics(text: str) -> bool:
    """Return whether the scripts of a text have italics; Arabic, Hebrew and East Asian scripts have none.

    Emoji among letters change nothing.
    """
    wide = (character for character in text if is_wide(character) and not is_emoji(character))
    return text.isascii() or not (has_right_to_left(text) or any(wide))
