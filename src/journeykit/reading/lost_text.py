"""Find text that YAML drops silently: after a `#`, and in an anchor that no alias refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from journeykit.reading.faults import shown
from journeykit.reading.quoting import advise, in_quotes, is_short, quote_from, short
from journeykit.reading.scalars import plain
from journeykit.reading.yaml_faults import Mask, YamlFault
from journeykit.source import Node

_HASH = re.compile(r"#(?!(?i:journeykit):)[^\s#!][^\r\n]*")


def cut_texts(text: str, root: Node | None) -> Iterator[YamlFault]:
    """Yield a fault for each plain text that is cut off by a `#` directly before a word, as in `bank #1 in town`."""
    cuts = dict(_hashes(text))
    if not cuts or root is None:
        return
    for start, end in _scalars(root):
        if (found := cuts.get(end)) and text[start : start + 1] not in ('"', "'", "|", ">", "*"):
            del cuts[end]
            if type(plain(text[start:end])) in (str, type(None)):  # after a number, it is a comment
                yield _cut(text, start, end, found)


def _hashes(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield each comment that starts with a `#` directly before a word, after the end of the text before it."""
    at = text.find("#")
    while at >= 0:
        end = at
        while end > 0 and text[end - 1] in " \t":
            end -= 1
        if 0 < end < at and text[end - 1] not in "\r\n" and (found := _HASH.match(text, at)):
            yield end, found
        at = text.find("#", at + 1)


def _cut(text: str, start: int, end: int, found: re.Match[str]) -> YamlFault:
    rest = found[0].rstrip()
    place = (found.start(), found.start() + len(rest))
    if text[start:end] in ("", "-"):
        message, whole, mask, start = "# starts a comment, so there is no text here", rest, Mask(start, start), place[0]
    else:
        whole, mask = " ".join(text[start : place[1]].split()), None
        message = f'"{shown(rest)}" is cut off: # starts a comment'
    help = f"{_put_in_quotes(text, start, whole)}; or leave a space after # if it is a comment"
    return YamlFault("text-cut", message, help, *place, mask)


def _put_in_quotes(text: str, start: int, whole: str) -> str:
    """Return the help to put a text that starts at an offset into quotes, without its feeling (`- I call #2: sad`)."""
    if set(whole) & set("]}"):  # where the text ends and brackets close cannot be known
        return "put the text into quotes"
    written = short(whole) if ": " in whole and is_short(text, start) else in_quotes(whole)
    return advise("put the text into quotes:", written, "put the text into quotes")


def _scalars(root: Node) -> Iterator[tuple[int, int]]:
    """Yield start and end of every scalar value; the values of an anchor only once."""
    waiting, seen = [root], set()
    while waiting:
        node = waiting.pop()
        children = node.children
        if children is None:
            yield node.start, node.end
        elif id(children) not in seen:
            seen.add(id(children))
            nodes = [entry.value for entry in children.values()] if isinstance(children, Mapping) else children
            waiting += nodes


def unused_anchor(text: str, start: int, end: int, name: str) -> YamlFault:
    """Return the fault of a text like `&card I get a card`, which YAML reads as a text with an anchor."""
    help = quote_from(text, start)
    message = "a text that starts with & needs quotes"
    name_end = start + 1 + len(name)
    mask = Mask(start, start) if not text[name_end:end].strip() else None  # so that it is not also an empty value
    return YamlFault("yaml-syntax", message, help, start, name_end, mask, damage_end=end)
