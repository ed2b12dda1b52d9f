"""Create edits that replace values, insert keys and items, and rename keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from journeykit.changing.edits import Edit
from journeykit.changing.emitter import in_style_of, inline, key_text, literal
from journeykit.changing.order import FREE, KeyLayout
from journeykit.changing.parsed_text import NotEditableError, ParsedText, node_of, on_one_line
from journeykit.changing.targets import Insert, Rename, Replace
from journeykit.source import Entry, KeyPath, Node


def rename(parsed: ParsedText, target: Rename) -> Iterable[Edit]:
    """Rename a key and keep its quotes."""
    entry = parsed.child(target.path)
    if not isinstance(entry, Entry):
        raise NotEditableError("an item has no key")
    key = key_text(target.key, parsed.raw(entry), flow=parsed.in_flow(target.path))
    yield Edit(entry.start, entry.end, key)


def replace(parsed: ParsedText, target: Replace) -> Iterable[Edit]:
    """Replace a value in the style of the old one."""
    found = parsed.child(target.path)
    node, flow = node_of(found), parsed.in_flow(target.path)
    value = target.value
    if target.keeps is not None and parsed.line_end(node.start) >= node.end:
        yield from _keep_as_first_value(parsed, found, target, flow)
    elif not flow and node.children is None and (lines := literal(value, _column(parsed, found, {}))):
        yield from _as_literal(parsed, found, value, lines)
    elif not on_one_line(value) and not flow:
        yield from _as_block(parsed, found, parsed.below(value, _column(parsed, found, value)))
    elif node.children is not None and not parsed.is_alias(node) and not parsed.is_flow(node):
        yield Edit(_after_mark(parsed, found), node.end, f" {inline(value)}")
    elif _is_empty(parsed, node):
        yield from _fill(parsed, found, inline(value, flow=flow))
    else:
        yield Edit(node.start, node.end, in_style_of(parsed.raw(node), value, flow=flow))


def insert(parsed: ParsedText, parent: KeyPath, targets: list[Insert], layout: KeyLayout = FREE) -> Iterable[Edit]:
    """Insert keys or items after the last one, with its indentation and separators.

    With a layout that orders keys, a key over lines goes behind the last of those that come before it.
    """
    node = parsed.node(parent)
    if parsed.is_alias(node):
        raise NotEditableError("an alias")
    values: Any = [target.value for target in targets]
    if isinstance(node.children, Mapping):
        values = {target.key: target.value for target in targets}
    if parsed.is_flow(node):
        if not node.children and not parsed.in_flow(parent) and not _fits_in_brackets(values):
            return replace(parsed, Replace(parent, values))
        return _into_brackets(parsed, node, inline(values, flow=True)[1:-1])
    if layout.ranks and isinstance(node.children, Mapping):
        return _in_order(parsed, node, values, layout)
    at = parsed.line_end(node.end)
    return [Edit(at, at, _lines(parsed, parsed.below(values, parsed.column(node.start))))]


def _in_order(parsed: ParsedText, node: Node, values: Mapping[Any, Any], layout: KeyLayout) -> Iterable[Edit]:
    """Insert keys, each behind the last key that comes before it in the order of the format."""
    assert isinstance(node.children, Mapping)
    entries = list(node.children.items())
    for key in sorted(values, key=layout.rank):
        before = [entry for other, entry in entries if layout.rank(other) < layout.rank(key)]
        entry = max(before, key=lambda entry: entry.start, default=entries[0][1])
        at = parsed.line_end(max(entry.value.end, entry.end))
        yield Edit(at, at, _lines(parsed, parsed.below({key: values[key]}, parsed.column(node.start))))


def _fits_in_brackets(values: Any) -> bool:
    """Return whether new values of an empty collection are simple enough for its brackets."""
    return all(on_one_line(one) for one in (values.values() if isinstance(values, dict) else values))


def _into_brackets(parsed: ParsedText, node: Node, content: str) -> Iterable[Edit]:
    children = list(node.children.values() if isinstance(node.children, dict) else node.children or ())
    if not children:
        yield Edit(node.start + 1, node.start + 1, content)
        return
    last = children[-1]
    end = node_of(last).end
    behind = parsed.skip(end)
    comma = parsed.text[behind : behind + 1] == ","
    if not comma:
        yield Edit(end, end, ",")
    at = behind + 1 if comma else end
    content += "," if comma else ""
    if parsed.before(last.start).strip() or parsed.line_end(at) > node.end:  # other items are on its line
        yield Edit(at, at, f" {content}")
    else:
        at = parsed.line_end(at)
        yield Edit(at, at, f"{parsed.line_break}{' ' * parsed.column(last.start)}{content}")


def _keep_as_first_value(parsed: ParsedText, found: Entry | Node, target: Replace, flow: bool) -> Iterable[Edit]:
    """Turn a text into the first value of a new mapping and leave it as it is written."""
    node = node_of(found)
    raw = parsed.raw(node)
    further = {key: value for key, value in target.value.items() if key != target.keeps}
    if flow:
        yield Edit(node.start, node.start, f"{{{target.keeps}: ")
        yield Edit(node.end, node.end, f", {inline(further, flow=True)[1:-1]}}}")
        return
    column = _column(parsed, found, target.value)
    yield from _as_block(parsed, found, [f"{' ' * column}{target.keeps}: {raw}", *parsed.below(further, column)])


def _as_block(parsed: ParsedText, found: Entry | Node, lines: list[str]) -> Iterable[Edit]:
    """Write lines as the value of a key or item; a comment stays after the key, or after the first line."""
    node = node_of(found)
    if isinstance(found, Entry):
        yield Edit(_after_mark(parsed, found), max(node.end, _after_mark(parsed, found)), "")
    else:
        empty = _is_empty(parsed, node)
        yield Edit(node.end if empty else node.start, node.end, " " * empty + lines.pop(0).lstrip(" "))
    at = parsed.line_end(node.end)
    yield Edit(at, at, _lines(parsed, lines))


def _as_literal(parsed: ParsedText, found: Entry | Node, value: str, lines: list[str]) -> Iterable[Edit]:
    """Write a text with several lines below `|-`, or in the style that it has if that is one of blocks."""
    node = node_of(found)
    if parsed.raw(node)[:1] in ("|", ">"):
        yield Edit(node.start, node.end, in_style_of(parsed.raw(node), value, flow=False))
    elif _is_empty(parsed, node):
        (fill,) = _fill(parsed, found, "|-")
        at = parsed.line_end(fill.end)
        yield from (fill, Edit(at, at, _lines(parsed, lines)))
    else:
        at = parsed.line_end(node.end)
        yield from (Edit(node.start, node.end, "|-"), Edit(at, at, _lines(parsed, lines)))


def _lines(parsed: ParsedText, lines: Iterable[str]) -> str:
    return "".join(parsed.line_break + line for line in lines)


def _column(parsed: ParsedText, found: Entry | Node, value: Any) -> int:
    """Return the column of the keys or dashes of a collection that becomes the value of a key or item."""
    if isinstance(found, Entry):
        return parsed.column_below(value, parsed.column(found.start))
    return parsed.column(found.start) + 2 * _is_empty(parsed, found)


def _is_empty(parsed: ParsedText, node: Node) -> bool:
    """Return whether a value is missing; the node of a missing item is its dash."""
    return node.start == node.end or (node.children is None and parsed.raw(node) == "-")


def _fill(parsed: ParsedText, found: Entry | Node, text: str) -> Iterable[Edit]:
    """Insert a value where there is none."""
    if isinstance(found, Entry):
        mark = parsed.skip(found.end)
        if parsed.text[mark : mark + 1] != ":":  # a key without a colon: {key}
            yield Edit(found.end, found.end, f": {text}")
            return
        yield Edit(mark + 1, mark + 1, f" {text}")
    else:
        yield Edit(found.end, found.end, f" {text}")


def _after_mark(parsed: ParsedText, found: Entry | Node) -> int:
    """Return the offset after the colon of a key. Raise NotEditableError for an item."""
    if not isinstance(found, Entry):
        raise NotEditableError("an item of several lines")
    mark = parsed.skip(found.end)
    if parsed.text[mark : mark + 1] != ":":
        raise NotEditableError("a key without a colon")
    return mark + 1
