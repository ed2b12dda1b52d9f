"""Text that YAML drops without a word: behind a `#`, and in an anchor that nobody refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from journeykit.reading.faults import shown
from journeykit.reading.yaml_faults import Blank, Fault
from journeykit.source import Node

_HASH = re.compile(r"(?<=\S)[ \t]+(#(?!journeykit:)[^\s#!][^\r\n]*)")


def cut_texts(text: str, root: Node | None) -> Iterator[Fault]:
    """Plain texts that a `#` ends which stands right before a word, as in `bank #1 in town`."""
    if " #" not in text and "\t#" not in text:
        return
    cuts = {found.start(): found for found in _HASH.finditer(text)}
    if not cuts or root is None:
        return
    for start, end in _scalars(root):
        if (found := cuts.get(end)) and text[start : start + 1] not in ('"', "'", "|", ">", "*"):
            del cuts[end]
            yield _cut(text, start, end, found)


def _cut(text: str, start: int, end: int, found: re.Match[str]) -> Fault:
    rest = found[1].rstrip()
    place = (found.start(1), found.start(1) + len(rest))
    if text[start:end] in ("", "-"):
        help = f"put the text into quotes: {_in_quotes(rest)}; or leave a space after # if it is a comment"
        return Fault("text-cut", "# starts a comment, so there is no text here", help, *place, Blank(start, start))
    whole = " ".join(text[start : place[1]].split())
    help = f"put the text into quotes: {_in_quotes(whole)}; or leave a space after # if it is a comment"
    return Fault("text-cut", f'"{shown(rest)}" is cut off: # starts a comment', help, *place)


def _in_quotes(text: str) -> str:
    return f'"{shown(text)}"' if not set(text) & set('"\\]}') else '"…"'


def _scalars(root: Node) -> Iterator[tuple[int, int]]:
    """Start and end of every value that is no collection; of what an alias names, once."""
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


def unused_anchor(text: str, start: int, end: int, name: str) -> Fault:
    """`&card I get a card`: to YAML, a text that can be referred to as `*card`."""
    help = f"put the whole text into quotes: {_in_quotes(' '.join(text[start:end].split()))}"
    message = "a text that starts with & needs quotes"
    return Fault("yaml-syntax", message, help, start, start + 1 + len(name), spoils=end)
