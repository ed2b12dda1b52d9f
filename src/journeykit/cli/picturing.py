"""The curve as a picture in the terminal, or in blocks where it shows none."""

from __future__ import annotations

import os
import sys

from journeykit.cli.console import paint, say, use_color
from journeykit.cli.options import Color
from journeykit.errors import UsageError
from journeykit.output.curve import curve
from journeykit.output.tables import Scored
from journeykit.output.terminal_picture import ENCODERS, protocol

POINTS = 7.2
"""Width of a column in points: the picture's text is then about as large as the terminal's."""
PIXELS = 10
"""Width of a column in pixels, where the terminal does not say."""
SHARP = 2
"""Pixels of a picture for one of the terminal, if the terminal scales it."""
NARROWEST = 42
"""Columns that a chart needs; it is shown smaller where there are fewer."""
LONGEST = 60
"""Touchpoints of a journey that is shown as a picture unasked: of more, blocks can still be taken in at a glance."""
LANES = ("stages", "curve", "touchpoints")
"""What the curve chart shows, but for its header: that is printed as text."""


def drawn(scored: Scored, choice: str, columns: int, theme: str, color: Color) -> str:
    """The curve as `choice` asks for it: `auto` follows the terminal, and into a pipe or a file go blocks."""
    how = _automatic(scored, color) if choice == "auto" else choice
    if how == "blocks":
        return curve(scored.scores, columns, paint(color))
    from journeykit.charts.picture import Picture, draw_pages
    from journeykit.drawing.themes import load

    load(theme)  # raises where there is none

    wide = max(columns, NARROWEST)
    dpi = 72 * _pixels() * columns / (wide * POINTS) * (1 if how == "sixel" else SHARP)
    picture = Picture("png", "curve", theme=theme, width=wide * POINTS, dpi=dpi, lanes=LANES)
    try:
        pages = list(draw_pages(scored.journey, scored.scores, picture))
    except UsageError:
        count = len(scored.scores.touchpoints)
        raise UsageError(
            f"a picture of {count} touchpoints is too long for {columns} columns",
            "Show it with --picture blocks, or draw it with journeykit render.",
        ) from None
    for warning in dict.fromkeys(warning for _, warnings in pages for warning in warnings):
        say(f"journeykit: {warning}")
    return "".join(ENCODERS[how](png, columns) for png, _ in pages)


def _automatic(scored: Scored, color: Color) -> str:
    """Who wants no colours wants no pictures either."""
    fits = len(scored.scores.touchpoints) <= LONGEST
    return protocol(os.environ) if fits and sys.stdout.isatty() and use_color(color, sys.stdout) else "blocks"


def _pixels() -> float:
    """The width of a column in pixels: as the terminal says, else a usual one."""
    try:
        from fcntl import ioctl
        from struct import unpack
        from termios import TIOCGWINSZ

        _, columns, width, _ = unpack("HHHH", ioctl(sys.stdout.fileno(), TIOCGWINSZ, bytes(8)))
    except (ImportError, OSError):  # no such thing on Windows, or no terminal
        return PIXELS
    return width / columns if columns and width else PIXELS
