"""Move one of the journey's own definitions, such as a lane: `path`, `by` (how many places; less than 0 is earlier).

Comments above it and in its lines move along.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from journeykit.changing.edits import Edit
from journeykit.changing.parsed_text import NotEditableError
from journeykit.editing.analysis import Analysis
from journeykit.editing.made import Made
from journeykit.editing.places import item_at, name_of
from journeykit.editing.refusal import MalformedError
from journeykit.editing.steps import checked, not_safe, parsed_text
from journeykit.reading import Document
from journeykit.reading.schema_guesses import at_path
from journeykit.source import Entry, KeyPath


def make(analysis: Analysis, act: Mapping[str, Any]) -> Made:
    """Return the text with a definition at another place among the others."""
    path, value = item_at(act, analysis)
    by = act.get("by")
    if isinstance(path[-1], int) or type(by) is not int:
        raise MalformedError('"path" is that of a definition, and "by" a number of places')
    document = analysis.document
    try:
        others = list(at_path(parsed_text(document).data, path[:-1]))
        at = others.index(path[-1])
        to = min(max(at + by, 0), len(others) - 1)
        way = 1 if to > at else -1
        for _ in range(abs(to - at)):
            document = _exchanged(document, path[:-1], min(at, at + way))
            at += way
    except NotEditableError:
        raise not_safe(document, path) from None
    return Made.of(analysis, document, f"move: {name_of(value) or path[-1]}")


def _exchanged(document: Document, path: KeyPath, number: int) -> Document:
    """Return the document with an entry of a mapping behind the next one."""
    parsed = parsed_text(document)
    keys = list(parsed.value(path))
    above, below = ((*path, key) for key in keys[number : number + 2])
    first, second = parsed.child(above), parsed.child(below)
    before = parsed.child((*path, keys[number - 1])) if number else parsed.child(path)
    if not (isinstance(first, Entry) and isinstance(second, Entry) and isinstance(before, Entry)):
        raise NotEditableError("no entries of a mapping")
    if parsed.is_flow(parsed.node(path)):
        ends = [max(one.end, one.value.end) for one in (first, second)]
        texts = [parsed.text[one.start : end] for one, end in zip((first, second), ends, strict=True)]
        edits = [Edit(first.start, ends[0], texts[1]), Edit(second.start, ends[1], texts[0])]
    else:
        last = [parsed.next_line(max(one.end, one.value.end - 1)) for one in (first, second)]
        start = parsed.next_line(max(before.end, before.value.end - 1) if number else before.end)
        lines, lower = parsed.text[start : last[0]], parsed.text[last[0] : last[1]]
        if not lower.endswith(("\n", "\r")):
            lower, lines = lower + parsed.line_break, lines.rstrip("\r\n")
        edits = [Edit(start, last[1], lower + lines)]
    moved = checked(document, above, edits, deepcopy(parsed.data), in_order=False)
    if list(parsed_text(moved).value(path)) != [*keys[:number], keys[number + 1], keys[number], *keys[number + 2 :]]:
        raise NotEditableError("another order than was meant")
    return moved
