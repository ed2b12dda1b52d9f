"""Colour and safe text for the terminal."""

from __future__ import annotations

import re
from typing import NamedTuple

_UNSAFE = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"


def shown(text: str) -> str:
    """Text as it can be shown: control, direction and half characters become visible escapes, a tab a space."""
    return text if text.isprintable() else re.sub(_UNSAFE, _escape, text.replace("\t", " "))


def shown_name(name: str) -> str:
    """The name of a file as it can be shown: as it is, but nothing breaks the line or moves the cursor."""
    return shown(name).replace("\n", "\\x0a")


def one_line(text: str) -> str:
    """Text for one line of output: white space collapsed, nothing that moves the cursor."""
    return shown(" ".join(text.split()))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


class Paint(NamedTuple):
    """Puts ANSI styles around words, or not."""

    on: bool = False

    def __call__(self, text: str, *styles: str) -> str:
        """Text in styles: bold, dim, red, yellow, green, cyan, blue."""
        if not self.on or not text:
            return text
        return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"


_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}


def width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
