"""Show the curve as an image in the terminal, or in blocks if the terminal shows no images."""

from __future__ import annotations

import os
import sys

from journeykit.cli.console import paint, say, use_color
from journeykit.cli.options import Color
from journeykit.errors import UsageError
from journeykit.output.curve import curve
from journeykit.output.tables import ScoredJourney
from journeykit.output.terminal_image import ENCODERS, protocol

POINTS = 7.2
"""Width of a column in points: the picture's text is then about as large as the terminal's."""
PIXELS = 10
"""Width of a column in pixels, if the terminal does not say."""
SHARP = 2
"""Pixels of an image for one of the terminal, if the terminal scales it."""
NARROWEST = 42
"""Columns that a chart needs; with fewer it is scaled down."""
LONGEST = 60
"""Touchpoints up to which a journey is shown as an image by default; blocks stay readable for longer ones."""
LANES = ("stages", "curve", "touchpoints")
"""The lanes of the curve chart without its header, which is printed as text."""


def curve_image(scored: ScoredJourney, choice: str, columns: int, theme: str, color: Color) -> str:
    """Return the curve as `choice` says: `auto` follows the terminal, and a pipe or a file gets blocks."""
    form = _automatic(scored, color) if choice == "auto" else choice
    if form == "blocks":
        return curve(scored.scores, columns, paint(color))
    from journeykit.charts.picture import Picture, draw_pages
    from journeykit.drawing.themes import load

    load(theme)  # raises where there is none

    wide = max(columns, NARROWEST)
    dpi = 72 * _pixels() * columns / (wide * POINTS) * (1 if form == "sixel" else SHARP)
    picture = Picture("png", "curve", theme=theme, width=wide * POINTS, dpi=dpi, lanes=LANES)
    try:
        pages = list(draw_pages(scored.journey, scored.scores, picture))
    except UsageError:
        count = len(scored.scores.touchpoints)
        raise UsageError(
            f"a picture of {count} touchpoints is too long for {columns} columns",
            "show it with --picture blocks, or draw it with journeykit render",
        ) from None
    for warning in dict.fromkeys(warning for _, warnings in pages for warning in warnings):
        say(f"journeykit: {warning}")
    return "".join(ENCODERS[form](png, columns) for png, _ in pages)


def _automatic(scored: ScoredJourney, color: Color) -> str:
    """Return the protocol of the terminal; blocks for long journeys and without color."""
    fits = len(scored.scores.touchpoints) <= LONGEST
    return protocol(os.environ) if fits and sys.stdout.isatty() and use_color(color, sys.stdout) else "blocks"


def _pixels() -> float:
    """Return the width of a column in pixels, as the terminal says, else a usual one."""
    try:
        from fcntl import ioctl
        from struct import unpack
        from termios import TIOCGWINSZ

        _, columns, width, _ = unpack("HHHH", ioctl(sys.stdout.fileno(), TIOCGWINSZ, bytes(8)))
    except (ImportError, OSError):  # no such thing on Windows, or no terminal
        return PIXELS
    return width / columns if columns and width else PIXELS
