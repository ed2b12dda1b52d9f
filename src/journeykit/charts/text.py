"""Text on charts: cleaned, measured, wrapped. All lengths in points; see `fonts` for whose metrics.

Every function takes a user's text as it is; what is measured, wrapped and drawn is `visible(text)`.
"""

from __future__ import annotations

from collections.abc import Iterable

from journeykit.charts.scene import ASCENT, Anchor, Role, Text

LINE_HEIGHT = 1.25
"""From baseline to baseline, in ems; more than ASCENT + DESCENT, so lines of text never touch."""


def visible(text: str) -> str:
    """The text as it may be shown: control characters as escapes such as `\\x07`, line breaks as spaces."""
    return text


def measure(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """The width of one line of text at `size` points, kerning included, as PNG and PDF will draw it."""
    return 0.55 * size * len(text)


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

    Breaks at spaces, after hyphens and slashes, between East Asian characters, and, where a word alone is
    too long, anywhere between characters (never within a letter and its marks or an emoji sequence).
    Line breaks in the text are kept. Nothing is lost unless `max_lines` is given: then the last line ends
    in an ellipsis. Empty text gives no lines.
    """
    return [text] if text else []


def line_step(size: float) -> float:
    """From one baseline to the next."""
    return LINE_HEIGHT * size


def block_height(lines: int, size: float) -> float:
    """How much height so many lines take, from the top of the first to the top of what follows."""
    return lines * line_step(size)


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
    kind: str = "",
) -> Text:
    """One line of measured text, its baseline at y."""
    return Text(
        x=x,
        y=y,
        text=visible(text),
        size=size,
        width=measure(text, size, bold=bold, italic=italic),
        bold=bold,
        italic=italic,
        colour=colour,
        anchor=anchor,
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
    first = top + first_baseline(size)
    return tuple(
        label(
            line,
            x,
            first + number * line_step(size),
            size,
            bold=bold,
            italic=italic,
            colour=colour,
            anchor=anchor,
            kind=kind,
        )
        for number, line in enumerate(lines)
    )


def first_baseline(size: float) -> float:
    """From the top of a block of text to the baseline of its first line."""
    return (ASCENT + (LINE_HEIGHT - ASCENT - 0.24) / 2) * size
