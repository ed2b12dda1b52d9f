"""Name the text that a mistake in YAML is part of, as it has to be written: in quotes, whole, and nothing beside it."""

from __future__ import annotations

import re

from journeykit.reading import syntax_offsets as offsets
from journeykit.reading.schema_types import owners

LONGEST = 160
"""The longest text that a help names; of a longer one a part would be lost by whoever copies it."""
_ITEM = re.compile(r" *(?:- +)+")
_COMMENT = re.compile(r"[ \t]+#(?:(?i:journeykit):|[\s#!]|$)")  # `#1` is meant as text, as in `lost_text`
_FLOW_END = re.compile(r",(?= *[\w-]+:(?:\s|$))|[\]}]")
_FLOW_ITEM_END = re.compile(r"[,\]]")


def in_quotes(text: str) -> str:
    """Return a text in quotes that need no change of the text itself, if there are any."""
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'


def advise(start: str, text: str, otherwise: str) -> str:
    """Return a help that names a text, or another one if the text is too long to be copied from a help."""
    return f"{start} {text}" if len(text) <= LONGEST else otherwise


def quote_from(text: str, start: int) -> str:
    """Return the help to put the text that starts at an offset into quotes, without its feeling or a comment."""
    end = text_end(text, start)
    whole = text[start:end].strip()
    if offsets.unclosed(text, start) is not None and (set(whole[1:]) & set("[{\"'") or _goes_on(text, end)):
        return "put the whole text into quotes"  # in brackets it may go on
    if is_short(text, start) and (": " in whole or whole.endswith(":")):
        return advise("write", short(whole), "put the title into quotes")
    return advise("put the whole text into quotes:", in_quotes(whole), "put the whole text into quotes")


def short(whole: str) -> str:
    """Return `title: feeling`, or `title:` with its keys below, with the title in quotes."""
    title, _, feeling = (whole + " " if whole.endswith(":") else whole).rpartition(": ")
    return f"{in_quotes(title)}: {feeling}".rstrip()


def is_short(text: str, start: int) -> bool:
    """Return whether a touchpoint or stage in short may start at an offset: an item without a key, in their list."""
    line = offsets.line_start(text, start)
    return bool(_ITEM.fullmatch(text, line, start)) and list_key(text, start) in ("touchpoints", "stages", "")


def list_key(text: str, at: int) -> str:
    """Return the key above the list that the line of an offset is in; "" if no field has it, as the name of a stage."""
    column = offsets.indented(text, at) - offsets.line_start(text, at)
    start, end = offsets.line_above(text, at)
    while end:
        line = text[start:end]
        indented = len(line) - len(line.lstrip(" "))
        if indented < column or (indented == column and not line.startswith("-", indented)):
            key = line.strip(" -").rstrip(": ")
            return key if key in owners() else ""
        start, end = offsets.line_above(text, start)
    return ""


def _goes_on(text: str, end: int) -> bool:
    """Return whether a text in brackets may go on after a comma: unless the next key follows it."""
    return text[end : end + 1] == "," and not _FLOW_END.match(text, end)


def text_end(text: str, start: int) -> int:
    """Return the offset at which a text on one line ends: before a comment, and in brackets before what follows."""
    end = offsets.line_end(text, start)
    opened = offsets.unclosed(text, start)
    if opened is not None:
        pattern = _FLOW_ITEM_END if text[opened] == "[" else _FLOW_END
        found = pattern.search(text, start + 1, end)
    else:
        found = _COMMENT.search(text, start, end)
    return found.start() if found else end
