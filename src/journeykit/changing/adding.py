"""Edits that put something into a text: other values, further keys and items, other keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from journeykit.changing.edits import Edit
from journeykit.changing.sheet import Sheet, UnfitError, node_of, on_one_line
from journeykit.changing.targets import Insert, Rename, Replace
from journeykit.changing.written import inline, restyled, written_key
from journeykit.source import Entry, Node, Path


def rename(sheet: Sheet, target: Rename) -> Iterable[Edit]:
    """Another key, in the quotes of the old one."""
    entry = sheet.child(target.path)
    if not isinstance(entry, Entry):
        raise UnfitError("an item has no key")
    key = written_key(target.key, sheet.raw(entry), flow=sheet.in_flow(target.path))
    yield Edit(entry.start, entry.end, key)


def replace(sheet: Sheet, target: Replace) -> Iterable[Edit]:
    """Another value in the style of the old one."""
    found = sheet.child(target.path)
    node, flow = node_of(found), sheet.in_flow(target.path)
    value = target.value
    if target.keeps is not None and sheet.line_end(node.start) >= node.end:
        yield from _kept(sheet, found, target, flow)
    elif not on_one_line(value) and not flow:
        yield from _as_block(sheet, found, sheet.below(value, _column(sheet, found, value)))
    elif node.children is not None and not sheet.is_alias(node) and not sheet.is_flow(node):
        yield Edit(_after_mark(sheet, found), node.end, f" {inline(value)}")
    elif _is_empty(sheet, node):
        yield from _filled(sheet, found, inline(value, flow=flow))
    else:
        yield Edit(node.start, node.end, restyled(sheet.raw(node), value, flow=flow))


def insert(sheet: Sheet, parent: Path, targets: list[Insert]) -> Iterable[Edit]:
    """Further keys or items behind the last one, indented and separated as those are."""
    node = sheet.node(parent)
    if sheet.is_alias(node):
        raise UnfitError("an alias")
    values: Any = [target.value for target in targets]
    if isinstance(node.children, Mapping):
        values = {target.key: target.value for target in targets}
    if sheet.is_flow(node):
        if not node.children and not sheet.in_flow(parent) and not _fits_in_brackets(values):
            return replace(sheet, Replace(parent, values))
        return _into_brackets(sheet, node, inline(values, flow=True)[1:-1])
    at = sheet.line_end(node.end)
    return [Edit(at, at, _lines(sheet, sheet.below(values, sheet.column(node.start))))]


def _fits_in_brackets(values: Any) -> bool:
    """Whether new values of an empty collection are simple enough for its brackets."""
    return all(on_one_line(one) for one in (values.values() if isinstance(values, dict) else values))


def _into_brackets(sheet: Sheet, node: Node, content: str) -> Iterable[Edit]:
    children = list(node.children.values() if isinstance(node.children, Mapping) else node.children or ())
    if not children:
        yield Edit(node.start + 1, node.start + 1, content)
        return
    last = children[-1]
    end = node_of(last).end
    behind = sheet.skip(end)
    comma = sheet.text[behind : behind + 1] == ","
    if not comma:
        yield Edit(end, end, ",")
    at = behind + 1 if comma else end
    content += "," if comma else ""
    if sheet.before(last.start).strip() or sheet.line_end(at) > node.end:  # others stand on its line
        yield Edit(at, at, f" {content}")
    else:
        at = sheet.line_end(at)
        yield Edit(at, at, f"{sheet.line_break}{' ' * sheet.column(last.start)}{content}")


def _kept(sheet: Sheet, found: Entry | Node, target: Replace, flow: bool) -> Iterable[Edit]:
    """A text that becomes the first value of a mapping, as it is written."""
    node = node_of(found)
    raw = sheet.raw(node)
    further = {key: value for key, value in target.value.items() if key != target.keeps}
    if flow:
        yield Edit(node.start, node.start, f"{{{target.keeps}: ")
        yield Edit(node.end, node.end, f", {inline(further, flow=True)[1:-1]}}}")
        return
    column = _column(sheet, found, target.value)
    yield from _as_block(sheet, found, [f"{' ' * column}{target.keeps}: {raw}", *sheet.below(further, column)])


def _as_block(sheet: Sheet, found: Entry | Node, lines: list[str]) -> Iterable[Edit]:
    """Lines of a block as the value of a key or dash; a comment stays behind the key, or behind the first line."""
    node = node_of(found)
    if isinstance(found, Entry):
        yield Edit(_after_mark(sheet, found), max(node.end, _after_mark(sheet, found)), "")
    else:
        empty = _is_empty(sheet, node)
        yield Edit(node.end if empty else node.start, node.end, " " * empty + lines.pop(0).lstrip(" "))
    at = sheet.line_end(node.end)
    yield Edit(at, at, _lines(sheet, lines))


def _lines(sheet: Sheet, lines: Iterable[str]) -> str:
    return "".join(sheet.line_break + line for line in lines)


def _column(sheet: Sheet, found: Entry | Node, value: Any) -> int:
    """Where the keys or dashes of a collection stand that becomes the value of a key, or an item."""
    if isinstance(found, Entry):
        return sheet.column_below(value, sheet.column(found.start))
    return sheet.column(found.start) + 2 * _is_empty(sheet, found)


def _is_empty(sheet: Sheet, node: Node) -> bool:
    """Whether a value is left out; the place of an item is its dash then."""
    return node.start == node.end or (node.children is None and sheet.raw(node) == "-")


def _filled(sheet: Sheet, found: Entry | Node, text: str) -> Iterable[Edit]:
    """A value where there is none."""
    if isinstance(found, Entry):
        mark = sheet.skip(found.end)
        if sheet.text[mark : mark + 1] != ":":  # {key}
            yield Edit(found.end, found.end, f": {text}")
            return
        yield Edit(mark + 1, mark + 1, f" {text}")
    else:
        yield Edit(found.end, found.end, f" {text}")


def _after_mark(sheet: Sheet, found: Entry | Node) -> int:
    """Behind the colon of a key; an item that is a block of lines is not made something else."""
    if not isinstance(found, Entry):
        raise UnfitError("an item of several lines")
    mark = sheet.skip(found.end)
    if sheet.text[mark : mark + 1] != ":":
        raise UnfitError("a key without a colon")
    return mark + 1
