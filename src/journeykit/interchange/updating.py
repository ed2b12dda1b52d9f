"""Bring the changes of an imported file into an existing map by edits of its text: comments and layout stay.

Parts are matched by their ids, wherever they stand. Of what the file does not speak, nothing is taken out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, get_args, get_origin

from journeykit.fix import Remove, Set
from journeykit.interchange.aligning import align
from journeykit.interchange.given import shown_path
from journeykit.interchange.map_edits import Insert, Move, Step, made_in_text, with_changes
from journeykit.interchange.normal import field_of, is_default, normal_data
from journeykit.interchange.sheets.columns import columns_of, fields_with_types, part_in, without_none
from journeykit.model import Journey
from journeykit.model.base import Part
from journeykit.model.touchpoint import Touchpoint
from journeykit.model.values import OneOrMore
from journeykit.reading import Document
from journeykit.reading.schema_guesses import at_path
from journeykit.source import KeyPath

MOST_STEPS = 2000
"""How many edits are made at most, one after the other."""


class Refused(NamedTuple):
    """A change that could not be made in the text, and why."""

    where: str
    why: str


class Updated(NamedTuple):
    """The map with the changes, how many were made, and those that were not.

    `parts` are the parts that were added, moved and taken out.
    """

    document: Document
    made: int
    refused: tuple[Refused, ...]
    parts: tuple[tuple[str, str], ...] = ()


VERBS: Mapping[type, str] = {Insert: "Added", Move: "Moved", Remove: "Taken out"}


def update(
    document: Document, new: dict[str, Any], covers: frozenset[str], assumed: frozenset[str] = frozenset()
) -> Updated:
    """Return a map with the changes that lead to the normalised data `new`.

    `covers` are the fields that the imported file has a place for: only these are removed where `new` lacks them.
    `assumed` are keys of `new` that the file does not state.
    """
    made, refused, parts = 0, dict[str, Refused](), dict[str, tuple[str, str]]()
    assert document.journey is not None
    new = align(normal_data(document.journey), new)
    for _ in range(MOST_STEPS):
        found = _Differences(document, new, covers, assumed)
        steps = [one for one in found.steps() if found.name(one) not in refused]
        if not steps:
            break
        whole = [one for one in steps if isinstance(one, Set)]
        if len(whole) > 1 and (after := with_changes(document, whole)):
            document, made = after, made + len(whole)
            continue
        step = steps[0]
        if (after := made_in_text(document, step)) is None:
            refused[found.name(step)] = Refused(found.shown(step), _why(step, found.old))
        else:
            document, made = after, made + 1
            if isinstance(step, (Insert, Move)) or (isinstance(step, Remove) and isinstance(step.path[-1], int)):
                parts.setdefault(found.name(step), (VERBS[type(step)], found.shown(step)))
    return Updated(document, made, tuple(refused.values()), tuple(parts.values()))


def _why(step: Step, old: dict[str, Any]) -> str:
    """Return why a change was not made."""
    if isinstance(step, Move):
        return "it stands at another place in the imported file, and cannot be moved safely in the map"
    if isinstance(step, Remove) and isinstance(step.path[-1], int):
        id = at_path(old, (*step.path, "id"))
        if users := [shown_path(path) for path, value in _texts(old) if value == id and path[-1] != "id"]:
            return f"the imported file lacks it, but it is named by {', '.join(users[:3])}"
    return "written in a way that cannot be changed safely"


def _texts(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Yield the texts in data with their paths."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one, (*path, key))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _texts(one, (*path, number))


class _Differences:
    """Finds what is to be changed in a document."""

    def __init__(
        self, document: Document, new: dict[str, Any], covers: frozenset[str], assumed: frozenset[str]
    ) -> None:
        assert document.journey is not None
        self.document, self.new, self.covers, self.assumed = document, new, covers, assumed
        self.old = normal_data(document.journey)
        self.known = _paths_of_touchpoints(self.old)
        self.wanted = _paths_of_touchpoints(new)

    def steps(self) -> list[Step]:
        """Return changes of values first, then new items, moves, and what is taken out, from the end on."""
        found = list(self._part(self.old, self.new, Journey, ()))
        kinds: tuple[type, ...] = (Set, Insert, Move)
        removes = [one for one in found if isinstance(one, Remove)]
        return [*(one for kind in kinds for one in found if isinstance(one, kind)), *reversed(removes)]

    def name(self, step: Step) -> str:
        """Return what a step changes; items are named by their ids, as their numbers change."""
        path = step.path
        if isinstance(step, Insert):
            path = (*path[:-1], step.value.get("id", path[-1]))
        names = [at_path(self.old, (*path[: at + 1], "id")) or one for at, one in enumerate(path)]
        return f"{type(step).__name__} {names}"

    def shown(self, step: Step) -> str:
        """Return what a step changes for people: an item by its title."""
        value = step.value if isinstance(step, Insert) else at_path(self.old, step.path)
        if isinstance(value, dict) and isinstance(step, (Insert, Move, Remove)):
            name = value.get("title") or value.get("name") or value.get("does") or value.get("what") or value.get("id")
            holder = str(next((one for one in reversed(step.path) if isinstance(one, str)), ""))
            inside = ", ".join(f'"{one["title"]}"' for one in value.get("touchpoints", ()))
            also = f" with {inside}" if inside and not isinstance(step, Move) else ""
            return f'{shown_path(step.path)}: "{name}"{also}' if name else holder
        return shown_path(step.path)

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
        if part is not Touchpoint and not all("id" in one for one in (*old, *new)):
            yield from self._numbered(old, new, part, path)
            return
        known = self.known if part is Touchpoint else {one["id"]: (*path, at) for at, one in enumerate(old)}
        wanted = self.wanted if part is Touchpoint else {one["id"] for one in new}
        stays = _longest_in_order([one["id"] for one in old], [one["id"] for one in new])
        place = 0
        for one in new:
            here = known.get(one["id"])
            if here is None:
                yield Insert((*path, place), self._without_known(one))
                continue
            yield from self._part(at_path(self.old, here), one, part, here)
            if here[:-1] == path and one["id"] in stays:
                place = int(here[-1]) + 1
            else:
                yield Move(here, (*path, place))
        gone = [at for at, one in enumerate(old) if one["id"] not in wanted]
        yield from self._removals(gone, len(old), part, path)

    def _numbered(
        self, old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]], part: type[Part], path: KeyPath
    ) -> Iterator[Step]:
        """Compare items that have no ids, by their numbers."""
        for number, one in enumerate(new):
            if number < len(old):
                yield from self._part(old[number], one, part, (*path, number))
            else:
                yield Insert((*path, number), one)
        yield from self._removals(list(range(len(new), len(old))), len(old), part, path)

    def _removals(self, gone: list[int], count: int, part: type[Part], path: KeyPath) -> Iterator[Step]:
        if not any(column.field in self.covers for column in columns_of(part)):
            return
        if len(gone) == count and gone and part is not Touchpoint:
            yield Remove(path)
        else:
            yield from (Remove((*path, number)) for number in gone)

    def _without_known(self, item: dict[str, Any]) -> dict[str, Any]:
        """Return a new stage without the touchpoints that the map has already, which are moved there."""
        if "touchpoints" not in item:
            return item
        return {**item, "touchpoints": [one for one in item["touchpoints"] if one["id"] not in self.known]}


def _paths_of_touchpoints(data: dict[str, Any]) -> dict[str, KeyPath]:
    """Return where the touchpoints stand, by their ids."""
    lists: list[tuple[KeyPath, Any]] = [(("touchpoints",), data.get("touchpoints", ()))]
    lists += [
        (("stages", at, "touchpoints"), one.get("touchpoints", ())) for at, one in enumerate(data.get("stages", ()))
    ]
    return {one["id"]: (*path, number) for path, points in lists for number, one in enumerate(points)}


def _longest_in_order(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Return as many names as possible that both lists have in the same order; these need not be moved."""
    at = {name: number for number, name in enumerate(old)}
    names = [name for name in new if name in at]
    ends: list[int] = []
    chains: list[list[str]] = []
    for name in names:
        length = bisect_left(ends, at[name])
        chain = [*(chains[length - 1] if length else ()), name]
        ends[length : length + 1] = [at[name]]
        chains[length : length + 1] = [chain]
    return set(chains[-1]) if chains else set()
