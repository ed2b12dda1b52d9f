"""Images in terminals: the protocol of a terminal, and PNG files encoded for each protocol.

Sources: the terminal graphics protocol of kitty, inline images of iTerm2 (OSC 1337), DEC's sixels (VT330/VT340).
"""

from __future__ import annotations

import io
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping

CHUNK = 4096
"""The most characters of an image in one escape sequence of kitty."""
COLORS = 256
BAND = 6
"""Rows of pixels in a line of sixels."""

PROGRAMS = {"ghostty": "kitty", "kitty": "kitty", "iTerm.app": "iterm2", "WezTerm": "iterm2", "mintty": "iterm2"}
TERMINALS = re.compile(r"(?P<kitty>xterm-(kitty|ghostty))|(?P<sixel>foot|mlterm|.*sixel)")
MULTIPLEXED = re.compile("screen|tmux")
_REPEATED = re.compile(r"(.)\1{3,}", re.DOTALL)


def protocol(environment: Mapping[str, str]) -> str:
    """Return the protocol of the terminal: `kitty`, `iterm2` or `sixel`, or else `blocks`.

    In tmux and screen it is `blocks`: they drop images, or lose them when they scroll.
    """
    terminal, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if "TMUX" in environment or MULTIPLEXED.match(terminal):
        return "blocks"
    if found := TERMINALS.match(terminal):
        return found.lastgroup or "blocks"
    if program:  # variables of the program that started this terminal may still be set
        return PROGRAMS.get(program, "blocks")
    if environment.get("LC_TERMINAL") == "iTerm2":  # passed on by ssh
        return "iterm2"
    return "kitty" if "KITTY_WINDOW_ID" in environment else "blocks"


def kitty(png: bytes, columns: int) -> str:
    """Encode a PNG for kitty, `columns` wide; the terminal sends no answer."""
    data = b64encode(png).decode()
    chunks = [data[at : at + CHUNK] for at in range(0, len(data), CHUNK)]
    keys = [f"a=T,f=100,q=2,c={columns},", *[""] * (len(chunks) - 1)]
    more = [1] * (len(chunks) - 1) + [0]
    parts = zip(keys, more, chunks, strict=True)
    return "".join(f"\x1b_G{key}m={follows};{chunk}\x1b\\" for key, follows, chunk in parts) + "\n"


def iterm2(png: bytes, columns: int) -> str:
    """Encode a PNG for iTerm2, `columns` wide."""
    about = f"inline=1;size={len(png)};width={columns};preserveAspectRatio=1"
    return f"\x1b]1337;File={about}:{b64encode(png).decode()}\x07\n"


def sixel(png: bytes, _: int) -> str:
    """Encode a PNG as sixels in at most 256 colors, pixel by pixel; sixels have no columns."""
    from PIL import Image

    # colors are chosen by distance and not by area, since accents are small
    with Image.open(io.BytesIO(png)) as file:
        image = file.convert("RGB").quantize(COLORS, Image.Quantize.MAXCOVERAGE, 1, dither=Image.Dither.NONE)
    width, height = image.size
    pixels, palette = image.tobytes(), image.getpalette() or []
    colors = "".join(
        f"#{n};2;" + ";".join(str(round(level / 2.55)) for level in palette[3 * n : 3 * n + 3])
        for n in sorted(set(pixels))
    )
    bands = (pixels[top * width : (top + BAND) * width] for top in range(0, height, BAND))
    lines = "-".join("$".join(_band(band, width)) for band in bands)
    return f'\x1bPq"1;1;{width};{height}{colors}{lines}\x1b\\\n'


def _band(band: bytes, width: int) -> Iterator[str]:
    """Encode six rows of pixels, a line for each color. A character is a column; its highest bit is at the bottom."""
    bits: dict[int, bytearray] = {}
    for row in range(len(band) // width):
        bit = 1 << row
        for x, color in enumerate(band[row * width : (row + 1) * width]):
            if color not in bits:
                bits[color] = bytearray(b"?" * width)
            bits[color][x] += bit
    for color in sorted(bits):
        yield f"#{color}" + _REPEATED.sub(_run, bits[color].decode().rstrip("?"))


def _run(match: re.Match[str]) -> str:
    return f"!{len(match[0])}{match[1]}"


ENCODERS: Mapping[str, Callable[[bytes, int], str]] = {"kitty": kitty, "iterm2": iterm2, "sixel": sixel}
"""Encoders by protocol, from a PNG and its width in columns to text for the terminal."""
