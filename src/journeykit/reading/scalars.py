"""Parse plain scalars by the core schema of YAML 1.2: dates, `1_000`, `yes` and `10:30` stay text."""

from __future__ import annotations

import re
from typing import Any

_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{sign + word: float(f"{sign}inf") for word in (".inf", ".Inf", ".INF") for sign in ("", "+", "-")},
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_NUMBER_START = frozenset("0123456789+-.")
_CORE = "tag:yaml.org,2002:"
_FITS: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "null": (type(None),),
}


def plain(text: str) -> Any:
    """Return the value of a plain scalar: null, a boolean, a number, or the text itself."""
    if text[:1] in _NUMBER_START:
        return _WORDS[text] if text in _WORDS else number(text)
    return _WORDS.get(text, text)


def written(text: str) -> str:
    """Return a text as a file writes it: in quotes if it would be read as a number, a boolean or nothing."""
    return text if plain(text) == text else f'"{text}"'


def number(text: str) -> Any:
    """Return a text as an int or float, else the text itself; an int of more than 300 digits becomes infinity."""
    if _INT.fullmatch(text):
        if len(text) > 300:
            return float("-inf") if text[0] == "-" else float("inf")
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


class TagError(ValueError):
    """A scalar that does not have the type of its tag; the message is the short name of the tag."""


def tagged(tag: str, text: str) -> Any:
    """Return the value of a scalar with a tag of the core schema.

    Raises TagError if the text does not have that type, KeyError for other tags.
    """
    name = tag.removeprefix(_CORE) if tag.startswith(_CORE) else tag
    if name == "str":
        return text
    fits = _FITS[name]
    value = plain(text)
    if type(value) not in fits or (value is None and text == "" and name != "null"):
        raise TagError(f"!!{name}")
    return float(value) if name == "float" else value


def short_tag(tag: str) -> str:
    """Return a tag as a file writes it."""
    return tag.replace(_CORE, "!!")
