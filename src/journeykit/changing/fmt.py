"""Format a journey file, and check that its data and comments are unchanged."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from journeykit.changing.channel_names import channel_edits
from journeykit.changing.comment_cursor import NoLayoutError
from journeykit.changing.data import first_difference, same_data
from journeykit.changing.edits import apply_edits
from journeykit.changing.layout import canonical_layout
from journeykit.linting.suppression import comments_of
from journeykit.reading import Document
from journeykit.reading.yaml_text import parse_yaml
from journeykit.source import Position, Source

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Formatted(NamedTuple):
    """A text in canonical layout; or as it was, and then `problem` says why and `at` where.

    `broken` says that the new layout would have lost something, which is an error in the layout and not in the file.
    """

    text: str
    problem: str = ""
    at: Position = Position(1, 1)
    broken: bool = False


def format_journey(document: Document) -> Formatted:
    """Return a document that is a journey in canonical layout, with the line break of its first line."""
    text = document.source.text
    source = _with_names(_with_lf(document.source), document)
    assert source.root is not None
    try:
        new = canonical_layout(source.text, source.root)
    except NoLayoutError as unusual:
        return Formatted(text, unusual.message, source.position(unusual.at))
    if new != source.text and (loss := _loss(source, new)):
        return Formatted(text, loss.message, source.position(loss.at), broken=True)
    first = _LINE_BREAK.search(text)
    return Formatted(new.replace("\n", first[0]) if first else new)


def _with_lf(source: Source) -> Source:
    """Return the source with LF as line break."""
    if "\r" not in source.text:
        return source
    text = _LINE_BREAK.sub("\n", source.text)
    return Source(source.name, text, parse_yaml(text).root, source.aliases)


def _with_names(source: Source, document: Document) -> Source:
    """Return the source with names of channels replaced by their ids."""
    assert document.journey is not None
    if not (edits := channel_edits(source, document.journey)):
        return source
    text = apply_edits(source.text, edits)
    return Source(source.name, text, parse_yaml(text).root, source.aliases)


class _Loss(NamedTuple):
    """What a new layout would lose, and its offset in the text."""

    message: str
    at: int


def _loss(source: Source, text: str) -> _Loss | None:
    """Compare the data and the comments of a new text with those of the old one."""
    old, new = parse_yaml(source.text), parse_yaml(text)
    if new.faults or not same_data(old.data, new.data):
        path = first_difference(old.data, new.data)
        return _Loss("the canonical layout would change this value", source.locate(path or ()).start)
    comments = comments_of(source)
    kept = Counter(comment.text.rstrip() for comment in comments_of(Source(source.name, text, new.root)))
    seen: Counter[str] = Counter()
    for comment in comments:
        seen[comment.text.rstrip()] += 1
        if seen[comment.text.rstrip()] > kept[comment.text.rstrip()]:
            return _Loss("the canonical layout would lose this comment", comment.start)
    return None if seen == kept else _Loss("the canonical layout would double a comment", 0)
