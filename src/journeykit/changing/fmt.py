"""Canonical layout of a journey file, held against what it was: the same data, the same comments."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from journeykit.changing.channel_names import channel_edits
from journeykit.changing.cursor import Unusual
from journeykit.changing.edits import apply_edits
from journeykit.changing.fixing import same_data
from journeykit.changing.layout import laid_out
from journeykit.linting.suppression import comments_of
from journeykit.reading import Document
from journeykit.reading.yaml_text import build
from journeykit.source import Position, Source

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Formatted(NamedTuple):
    """A text in canonical layout; or as it was, and then `problem` says why and `at` where.

    `broken` tells that the layout itself would have changed what the file says, which must not be.
    """

    text: str
    problem: str = ""
    at: Position = Position(1, 1)
    broken: bool = False


def formatted(document: Document) -> Formatted:
    """Lay out a document that is a journey. Lines keep the kind of break that the first one has."""
    text = document.source.text
    source = _with_names(_with_lf(document.source), document)
    assert source.root is not None
    try:
        new = laid_out(source.text, source.root)
    except Unusual as unusual:
        return Formatted(text, unusual.message, source.position(unusual.at))
    if new != source.text and not _holds(source, new):
        return Formatted(text, "its meaning would not be kept", broken=True)
    first = _LINE_BREAK.search(text)
    return Formatted(new.replace("\n", first[0]) if first else new)


def _with_lf(source: Source) -> Source:
    if "\r" not in source.text:
        return source
    text = _LINE_BREAK.sub("\n", source.text)
    return Source(source.name, text, build(text).root, source.aliases)


def _with_names(source: Source, document: Document) -> Source:
    """The source with its channels named by their ids."""
    assert document.journey is not None
    if not (edits := channel_edits(source, document.journey)):
        return source
    text = apply_edits(source.text, edits)
    return Source(source.name, text, build(text).root, source.aliases)


def _holds(source: Source, text: str) -> bool:
    """Whether a new text says the same and has all comments."""
    old, new = build(source.text), build(text)
    if new.faults or not same_data(old.data, new.data):
        return False
    return _comments(source) == _comments(Source(source.name, text, new.root))


def _comments(source: Source) -> Counter[str]:
    return Counter(comment.text.rstrip() for comment in comments_of(source))
