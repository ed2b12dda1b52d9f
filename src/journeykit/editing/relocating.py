"""Move an item of a list in the text, as it is written and with its comments; refused where a comment would be lost."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy

from journeykit.changing.edits import Edit
from journeykit.changing.fixing import Budget, Fixes
from journeykit.changing.inserting import insertion
from journeykit.changing.moving import moved
from journeykit.changing.parsed_text import NotEditableError, ParsedText, node_of
from journeykit.changing.removing import spans_of
from journeykit.changing.targets import expected_data
from journeykit.editing.refusal import ActRefusedError
from journeykit.editing.steps import changed, checked, not_safe, parsed_text
from journeykit.fix import Fix, Remove, Set
from journeykit.linting.suppression import comments_of
from journeykit.reading import Document
from journeykit.reading.schema_guesses import at_path
from journeykit.source import Entry, KeyPath

_COMMENT = re.compile(r"#[^\r\n]*")
_COMMENT_BEHIND = re.compile(r"[ \t]*,?[ \t]*#")


def relocated(document: Document, item: KeyPath, before: KeyPath) -> Document:
    """Return the document with an item before another one, or at the end of its list. Raises ActRefusedError.

    It moves as it is written. Where brackets do not allow that, it is written anew; if that would lose a comment, the
    brackets are written over lines first.
    """
    if (after := _moved(document, item, before)) is not None:
        return after
    if item[:-1] == before[:-1]:
        return _reordered(document, item, int(before[-1]))
    refused = not_safe(document, item)
    if not _has_comments(document, item):
        try:
            return _written_anew(document, item, before)
        except ActRefusedError as error:
            refused = error
    after = _moved(over_lines(over_lines(document, before[:-1]), item[:-1]), item, before)
    if after is None:
        raise refused
    return after


def _moved(document: Document, item: KeyPath, before: KeyPath) -> Document | None:
    """Return the document with the lines of an item moved; None where it or its new place is in brackets."""
    data = parsed_text(document).data
    into = before[:-1]
    if at_path(data, into):
        return moved(document, item, before)
    value = at_path(data, item)
    if isinstance(value, str):
        value = {"title": value}  # a text alone would be written in brackets
    elif isinstance(value, dict):  # with a second item of the same id it would be no journey
        value = {"title": value["title"]} if "title" in value else {k: one for k, one in value.items() if k != "id"}
    try:  # a list without items has no lines to move to: it gets some, and loses them afterwards
        after = moved(changed(document, [Set((*into, 0), value)]), item, (*into, 0))
        return None if after is None else changed(after, [Remove((*into, 1))])
    except ActRefusedError:
        return None


def _has_comments(document: Document, item: KeyPath) -> bool:
    """Return whether comments stand inside an item or behind it."""
    parsed = parsed_text(document)
    node = parsed.node(item)
    end = parsed.line_end(node.end) if _COMMENT_BEHIND.match(parsed.text, node.end) else node.end
    return any(node.start <= one.start < end for one in comments_of(document.source))


def _written_anew(document: Document, item: KeyPath, before: KeyPath) -> Document:
    fixes = Fixes.of_document(document, Budget(1))
    assert fixes.parsed is not None
    source, target = (at_path(fixes.parsed.data, path[:-1]) for path in (item, before))
    if not isinstance(source, list) or (target is not None and not isinstance(target, list)):
        raise not_safe(document, item)
    value, place = source[int(item[-1])], int(before[-1])
    out = Remove(item) if len(source) > 1 else Set(item[:-1], [])  # the comment behind a list stays
    changes = (out,) if target else (Set((*before[:-1], 0), value), out)
    try:
        edits, _, found = fixes.written([Fix("", changes, False)], ordered=True)
        data = expected_data(fixes.parsed.data, found)
        if target:
            at_path(data, before[:-1]).insert(place, value)
            edits = [insertion(fixes.parsed, before[:-1], place, value), *edits]
        return checked(document, item, edits, data)
    except (NotEditableError, ValueError):
        raise not_safe(document, item) from None


def _reordered(document: Document, item: KeyPath, place: int) -> Document:
    """Return the document with an item elsewhere in its own list in brackets: the texts of the items change places."""
    parsed = parsed_text(document)
    path, at = item[:-1], int(item[-1])
    try:
        node = parsed.node(path)
        if parsed.is_alias(node) or not isinstance(node.children, Sequence):
            raise not_safe(document, item)
        spans = spans_of(parsed, node, node.children)
    except NotEditableError:
        raise not_safe(document, item) from None
    order = list(range(len(spans)))
    order.insert(place - (place > at), order.pop(at))
    edits = [
        Edit(span.start, span.end, parsed.text[spans[other].start : spans[other].end])
        for span, number, other in zip(spans, range(len(spans)), order, strict=True)
        if number != other
    ]
    data = deepcopy(parsed.data)
    items = at_path(data, path)
    items.insert(place - (place > at), items.pop(at))
    return checked(document, item, edits, data, in_order=False)


def over_lines(document: Document, path: KeyPath) -> Document:
    """Return the document in which no brackets are around the items of a list. Raises ActRefusedError.

    What is in the brackets stays as it is written, with its comments.
    """
    for length in range(1, len(path) + 1):
        parsed = parsed_text(document)
        if at_path(parsed.data, path[:length]) and parsed.is_flow(parsed.node(path[:length])):
            edit = _opened(parsed, path[:length])
            if edit is None:
                raise not_safe(document, path)
            document = checked(document, path, [edit], parsed.data)
    return document


def _opened(parsed: ParsedText, path: KeyPath) -> Edit | None:
    """Return the edit that writes what is in brackets over lines; None for a list in a list."""
    entry = parsed.child(path)
    node = node_of(entry)
    is_list = isinstance(node.children, Sequence)
    if isinstance(entry, Entry):
        pad = " " * parsed.column_below([] if is_list else {}, parsed.column(entry.start))
        start, first = entry.end + 1, parsed.line_break + pad
        start += len(parsed.text[start : node.start].rstrip(" "))
    elif is_list:
        return None
    else:
        pad, start, first = " " * parsed.column(node.start), node.start, ""
    assert node.children is not None
    parts = list(node.children.values()) if isinstance(node.children, Mapping) else list(node.children)
    lines: list[str] = []
    end = node.start + 1
    for span in spans_of(parsed, node, parts):
        _keep_comments(parsed.text[end : span.start], lines)
        lines.append(f"{'- ' * is_list}{parsed.text[span.start : span.end]}")
        end = span.end
    _keep_comments(parsed.text[end : node.end - 1], lines)
    return Edit(start, node.end, first + f"{parsed.line_break}{pad}".join(lines))


def _keep_comments(between: str, lines: list[str]) -> None:
    """Put the comments between two parts on the line of the first one, or on lines of their own."""
    for found in _COMMENT.finditer(between):
        if lines and not between[: found.start()].strip(" \t,"):
            lines[-1] += f" {found[0]}"
        else:
            lines.append(found[0])
