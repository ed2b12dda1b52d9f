"""Text on charts: cleaned, measured, wrapped, made into marks. All lengths in points.

Every function takes a user's text as it is; what is measured, wrapped and drawn is `visible(text)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from unicodedata import is_normalized, normalize

from journeykit.drawing import fonts, hyphens, runs
from journeykit.drawing.bidi import has_right_to_left, reads_from_right
from journeykit.drawing.clusters import clusters, is_wide
from journeykit.drawing.scene import ASCENT, DESCENT, Anchor, Role, Scene, Text, walk
from journeykit.drawing.themes import SMALLEST

LINE_HEIGHT = 1.25
"""From baseline to baseline, in ems; more than ASCENT + DESCENT, so lines of text never touch."""

ELLIPSIS = "…"
NO_BREAK = "\u00a0"
SHRUNK = 0.8
"""Text is shrunk to this share at the most, to keep a word whole."""

LINE_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
INVISIBLE = "[\u00ad\u200b\u2060-\u2064\u206a-\u206f\ufeff\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]"
"""Of no width, and some of them turn the reading direction of what follows: dropped."""
UNPRINTABLE = "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
UNFIT = f"\t|{LINE_BREAKS.pattern}|{INVISIBLE}|{UNPRINTABLE}"
BREAK_AFTER = re.compile(r"(?<=[^\W_])(?:[-/‐–—]+|[^\w\s]*/)(?=\w)")
FIRST_WIDE = "\u1100"
"""No character before this one is East Asian."""

HANGUL = ("\uac00", "\ud7a3")
"""Korean syllables: its words have spaces between them and are kept whole where they can be."""
NEVER_FIRST = frozenset("、。，．・：；？！）］｝」』】〕〉》〙〗ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…%℃")
NEVER_LAST = frozenset("（［｛「『【〔〈《〘〖")
"""East Asian characters that do not begin or end a line (JIS X 4051, in short)."""


@lru_cache(maxsize=1 << 12)  # a text is asked for when it is wrapped, measured, made a mark and written
def visible(text: str) -> str:
    """The text as it may be shown, on one line.

    Line breaks and tabs become spaces, other control characters and lone surrogates escapes such as
    `\\x07`; letters and marks are composed (NFC), invisible direction overrides dropped.
    """
    printable = text.isprintable() or text.replace(NO_BREAK, " ").isprintable()  # and so has nothing that is unfit
    fit = printable or not re.search(UNFIT, text)
    if fit and (text.isascii() or is_normalized("NFC", text)):
        return text
    text = re.sub(INVISIBLE, "", LINE_BREAKS.sub(" ", text).replace("\t", " "))
    return normalize("NFC", re.sub(UNPRINTABLE, lambda found: _escape(found[0]), text))


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def measure(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """The width of one line of text at `size` points, kerning included, as PNG and PDF will draw it."""
    return size * runs.width(visible(text), bold, italic)


def wrap(
    text: str,
    size: float,
    width: float,
    *,
    bold: bool = False,
    italic: bool = False,
    max_lines: int | None = None,
) -> list[str]:
    """Break text into lines of at most `width` points.

    Breaks at spaces, after hyphens and slashes, between East Asian characters; what is too long for a line
    then at its no-break spaces; and, where a word alone is too long, with a hyphen (`hyphens.HYPHEN`) or,
    where it has no syllables, anywhere between characters (never within a letter and its marks or an emoji
    sequence).
    Line breaks in the text are kept. Nothing is lost unless `max_lines` is given: then the last line ends
    in an ellipsis. Empty text gives no lines.
    """
    return [*_wrapped(text, size, width, bold, italic, max_lines, fonts.own())]


@lru_cache(maxsize=1 << 12)
def _wrapped(
    text: str, size: float, width: float, bold: bool, italic: bool, max_lines: int | None, _: fonts.Family | None
) -> list[str]:
    room = width / size + 1e-9

    def fits(line: str) -> bool:
        return runs.width(line, bold, italic) <= room

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
            *full, line = [piece] if fits(piece) else _broken(piece, fits)
            lines += full
        if line:
            lines.append(line)
    if max_lines is not None and len(lines) > max_lines:
        lines = [*lines[: max_lines - 1], _shortened(lines[max_lines - 1], fits)]
    return lines


def _pieces(paragraph: str) -> Iterable[tuple[str, str]]:
    """What a line may not break within, each with the space that stands before it."""
    for word in paragraph.replace("\t", " ").split(" "):
        glue = " "
        for part in word.split("\u200b"):
            for piece in _breakable(part):
                yield glue, piece
                glue = ""


@lru_cache(maxsize=1 << 13)
def _breakable(word: str) -> list[str]:
    """A word cut after hyphens and slashes and between East Asian characters."""
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
            if last and not _parts(last, cluster):
                out[-1] += cluster
            else:
                out.append(cluster)
            last = cluster
    return out


def _parts(before: str, after: str) -> bool:
    """Whether a line may break between two characters for what they are."""
    if after[0] in NEVER_FIRST or before[0] in NEVER_LAST:
        return False
    if HANGUL[0] <= before[0] <= HANGUL[1] and HANGUL[0] <= after[0] <= HANGUL[1]:
        return False
    return is_wide(before) or is_wide(after)


def whole(text: str, size: float, width: float, *, bold: bool = False, italic: bool = False) -> float:
    """The size, down to a fifth smaller and to 7 pt, at which no word of a text is wider than a line."""
    return _whole(text, size, width, bold, italic, fonts.own())


@lru_cache(maxsize=1 << 12)
def _whole(text: str, size: float, width: float, bold: bool, italic: bool, _: fonts.Family | None) -> float:
    if size * runs.width(text, bold, italic) <= width:  # a line in all, or more than one of even shorter words
        return size
    for word in text.split():
        if size * runs.width(word, bold, italic) > width:
            break
    else:
        return size
    words = (word for line in LINE_BREAKS.split(text) for _, piece in _pieces(line) for word in piece.split(NO_BREAK))
    widest = size * max((runs.width(word, bold, italic) for word in words), default=0.0)
    if widest <= width + 1e-6:
        return size
    fitting = size * width / widest
    return fitting if fitting >= max(SMALLEST, SHRUNK * size) else size


def _broken(piece: str, fits: Callable[[str], bool]) -> list[str]:
    """A piece too long for a line, broken at its no-break spaces rather than within a word."""
    lines = [""]
    for word in piece.split(NO_BREAK):
        joined = f"{lines[-1]}{NO_BREAK}{word}" if lines[-1] else word
        if fits(joined):
            lines[-1] = joined
        else:
            lines += [word] if fits(word) else _cut(word, fits)
    return [line for line in lines if line] or _cut(piece, fits)


def _cut(word: str, fits: Callable[[str], bool]) -> list[str]:
    """A word too long for a line, as parts that fit: syllables and a hyphen, else characters, one at the least."""
    units = clusters(word)
    allowed = hyphens.places(units)
    parts: list[str] = []
    start, count = 0, 8
    while start < len(units):
        # what fit on the line before is a good guess for this one
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


def missing(scene: Scene) -> list[runs.Missing]:
    """The characters of a scene that PNG and PDF cannot show on this machine, by script, with what to install.

    An SVG is set in the fonts of whoever looks at it: there it is no loss.
    """
    return runs.missing(mark.text for mark, _ in walk(scene) if isinstance(mark, Text))


def line_step(size: float) -> float:
    """From one baseline to the next."""
    return LINE_HEIGHT * size


def block_height(lines: int, size: float) -> float:
    """How much height so many lines take, from the top of the first to the top of what follows."""
    return lines * line_step(size)


def slants(text: str) -> bool:
    """Whether italics are known to the scripts of a text: Arabic, Hebrew and East Asian letters stand upright."""
    return text.isascii() or not (has_right_to_left(text) or any(map(is_wide, text)))


def label(
    text: str,
    x: float,
    y: float,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    colour: Role = "ink",
    anchor: Anchor = "start",
    from_right: bool | None = None,
    kind: str = "",
) -> Text:
    """One line of measured text, its baseline at y; read from the right if its letters are, unless told."""
    italic = italic and slants(text)
    shown = visible(text)
    return Text(
        x=x,
        y=y,
        text=shown,
        size=size,
        width=size * runs.width(shown, bold, italic),
        bold=bold,
        italic=italic,
        colour=colour,
        anchor=anchor,
        from_right=reads_from_right(text) if from_right is None else from_right,
        kind=kind,
    )


def block(
    lines: Iterable[str],
    x: float,
    top: float,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    colour: Role = "ink",
    anchor: Anchor = "start",
    kind: str = "",
) -> tuple[Text, ...]:
    """Lines (from `wrap`) under one another, within `block_height(len(lines), size)` points below `top`."""
    lines = [*lines]
    joined = lines[0] if len(lines) == 1 else " ".join(lines)
    first, step, from_right = top + first_baseline(size), line_step(size), reads_from_right(joined)
    italic = italic and slants(joined)
    made = []
    for number, line in enumerate(lines):
        shown, y = visible(line), first + number * step
        wide = size * runs.width(shown, bold, italic)
        made.append(Text(x, y, shown, size, wide, bold, italic, colour, anchor, from_right, kind))
    return tuple(made)


def first_baseline(size: float) -> float:
    """From the top of a block of text to the baseline of its first line."""
    return (ASCENT + (LINE_HEIGHT - ASCENT - DESCENT) / 2) * size
