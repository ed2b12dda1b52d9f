"""Create edits that remove keys and items with their lines, commas and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from journeykit.changing.edits import Edit
from journeykit.changing.parsed_text import NotEditableError, ParsedText, node_of
from journeykit.source import Entry, KeyPath, Node, PathStep, Span

_REST = re.compile(r"[ \t]*(?:#[^\r\n]*)?")


class Removal(NamedTuple):
    """Edits, and the spans whose comments may be removed."""

    edits: list[Edit]
    gone: list[Span]


def remove(parsed: ParsedText, parent: KeyPath, steps: set[PathStep]) -> Removal:
    """Remove some, not all, of the keys or items of a collection."""
    node = parsed.node(parent)
    children = node.children
    if children is None or parsed.is_alias(node):
        raise NotEditableError("nothing that can be taken out")
    found = list(children.items()) if isinstance(children, Mapping) else list(enumerate(children))
    goes = [step in steps for step, _ in found]
    spans = spans_of(parsed, node, [child for _, child in found])
    return _from_brackets(parsed, node, spans, goes) if parsed.is_flow(node) else _from_lines(parsed, spans, goes)


def spans_of(parsed: ParsedText, node: Node, children: Sequence[Entry | Node]) -> list[Span]:
    """Return the span of each child, from its dash or anchor to its end."""
    if node.start not in parsed.spans:
        parsed.spans[node.start] = _found_spans(parsed, node, children)
    return parsed.spans[node.start]


def _found_spans(parsed: ParsedText, node: Node, children: Sequence[Entry | Node]) -> list[Span]:
    spans: list[Span] = []
    flow = parsed.is_flow(node)
    end = node.start + 1 if flow else node.start
    for child in children:
        start = parsed.skip(end)
        if flow and spans:
            if parsed.text[start : start + 1] != ",":
                raise NotEditableError("no comma")
            start = parsed.skip(start + 1)
        end = node_of(child).end
        spans.append(Span(start, end))
    return spans


def _from_lines(parsed: ParsedText, spans: list[Span], goes: list[bool]) -> Removal:
    removal = Removal([], [])
    for number, (span, going) in enumerate(zip(spans, goes, strict=True)):
        if not going:
            continue
        if not _REST.fullmatch(parsed.behind(span.end)):
            raise NotEditableError("something follows on the line")
        removal.gone.append(Span(span.start, parsed.line_end(span.end)))
        if not parsed.before(span.start).strip():
            removal.edits.append(_whole_lines(parsed, span))
        else:  # the first key is on the line of the dash: the next one takes its place
            stays = next((n for n in range(number, len(spans)) if not goes[n]), None)
            if stays is None or any(not goes[n] for n in range(number)):
                raise NotEditableError("nothing takes its place")
            if parsed.column(spans[stays].start) != parsed.column(spans[0].start):
                raise NotEditableError("nothing takes its place")
            rest = _from_lines(parsed, spans[stays:], goes[stays:])
            gone = [Span(one.start, parsed.line_end(one.end)) for one in spans[number:stays]]
            return Removal([Edit(span.start, spans[stays].start, ""), *rest.edits], [*gone, *rest.gone])
    return removal


def _whole_lines(parsed: ParsedText, span: Span) -> Edit:
    start, end = parsed.line_start(span.start), parsed.next_line(span.end)
    if end == parsed.line_end(span.end):  # the last line has no line break: remove that of the line above
        before = parsed.text[:start]
        start = len(before.removesuffix("\n").removesuffix("\r")) if before else start
    elif _is_set_apart(parsed, start):
        while end < len(parsed.text) and not parsed.behind(end).strip():
            end = parsed.next_line(end)
    return Edit(start, end, "")


def _is_set_apart(parsed: ParsedText, start: int) -> bool:
    """Return whether an empty line, or the key of the whole, stands above: then none has to be left below."""
    if start == 0:
        return False
    above = parsed.before(len(parsed.text[:start].removesuffix("\n").removesuffix("\r"))).strip()
    return not above or above.endswith(":")


def _from_brackets(parsed: ParsedText, node: Node, spans: list[Span], goes: list[bool]) -> Removal:
    removal = Removal([], [])
    commas = [_comma(parsed, span.end) for span in spans]
    kept = max((n for n, going in enumerate(goes) if not going), default=-1)
    for number, (span, going) in enumerate(zip(spans, goes, strict=True)):
        if going:
            removal.edits.extend(_one_of(parsed, node, spans, commas, number, kept))
            own = _own_lines(parsed, span, commas[number])
            removal.gone.append(Span(span.start, parsed.line_end(span.end) if own else span.end))
    if kept < len(spans) - 1 and commas[-1] is None and (comma := commas[kept]) is not None:
        removal.edits.append(Edit(comma, comma + 1, ""))
    return removal


def _one_of(
    parsed: ParsedText, node: Node, spans: list[Span], commas: list[int | None], number: int, kept: int
) -> Iterator[Edit]:
    """Yield edits that remove a child of a flow collection with its comma, or with its lines."""
    span, comma = spans[number], commas[number]
    if _own_lines(parsed, span, comma) and parsed.line_start(span.start) > node.start:
        yield Edit(parsed.line_start(span.start), parsed.next_line(comma or span.end), "")
    elif number < kept:
        yield Edit(span.start, spans[number + 1].start, "")
    else:  # no remaining child follows: remove the gap before it, and its own comma if it has one
        previous = commas[number - 1]
        yield Edit(span.start if previous is None else previous + 1, span.end if comma is None else comma + 1, "")


def _comma(parsed: ParsedText, end: int) -> int | None:
    at = parsed.skip(end)
    return at if parsed.text[at : at + 1] == "," else None


def _own_lines(parsed: ParsedText, span: Span, comma: int | None) -> bool:
    """Return whether a child of a flow collection is alone on its lines."""
    end = span.end if comma is None else comma + 1
    return not parsed.before(span.start).strip() and bool(_REST.fullmatch(parsed.behind(end)))
