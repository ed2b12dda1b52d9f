"""Single changes of a text, each read again: refused unless the data are as meant and all comments are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from journeykit.changing import apply_edits
from journeykit.changing.data import same_data
from journeykit.changing.edits import Edit
from journeykit.changing.fixing import Budget, Fixes
from journeykit.changing.inserting import insertion
from journeykit.changing.moving import indented
from journeykit.changing.parsed_text import NotEditableError, ParsedText
from journeykit.changing.targets import expected_data
from journeykit.editing.refusal import IN_TEXT, ActRefusedError, first_error, line_of
from journeykit.fix import Change, Fix, Set
from journeykit.linting.suppression import comments_of
from journeykit.reading import Document, read_text
from journeykit.reading.schema_guesses import at_path
from journeykit.source import Entry, KeyPath, Span


def changed(document: Document, changes: Sequence[Change], *, with_comments: bool = False) -> Document:
    """Return the document with values set and removed; paths are those of the journey as it is.

    A comment on a line of its own in what is removed goes only `with_comments`. Raises ActRefusedError.
    """
    fixes = Fixes.of_document(document, Budget(1))
    where = changes[0].path
    if fixes.parsed is None:
        raise first_error(document)
    try:
        edits, gone, found = fixes.written([Fix("", tuple(changes), False)], ordered=True)
        data = expected_data(fixes.parsed.data, found)
        return checked(document, where, edits, data, gone, with_comments=with_comments)
    except (NotEditableError, ValueError):
        raise not_safe(document, where) from None


def checked(
    document: Document,
    where: KeyPath,
    edits: Sequence[Edit],
    data: Any,
    gone: Sequence[Span] = (),
    *,
    with_comments: bool = False,
    in_order: bool = True,
) -> Document:
    """Return the document with edits if it then has `data` and all comments, else raise ActRefusedError.

    Comments behind what is `gone` may go, `with_comments` those on lines of their own too. Where items move, comments
    need not stay `in_order`.
    """
    after = read_text(apply_edits(document.source.text, edits), document.source.name, document.shared)
    if after.yaml is None or after.yaml.faults or not same_data(after.yaml.data, data):
        raise not_safe(document, where)
    may_go = {
        one.start
        for one in comments_of(document.source)
        if (with_comments or not one.alone) and any(start <= one.start < end for start, end in gone)
    }
    before = [one.text for one in comments_of(document.source) if one.start not in may_go]
    now = [one.text for one in comments_of(after.source)]
    if before != now if in_order else Counter(before) != Counter(now):
        raise ActRefusedError("a comment would be lost", IN_TEXT, line_of(document, where))
    if after.journey is None:
        raise first_error(after)
    return after


def inserted(document: Document, path: KeyPath, number: int, value: Any) -> Document:
    """Return the document with an item in a list, before the item `number` or at the end. Raises ActRefusedError."""
    parsed = parsed_text(document)
    file_path = document.source.in_file(path)[0]
    items = at_path(parsed.data, file_path)
    if not isinstance(items, list) or not items:
        return changed(document, [Set((*path, len(items) if isinstance(items, list) else 0), value)])
    data = deepcopy(parsed.data)
    at_path(data, file_path).insert(number, value)
    try:
        edit = insertion(parsed, file_path, number, value)
    except NotEditableError:
        raise not_safe(document, path) from None
    return checked(document, path, [edit], data)


def in_a_stage(document: Document, stage: Any) -> Document:
    """Return the document of a map without stages with all touchpoints in a first one. Raises ActRefusedError."""
    parsed = parsed_text(document)
    where: KeyPath = ("touchpoints",)
    if not isinstance(stage, dict) or "touchpoints" in stage:
        raise ActRefusedError("the first stage takes the touchpoints that there are", "add it without some of its own")
    entry = parsed.child(where)
    if parsed.is_flow(parsed.root) or not isinstance(entry, Entry):
        raise not_safe(document, where)
    data = {**parsed.data, "stages": [{**stage, "touchpoints": parsed.data["touchpoints"]}]}
    del data["touchpoints"]
    line_break, column = parsed.line_break, parsed.column(entry.start)
    head = "".join(f"{line_break}{line}" for line in parsed.below([stage], column + 2))
    below = parsed.next_line(entry.end)
    end = parsed.next_line(max(entry.value.end - 1, entry.end))
    lines = indented(parsed.text[below:end], 4)
    new = f"stages:{head}{line_break}{' ' * (column + 4)}{parsed.raw(entry)}"
    edits = [Edit(entry.start, entry.end, new.removesuffix(":")), Edit(below, max(below, end), lines)]
    return checked(document, where, edits, data)


def spelled_out(document: Document, path: KeyPath) -> Document:
    """Return the document in which a touchpoint `title: feeling` has a title and no feeling. Raises ActRefusedError."""
    parsed = parsed_text(document)
    key, part = document.source.in_file((*path, "title"))
    if part != "key":
        raise not_safe(document, path)
    entry = parsed.child(key)
    value = parsed.node(key)
    data = deepcopy(parsed.data)
    item = at_path(data, path)
    title = key[-1]
    rest = {name: one for name, one in item.items() if name != title}
    at_path(data, path[:-1])[path[-1]] = {"title": title, **rest}
    end = max(value.end, entry.end)
    return checked(document, path, [Edit(entry.start, entry.start, "title: "), Edit(entry.end, end, "")], data)


def parsed_text(document: Document) -> ParsedText:
    """Return the text with its nodes. Raises ActRefusedError if it cannot be read."""
    if document.yaml is None or document.yaml.root is None or document.yaml.faults:
        raise first_error(document)
    return ParsedText(document.source.text, document.yaml.root, document.yaml.data)


def not_safe(document: Document, path: KeyPath) -> ActRefusedError:
    """Return the refusal for a place that cannot be changed without loss, with the reason where it is known."""
    line = line_of(document, path)
    span = document.source.locate(path)
    if document.yaml is not None and document.yaml.root is not None:
        parsed = ParsedText(document.source.text, document.yaml.root, document.yaml.data)
        if parsed.is_shared(span.start, span.end) or document.source.text[span.start : span.start + 1] == "*":
            return ActRefusedError("this is written once for several places (with & and *)", IN_TEXT, line)
    return ActRefusedError("this is written in a way that cannot be changed safely here", IN_TEXT, line)
