"""Find characters that are invisible or look like others, with their names and offsets."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_HIDDEN = "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_ODD = f"[{_SPACES}]+|[{_HIDDEN}]+|[\u2010-\u2015\u2212](?=[0-9])"
_TYPOGRAPHIC = "[“”„‟«»‘’‚‹›]([-+.\\w](?:[-+.%/ \\w]{0,58}[%\\w])?)[“”„‟«»‘’‚‹›]"
"""A value in quotes of a word processor, which are part of it for YAML."""
_LOOKS_INDENTED = f"(?m)^[ ]*(?:- )?[ ]*([{_SPACES}{_HIDDEN}][ {_SPACES}{_HIDDEN}]*)"
_AFTER_COLON = f":([{_SPACES}{_HIDDEN}])"


class Invisible(NamedTuple):
    """A span of such characters: the name of the first, what to do, and what to write instead."""

    start: int
    end: int
    name: str
    help: str
    suggestion: tuple[str, ...] = ()


def in_value(text: str, start: int, end: int) -> Invisible | None:
    """Return the first such characters in a value that cannot be read; None if there are none."""
    if quoted := re.compile(_TYPOGRAPHIC).fullmatch(text, start, end):
        help = f"write {quoted[1]}; YAML knows straight quotes only"
        return Invisible(start, end, name(text[start]), help, (quoted[1],))
    found = re.compile(_ODD).search(text, start, end)
    if found is None:
        return None
    if found[0] in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212":
        plain = "-" + text[found.end() : end].strip()
        help = f"did you mean {plain}?" if found.start() == start and len(plain) < 30 else "write a plain -"
        suggestion: tuple[str, ...] = ("-",)
    elif re.match(f"[{_SPACES}]", found[0]):
        one = len(found[0]) == 1  # several are an indentation: writing spaces moves a key elsewhere
        help, suggestion = ("write a plain space", (" ",)) if one else ("write plain spaces instead", ())
    else:
        help, suggestion = "remove it", ()
    return Invisible(found.start(), found.end(), name(found[0][0]), help, suggestion)


def in_line(text: str, start: int, end: int) -> Invisible | None:
    """Return such characters in the indentation of a line or after its first colon; None if there are none."""
    searches = (re.compile(_LOOKS_INDENTED).match, re.compile(_AFTER_COLON).search)
    found = next(filter(None, (search(text, start, end) for search in searches)), None)
    if found is None:
        return None
    help = "write plain spaces instead" if re.search(f"[{_SPACES}]", found[1]) else "remove it"
    return Invisible(*found.span(1), name(found[1][0]), help)


def name(char: str) -> str:
    """Return the code and name of a character, such as `U+00A0 (no-break space)`."""
    return f"U+{ord(char):04X} ({unicodedata.name(char, 'no name').lower()})"
