"""Bring the changes of an imported file into an existing map by edits of its text: comments and layout stay.

Parts are matched by their ids. Of what the file does not speak, nothing is taken out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, get_args, get_origin

from journeykit.changing import apply_edits, text_edits
from journeykit.changing.edits import Edit
from journeykit.changing.parsed_text import NotEditableError, ParsedText, node_of
from journeykit.fix import Change, Fix, Remove, Set
from journeykit.interchange.given import shown_path
from journeykit.interchange.normal import field_of, is_default, normal_data
from journeykit.interchange.sheets.columns import columns_of, fields_with_types, part_in, without_none
from journeykit.linting.suppression import comments_of
from journeykit.model import Journey
from journeykit.model.base import Part
from journeykit.model.touchpoint import Touchpoint
from journeykit.model.values import OneOrMore
from journeykit.reading import Document, read_text
from journeykit.reading.schema_guesses import at_path
from journeykit.source import KeyPath

MOST_STEPS = 2000
"""How many edits are made at most, one after the other."""


class Insert(NamedTuple):
    """A new item of a list, before the item that is at `path` now."""

    path: KeyPath
    value: dict[str, Any]


class Refused(NamedTuple):
    """A change that could not be made in the text, and why."""

    where: str
    why: str


class Updated(NamedTuple):
    """The map with the changes, how many were made, and those that were not."""

    document: Document
    made: int
    refused: tuple[Refused, ...]


Step = Change | Insert


def update(
    document: Document, new: dict[str, Any], covers: frozenset[str], assumed: frozenset[str] = frozenset()
) -> Updated:
    """Return a map with the changes that lead to the normalised data `new`.

    `covers` are the fields that the imported file has a place for: only these are removed where `new` lacks them.
    `assumed` are keys of `new` that the file does not state.
    """
    made, refused = 0, dict[str, Refused]()
    for _ in range(MOST_STEPS):
        assert document.journey is not None
        steps = [one for one in _Differences(document, new, covers, assumed).steps() if _name(one) not in refused]
        if not steps:
            break
        whole = [one for one in steps if isinstance(one, Set)]
        if len(whole) > 1 and (after := _with_changes(document, whole)):
            document, made = after, made + len(whole)
            continue
        step = steps[0]
        after = _with_insert(document, step) if isinstance(step, Insert) else _with_changes(document, [step])
        if after is None:
            refused[_name(step)] = Refused(shown_path(step.path), "written in a way that cannot be changed safely")
        else:
            document, made = after, made + 1
    moved = _Differences(document, new, covers, assumed).moved()
    return Updated(document, made, (*refused.values(), *moved))


def _name(step: Step) -> str:
    return f"{type(step).__name__} {step.path}"


class _Differences:
    """Finds what is to be changed in a document."""

    def __init__(
        self, document: Document, new: dict[str, Any], covers: frozenset[str], assumed: frozenset[str]
    ) -> None:
        assert document.journey is not None
        self.document, self.new, self.covers, self.assumed = document, new, covers, assumed
        self.old = normal_data(document.journey)

    def steps(self) -> list[Step]:
        """Return changes of values first, then new items, then what is taken out, from the end on."""
        found = list(self._part(self.old, self.new, Journey, ()))
        sets = [one for one in found if isinstance(one, Set)]
        inserts = [one for one in found if isinstance(one, Insert)]
        removes = [one for one in found if isinstance(one, Remove)]
        return [*sets, *inserts, *reversed(removes)]

    def moved(self) -> list[Refused]:
        """Return the touchpoints that stand elsewhere in the imported file."""
        old, new = _order(self.old), _order(self.new)
        known = [one for one in new if one in old]
        return [
            Refused(id, "it stands at another place in the imported file; the order of the map was kept")
            for id, other in zip([one for one in old if one in new], known, strict=True)
            if id != other or old[id] != new[id]
        ]

    def _part(self, old: dict[str, Any], new: dict[str, Any], part: type[Part], path: KeyPath) -> Iterator[Step]:
        for key, annotation in fields_with_types(part):
            here = (*path, key)
            if key == "id" or here in self.document.borrowed:
                continue
            if part is Journey and (key == "journeykit" or key in self.assumed):
                continue
            yield from self._value(old.get(key), new.get(key), part, annotation, here)
        if part is Journey and "touchpoints" in old and "touchpoints" in new:
            yield from self._items(old["touchpoints"], new["touchpoints"], Touchpoint, (*path, "touchpoints"))

    def _value(self, old: Any, new: Any, part: type[Part], annotation: Any, path: KeyPath) -> Iterator[Step]:
        key = str(path[-1])
        base, marks = without_none(annotation)
        if old == new:
            return
        if inner := part_in(base):
            yield from self._single(old, new, inner, path)
        elif get_origin(base) is tuple and (item := part_in(get_args(base)[0])):
            yield from self._items(old or [], new or [], item, path)
        elif get_origin(base) is dict and part_in(get_args(base)[1]):
            yield from self._keyed(old or {}, new or {}, part_in(get_args(base)[1]), path)
        elif new is not None:
            single = isinstance(new, list) and len(new) == 1 and any(isinstance(one, OneOrMore) for one in marks)
            yield from self._set(path, new[0] if single else new)
        elif f"{part.__name__}.{key}" in self.covers and not is_default(old, field_of(part, key)):
            yield Remove(path)

    def _set(self, path: KeyPath, value: Any) -> Iterator[Step]:
        """Set a value; a title that gave the id keeps it, as others refer to it."""
        if path[-1] in ("title", "name", "kind") and not self.document.source.has((*path[:-1], "id")):
            holder = at_path(self.old, path[:-1])
            if isinstance(holder, dict) and "id" in holder and len(path) > 1:
                yield Set((*path[:-1], "id"), holder["id"])
                return
        yield Set(path, value)

    def _single(self, old: Any, new: Any, part: type[Part], path: KeyPath) -> Iterator[Step]:
        if old and new:
            yield from self._part(old, new, part, path)
        elif new:
            yield Set(path, new)
        elif old and any(column.field in self.covers for column in columns_of(part)):
            yield Remove(path)

    def _keyed(self, old: dict[str, Any], new: dict[str, Any], part: Any, path: KeyPath) -> Iterator[Step]:
        for key, value in new.items():
            if key in old:
                yield from self._part(old[key], value, part, (*path, key))
            elif (*path, key) not in self.document.borrowed:
                yield Set((*path, key), value)

    def _items(
        self, old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]], part: type[Part], path: KeyPath
    ) -> Iterator[Step]:
        by_id = all("id" in one for one in (*old, *new))
        names = [one["id"] if by_id else number for number, one in enumerate(old)]
        at = {name: number for number, name in enumerate(names)}
        elsewhere = _order(self.old) if part is Touchpoint else {}
        place = 0
        for number, one in enumerate(new):
            name = one["id"] if by_id else number
            if name in at:
                yield from self._part(old[at[name]], one, part, (*path, at[name]))
                place = at[name] + 1
            elif name not in elsewhere:
                yield Insert((*path, place), one)
        if not any(column.field in self.covers for column in columns_of(part)):
            return
        wanted = {one["id"] if by_id else number for number, one in enumerate(new)}
        kept_elsewhere = _order(self.new) if part is Touchpoint else {}
        gone = [number for number, name in enumerate(names) if name not in wanted and name not in kept_elsewhere]
        if len(gone) == len(old) and gone and part is not Touchpoint:
            yield Remove(path)
        else:
            yield from (Remove((*path, number)) for number in gone)


def _order(data: dict[str, Any]) -> dict[str, str]:
    """Return the touchpoints in order, each with its stage."""
    if "touchpoints" in data:
        return {one["id"]: "" for one in data["touchpoints"]}
    stages = data.get("stages", ())
    return {one["id"]: stage["id"] for stage in stages for one in stage.get("touchpoints", ())}


def _with_changes(document: Document, changes: Sequence[Change]) -> Document | None:
    """Return the document with changes; None where they cannot be made without loss."""
    edits = text_edits(document.source, Fix("update", tuple(changes), False), document.shared)
    if not edits:
        return None
    return read_text(apply_edits(document.source.text, edits), document.source.name, document.shared)


def _with_insert(document: Document, step: Insert) -> Document | None:
    """Return the document with a new item in a list: before another one as lines of its own, else at the end."""
    path, number = step.path[:-1], int(step.path[-1])
    assert document.yaml is not None
    assert document.yaml.root is not None
    parsed = ParsedText(document.source.text, document.yaml.root, document.yaml.data)
    items = at_path(parsed.data, path)
    if not isinstance(items, list) or number >= len(items):
        return _with_changes(document, [Set((*path, len(items) if isinstance(items, list) else 0), step.value)])
    try:
        edit = _line_edit(parsed, path, number, step.value)
    except NotEditableError:
        return None
    after = read_text(apply_edits(document.source.text, [edit]), document.source.name, document.shared)
    same = [one.text for one in comments_of(after.source)] == [one.text for one in comments_of(document.source)]
    return after if same and after.journey is not None else None


def _line_edit(parsed: ParsedText, path: KeyPath, number: int, value: dict[str, Any]) -> Edit:
    node = parsed.node(path)
    if parsed.is_alias(node) or parsed.in_flow((*path, 0)) or not isinstance(node.children, Sequence):
        raise NotEditableError("a list in brackets")
    start = node_of(node.children[number]).start
    before = node_of(node.children[number - 1]) if number else None
    at = parsed.line_start(start) if before is None else parsed.next_line(before.end - 1)
    column = parsed.column(node.start)
    lines = parsed.below([value], column)
    return Edit(at, at, "".join(line + parsed.line_break for line in lines))
