"""Pictures in a terminal: which protocol it speaks, and PNG files as text in each of them.

Sources: the terminal graphics protocol of kitty, inline images of iTerm2 (OSC 1337), DEC's sixels (VT330/VT340).
"""

from __future__ import annotations

import io
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping

CHUNK = 4096
"""The most of a kitty picture in one escape sequence, in characters."""
COLOURS = 256
BAND = 6
"""Rows of pixels in a line of sixels."""

PROGRAMS = {"ghostty": "kitty", "kitty": "kitty", "iTerm.app": "iterm2", "WezTerm": "iterm2", "mintty": "iterm2"}
TERMINALS = re.compile(r"(?P<kitty>xterm-(kitty|ghostty))|(?P<sixel>foot|mlterm|.*sixel)")
MULTIPLEXED = re.compile("screen|tmux")
_REPEATED = re.compile(r"(.)\1{3,}", re.DOTALL)


def protocol(environment: Mapping[str, str]) -> str:
    """What the terminal of an environment can show: `kitty`, `iterm2` or `sixel` pictures, else `blocks`.

    Within tmux and screen blocks are drawn: these swallow pictures, or forget them when they scroll.
    """
    terminal, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if "TMUX" in environment or MULTIPLEXED.match(terminal):
        return "blocks"
    if found := TERMINALS.match(terminal):
        return found.lastgroup or "blocks"
    if program:  # what started it may have left its own variables behind
        return PROGRAMS.get(program, "blocks")
    if environment.get("LC_TERMINAL") == "iTerm2":  # handed on by ssh
        return "iterm2"
    return "kitty" if "KITTY_WINDOW_ID" in environment else "blocks"


def kitty(png: bytes, columns: int) -> str:
    """A PNG as wide as so many columns; the terminal is asked for no answer."""
    data = b64encode(png).decode()
    chunks = [data[at : at + CHUNK] for at in range(0, len(data), CHUNK)]
    keys = [f"a=T,f=100,q=2,c={columns},", *[""] * (len(chunks) - 1)]
    more = [1] * (len(chunks) - 1) + [0]
    parts = zip(keys, more, chunks, strict=True)
    return "".join(f"\x1b_G{key}m={follows};{chunk}\x1b\\" for key, follows, chunk in parts) + "\n"


def iterm2(png: bytes, columns: int) -> str:
    """A PNG as wide as so many columns."""
    about = f"inline=1;size={len(png)};width={columns};preserveAspectRatio=1"
    return f"\x1b]1337;File={about}:{b64encode(png).decode()}\x07\n"


def sixel(png: bytes, _: int) -> str:
    """A PNG pixel by pixel in at most 256 colours; sixels know no columns."""
    from PIL import Image

    # colours are chosen by how far they are apart, not by how much they fill: accents are small
    with Image.open(io.BytesIO(png)) as file:
        image = file.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, 1, dither=Image.Dither.NONE)
    width, height = image.size
    pixels, palette = image.tobytes(), image.getpalette() or []
    colours = "".join(
        f"#{n};2;" + ";".join(str(round(level / 2.55)) for level in palette[3 * n : 3 * n + 3])
        for n in sorted(set(pixels))
    )
    bands = (pixels[top * width : (top + BAND) * width] for top in range(0, height, BAND))
    lines = "-".join("$".join(_band(band, width)) for band in bands)
    return f'\x1bPq"1;1;{width};{height}{colours}{lines}\x1b\\\n'


def _band(band: bytes, width: int) -> Iterator[str]:
    """Six rows of pixels, a line of sixels for each colour: a character is a column, its highest bit at the foot."""
    bits: dict[int, bytearray] = {}
    for row in range(len(band) // width):
        bit = 1 << row
        for x, colour in enumerate(band[row * width : (row + 1) * width]):
            if colour not in bits:
                bits[colour] = bytearray(b"?" * width)
            bits[colour][x] += bit
    for colour in sorted(bits):
        yield f"#{colour}" + _REPEATED.sub(_run, bits[colour].decode().rstrip("?"))


def _run(match: re.Match[str]) -> str:
    return f"!{len(match[0])}{match[1]}"


ENCODERS: Mapping[str, Callable[[bytes, int], str]] = {"kitty": kitty, "iterm2": iterm2, "sixel": sixel}
"""The protocols: from a PNG and the columns that it shall take to what the terminal is sent."""
