"""Color, and text of users made safe for a terminal.

All text of users (titles, keys, file names, messages of own rules) goes through `shown`, `shown_name` or `one_line`
before it is printed, so that it cannot move the cursor, hide or reorder text, or start a new line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_CONTROLS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters except tab and line feed, which callers replace
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"  # direction and line separators
    "\u00ad\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"  # zero-width
    "\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"  # annotations, noncharacters, surrogates
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_JOINED = "[^\x00-\u05ff\u2000-\u206f]"
_UNSAFE = (
    "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"  # the flag of a region, which consists of tag characters
    f"|[{_CONTROLS}]"
    f"|(?<!{_JOINED})[\u200c\u200d]|[\u200c\u200d](?!{_JOINED})"  # they join emoji and letters of some scripts only
)
_OWN_STYLE = "\x1b\\[[0-9;]*m"


def shown(text: str) -> str:
    """Return text of one or more lines with unsafe characters as visible escapes, and tabs as spaces."""
    return text if text.isprintable() and text.isascii() else re.sub(_UNSAFE, _escape, text.replace("\t", " "))


def with_escapes(text: str, escape: Callable[[int], str]) -> str:
    """Return text with the escapes of another language in place of unsafe characters, by their code points."""
    return re.sub(_UNSAFE, lambda match: match[0] if len(match[0]) > 1 else escape(ord(match[0])), text)


def shown_name(name: str) -> str:
    """Return a file name on one line, with unsafe characters as visible escapes."""
    return shown(name).replace("\n", "\\x0a")


def one_line(text: str) -> str:
    """Return text for one line of output: white space collapsed, unsafe characters escaped."""
    return shown(" ".join(text.split()))


def printable(output: str) -> str:
    """Escape unsafe characters in complete output, except line feeds and the styles of `Paint`.

    Text of users is escaped before; this is a second line of defence.
    """
    if output.isascii() and output.replace("\n", "").isprintable():
        return output
    return re.sub(f"{_OWN_STYLE}|{_UNSAFE}", _escape_foreign, output)


def without_commands(output: str) -> str:
    """Return output in which GitHub's runner finds no command: `::` where a line begins, `##[` anywhere."""
    return re.sub(r"(?m)^([^\S\n]*):(?=:)", r"\1\\x3a", output).replace("##[", "#\\x23[")


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0][0])
    if len(match[0]) > 1:
        return match[0]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _escape_foreign(match: re.Match[str]) -> str:
    return match[0] if match[0].endswith("m") and match[0].startswith("\x1b[") else _escape(match)


class Paint(NamedTuple):
    """Puts ANSI styles around words if `on`."""

    on: bool = False

    def __call__(self, text: str, *styles: str) -> str:
        """Return text in styles: bold, dim, red, yellow, green, cyan, blue."""
        if not self.on or not text:
            return text
        return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"


_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}


def width(text: str) -> int:
    """Return the number of terminal columns that a text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
