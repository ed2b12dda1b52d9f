"""Edits that take keys and items out of a text, with their lines, their commas and their own comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from journeykit.changing.edits import Edit
from journeykit.changing.sheet import Sheet, UnfitError, node_of
from journeykit.source import Entry, Node, Path, Span, Step

_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?")


class Removal(NamedTuple):
    """Edits, and the stretches whose comments may go with what is removed."""

    edits: list[Edit]
    gone: list[Span]


def remove(sheet: Sheet, parent: Path, steps: set[Step]) -> Removal:
    """Take some, not all, of the keys or items out of a collection."""
    node = sheet.node(parent)
    children = node.children
    if children is None or sheet.is_alias(node):
        raise UnfitError("nothing that can be taken out")
    found = list(children.items()) if isinstance(children, Mapping) else list(enumerate(children))
    goes = [step in steps for step, _ in found]
    spans = _spans(sheet, node, [child for _, child in found])
    return _from_brackets(sheet, node, spans, goes) if sheet.is_flow(node) else _from_lines(sheet, spans, goes)


def _spans(sheet: Sheet, node: Node, children: Sequence[Entry | Node]) -> list[Span]:
    """Where each child starts, its dash or anchor included, and ends."""
    if node.start not in sheet.spans:
        sheet.spans[node.start] = _found_spans(sheet, node, children)
    return sheet.spans[node.start]


def _found_spans(sheet: Sheet, node: Node, children: Sequence[Entry | Node]) -> list[Span]:
    spans: list[Span] = []
    flow = sheet.is_flow(node)
    end = node.start + 1 if flow else node.start
    for child in children:
        start = sheet.skip(end)
        if flow and spans:
            if sheet.text[start : start + 1] != ",":
                raise UnfitError("no comma")
            start = sheet.skip(start + 1)
        end = node_of(child).end
        spans.append(Span(start, end))
    return spans


def _from_lines(sheet: Sheet, spans: list[Span], goes: list[bool]) -> Removal:
    removal = Removal([], [])
    for number, (span, going) in enumerate(zip(spans, goes, strict=True)):
        if not going:
            continue
        if not _REST.fullmatch(sheet.behind(span.end)):
            raise UnfitError("something follows on the line")
        removal.gone.append(Span(span.start, sheet.line_end(span.end)))
        if not sheet.before(span.start).strip():
            removal.edits.append(_whole_lines(sheet, span))
        else:  # the first key of an item, on the line of its dash: the next one takes its place
            stays = next((n for n in range(number, len(spans)) if not goes[n]), None)
            if stays is None or any(not goes[n] for n in range(number)):
                raise UnfitError("nothing takes its place")
            if sheet.column(spans[stays].start) != sheet.column(spans[0].start):
                raise UnfitError("nothing takes its place")
            rest = _from_lines(sheet, spans[stays:], goes[stays:])
            gone = [Span(one.start, sheet.line_end(one.end)) for one in spans[number:stays]]
            return Removal([Edit(span.start, spans[stays].start, ""), *rest.edits], [*gone, *rest.gone])
    return removal


def _whole_lines(sheet: Sheet, span: Span) -> Edit:
    start, end = sheet.line_start(span.start), sheet.next_line(span.end)
    if end == sheet.line_end(span.end):  # a last line without a line break: the line above loses its own
        before = sheet.text[:start]
        start = len(before.removesuffix("\n").removesuffix("\r")) if before else start
    return Edit(start, end, "")


def _from_brackets(sheet: Sheet, node: Node, spans: list[Span], goes: list[bool]) -> Removal:
    removal = Removal([], [])
    commas = [_comma(sheet, span.end) for span in spans]
    kept = max((n for n, going in enumerate(goes) if not going), default=-1)
    for number, (span, going) in enumerate(zip(spans, goes, strict=True)):
        if going:
            removal.edits.extend(_one_of(sheet, node, spans, commas, number, kept))
            own = _own_lines(sheet, span, commas[number])
            removal.gone.append(Span(span.start, sheet.line_end(span.end) if own else span.end))
    if kept < len(spans) - 1 and commas[-1] is None and (comma := commas[kept]) is not None:
        removal.edits.append(Edit(comma, comma + 1, ""))
    return removal


def _one_of(
    sheet: Sheet, node: Node, spans: list[Span], commas: list[int | None], number: int, kept: int
) -> Iterator[Edit]:
    """Out of brackets: a child with the comma behind it, or with its lines."""
    span, comma = spans[number], commas[number]
    if _own_lines(sheet, span, comma) and sheet.line_start(span.start) > node.start:
        yield Edit(sheet.line_start(span.start), sheet.next_line(comma or span.end), "")
    elif number < kept:
        yield Edit(span.start, spans[number + 1].start, "")
    else:  # nothing that stays follows: what goes is the gap before it, and its own comma if it has one
        previous = commas[number - 1]
        yield Edit(span.start if previous is None else previous + 1, span.end if comma is None else comma + 1, "")


def _comma(sheet: Sheet, end: int) -> int | None:
    at = sheet.skip(end)
    return at if sheet.text[at : at + 1] == "," else None


def _own_lines(sheet: Sheet, span: Span, comma: int | None) -> bool:
    """Whether nothing else stands on the lines of a child in brackets."""
    end = span.end if comma is None else comma + 1
    return not sheet.before(span.start).strip() and bool(_REST.fullmatch(sheet.behind(end)))
