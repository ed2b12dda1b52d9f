"""Texts in the cells of other people's tables: lines, lists, titles and channels."""

from __future__ import annotations

import re
from functools import lru_cache

from journeykit.vocabulary.channels import canonical_channel, channels

TITLE_LENGTH = 120
"""From how many characters on only the first sentence of an action is the title."""
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪●○►➤✓]|\(?\d{1,2}[.)]|[a-z]\))\s+")


def lines_of(text: str) -> list[str]:
    """Return the lines of a cell without bullets and numbers; several on one line have semicolons between."""
    lines = [line for line in re.split(r"\r?\n|<br\s*/?>", text) if line.strip()]
    if len(lines) == 1 and ";" in text:
        lines = text.split(";")
    elif len(lines) == 1 and text.count("•") > 1:
        lines = text.split("•")
    return [stripped for line in lines if (stripped := " ".join(_BULLET.sub("", line).split()))]


def listed(text: str) -> list[str]:
    """Return what stands in a cell with commas, semicolons or line breaks between."""
    return [one.strip() for one in re.split(r"[,;\n、]", text) if one.strip()]


def one_line(text: str) -> str:
    """Return a text without line breaks and with single spaces."""
    return " ".join(text.split())


def short_title(lines: list[str]) -> tuple[str, list[str]]:
    """Return the first line as a title, and what the customer does beside it; of a long text the first sentence."""
    first, *rest = lines
    if len(first) <= TITLE_LENGTH:
        return first, rest
    sentence = re.match(r"(.{10,119}?[.!?])\s", first)
    title = sentence[1] if sentence else first[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"
    return title, lines


def channels_in(text: str) -> tuple[list[str], list[str]]:
    """Return the built-in channels that a text names, and its other words."""
    known: list[str] = []
    other: list[str] = []
    for one in re.split(r"[,;/+&\n、・]| and | und | és | in | ve | και ", text):
        word = " ".join(_BULLET.sub("", one).split())
        if not word:
            continue
        id = canonical_channel(word) or _named_channels().get(word.casefold())
        (known if id else other).append(id or word)
    return list(dict.fromkeys(known)), list(dict.fromkeys(other))


@lru_cache(1)
def _named_channels() -> dict[str, str]:
    return {name.casefold(): id for id, channel in channels().items() for name in channel.names.values()}


def whole(number: float) -> float:
    """Return a number without what calculating adds to it, as an integer if it is one."""
    number = round(float(number), 6)  # an int has no is_integer before Python 3.12
    return int(number) if number.is_integer() else number
