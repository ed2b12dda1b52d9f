"""The sheets and columns of the workbook, derived from the fields of the models: a new field is a new column."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from journeykit.model import Journey
from journeykit.model.base import Part
from journeykit.model.descriptions import descriptions
from journeykit.model.journey import Stage
from journeykit.model.meaning import Elsewhere, Ref, Word
from journeykit.model.references import Link
from journeykit.model.touchpoint import Touchpoint
from journeykit.model.values import Reads
from journeykit.source import KeyPath

Kind = Literal[
    "text", "texts", "number", "share", "flag", "day", "date", "moment", "duration", "figure", "mixed", "consent",
    "links", "map", "yaml", "lanes",
]  # fmt: skip
"""What a cell holds: `texts` are several with `;` between, `map` is `key: number; key: number`, `mixed` a number
or a word, `yaml` a mapping of mappings or lists, `lanes` stands for a column of each lane of the journey."""
_NOTATIONS: Mapping[str, Kind] = {
    "read_duration": "duration", "read_moment": "moment", "read_day": "day", "read_day_or_text": "date",
    "read_date": "date", "read_period": "date", "read_figure": "figure", "read_number_or_word": "mixed",
    "read_share": "share", "read_fact": "mixed", "read_consent": "consent",
}  # fmt: skip
HEADERS: Mapping[str, str] = {
    "Touchpoint.title": "Touchpoint", "Opportunity.title": "Opportunity", "Kpi.title": "KPI", "Stage.name": "Stage",
    "Evidence.n": "People", "Change.what": "Change", "Need.what": "Need", "Goal.kpi": "KPI",
}  # fmt: skip
"""Headers that are not the name of the field."""
SHEETS: Mapping[str, str] = {
    "opportunities": "Opportunities", "kpis": "KPIs", "options": "Decisions", "stages": "Stages",
}  # fmt: skip
"""Names of sheets that are not the name of the field."""
OWNER = "Touchpoint id"
"""The column that says to which touchpoint a row belongs."""


class Column(NamedTuple):
    """A column: its header, the keys that lead to its value in a row's data, and what its cells hold."""

    header: str
    path: tuple[str, ...]
    kind: Kind
    help: str = ""
    choices: tuple[str, ...] = ()
    words: str = ""
    """The vocabulary that its words are of: `feeling`, `channel`, `tag`."""
    refers: str = ""
    """The kind of what its ids name."""
    field: str = ""
    """The field as `Touchpoint.title`."""


class SheetPlan(NamedTuple):
    """A sheet: where its rows stand in the data of a journey or of a touchpoint, and its columns.

    In `keyed` data, a mapping of parts, the first column is the key.
    """

    name: str
    path: tuple[str, ...]
    columns: tuple[Column, ...]
    of_touchpoint: bool = False
    keyed: bool = False


@cache
def sheet_plans() -> tuple[SheetPlan, ...]:
    """Return all sheets but the one of the journey itself, in their order."""
    points = SheetPlan("Touchpoints", ("touchpoints",), (*_stage_columns(), *columns_of(Touchpoint)))
    below = [
        SheetPlan(_sheet_name(path[-1]), path, (_owner(), *columns_of(part)), of_touchpoint=True)
        for path, part in _lists_in(Touchpoint, ())
    ]
    return (points, *below, *_journey_sheets())


def _journey_sheets() -> list[SheetPlan]:
    found = []
    for key, annotation in fields_with_types(Journey):
        origin, arguments = get_origin(annotation), get_args(annotation)
        if key == "stages":
            skipped = ("phase", "touchpoints")
            columns = [column for column in columns_of(Stage) if column.path[0] not in skipped]
            columns.sort(key=lambda column: column.path != ("name",))
            found.append(SheetPlan("Stages", ("stages",), tuple(columns)))
        elif origin is tuple and (part := part_in(arguments[0])):
            found.append(SheetPlan(_sheet_name(key), (key,), columns_of(part)))
        elif origin is dict and (part := part_in(arguments[1])):
            id = Column("Id", ("",), "text", f"The id by which {key} are named.")
            found.append(SheetPlan(_sheet_name(key), (key,), (id, *columns_of(part)), keyed=True))
    return sorted(found, key=lambda sheet: sheet.name == "Stages")


def _stage_columns() -> tuple[Column, ...]:
    phase = next(column for column in columns_of(Stage) if column.path == ("phase",))
    stage = Column("Stage", ("stage",), "text", "The part of the journey it belongs to.", field="Stage.name")
    return stage, phase


def _owner() -> Column:
    return Column(OWNER, ("",), "text", "The id or the title of the touchpoint it belongs to.", refers="touchpoint")


def _sheet_name(key: str) -> str:
    return SHEETS.get(key, key.replace("_", " ").capitalize())


@cache
def columns_of(part: type[Part], above: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Return the columns of a part; those of a part in it begin with its name, and lists of parts are sheets."""
    found: list[Column] = []
    helps = descriptions(part)
    for key, annotation in fields_with_types(part):
        name = next(name for name, field in part.model_fields.items() if (field.alias or name) == key)
        found += _columns(part, key, annotation, helps.get(name, ""), above)
    return tuple(found)


def _columns(part: type[Part], key: str, annotation: Any, help: str, above: tuple[str, ...]) -> list[Column]:
    field, path = f"{part.__name__}.{key}", (*above, key)
    header = HEADERS.get(field, key.replace("_", " ").capitalize())
    if above:
        header = " ".join([*above, key]).replace("_", " ").capitalize()
    base, marks = without_none(annotation)
    if inner := part_in(base):
        return list(columns_of(inner, path))
    origin, arguments = get_origin(base), get_args(base)
    if origin is tuple and part_in(arguments[0]) not in (None, Link):
        return []
    if origin is dict and part_in(arguments[1]):
        return []
    column = Column(header, path, "text", help, field=field)
    if origin is tuple:
        item, item_marks = without_none(arguments[0])
        kind: Kind = "links" if part_in(item) is Link else "yaml" if _keeps_blanks(item_marks) else "texts"
        return [_with_meaning(column._replace(kind=kind), (*marks, *item_marks))]
    if origin is dict:
        plain = get_origin(without_none(arguments[1])[0]) not in (tuple, dict)
        return [column._replace(kind="lanes" if key == "lanes" else "map" if plain else "yaml")]
    return [_with_meaning(_scalar(column, base, marks), marks)]


def _keeps_blanks(marks: tuple[Any, ...]) -> bool:
    """Return whether blanks at the ends of a text belong to it, as to the labels of data."""
    return any(isinstance(mark, Elsewhere) and mark.kind == "label" for mark in marks)


def _scalar(column: Column, base: Any, marks: tuple[Any, ...]) -> Column:
    if get_origin(base) is Literal:
        return column._replace(choices=tuple(map(str, get_args(base))))
    for mark in marks:
        if isinstance(mark, Reads):
            name = mark.read.__name__
            if name in _NOTATIONS:
                return column._replace(kind=_NOTATIONS[name])
            if words := mark.schema.get("anyOf", [{}])[0].get("enum"):
                return column._replace(kind="mixed", choices=tuple(words))
    kinds: Mapping[Any, Kind] = {bool: "flag", int: "number", float: "number", date: "day"}
    return column._replace(kind=kinds.get(base, "text"))


def _with_meaning(column: Column, marks: tuple[Any, ...]) -> Column:
    for mark in marks:
        if isinstance(mark, Word):
            column = column._replace(words=mark.kind)
        if isinstance(mark, Ref):
            column = column._replace(refers=mark.kind)
    return column


def without_none(annotation: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return a type without None and its annotations."""
    marks: tuple[Any, ...] = ()
    while True:
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            annotation, marks = arguments[0], (*marks, *arguments[1:])
        elif origin in (Union, UnionType) and type(None) in arguments:
            rest = [one for one in arguments if one is not type(None)]
            annotation = rest[0]
        else:
            return annotation, marks


def fields_with_types(part: type[Part]) -> list[tuple[str, Any]]:
    """Return the keys of a part with the types of their values."""
    return [(field.alias or name, field.rebuild_annotation()) for name, field in part.model_fields.items()]


def fields_at(path: KeyPath) -> frozenset[str]:
    """Return the fields, such as `Touchpoint.why`, that a value of a journey is at a path: of a part all of its own."""
    part: type[Part] = Journey
    for step in path[:-1] if isinstance(path[-1], str) else path:
        part = (part_below(part, step) if isinstance(step, str) else None) or part
    if isinstance(path[-1], str) and part_below(part, path[-1]) is None:
        return frozenset({f"{part.__name__}.{path[-1]}"})
    part = (part_below(part, path[-1]) if isinstance(path[-1], str) else None) or part
    return frozenset(column.field for column in columns_of(part))


def part_below(part: type[Part], key: str) -> type[Part] | None:
    """Return the part that a field of a part holds, be it one, a list or a mapping of them; None if it holds none."""
    if part is Journey and key == "touchpoints":
        return Touchpoint
    base, _ = without_none(dict(fields_with_types(part)).get(key))
    inside = [base, *get_args(base)]
    return next((found for one in inside if (found := part_in(one)) is not None), None)


def part_in(annotation: Any) -> type[Part] | None:
    """Return the part that a type is, perhaps or None; None if it is no part."""
    base, _ = without_none(annotation)
    return base if isinstance(base, type) and issubclass(base, Part) else None


def _lists_in(part: type[Part], above: tuple[str, ...]) -> list[tuple[tuple[str, ...], type[Part]]]:
    """Return the lists of parts in a part, also in those that it has once, but links, which fit into a cell."""
    found: list[tuple[tuple[str, ...], type[Part]]] = []
    for key, annotation in fields_with_types(part):
        base, _ = without_none(annotation)
        if inner := part_in(base):
            found += _lists_in(inner, (*above, key))
        elif get_origin(base) is tuple and (item := part_in(get_args(base)[0])) not in (None, Link):
            assert item is not None
            found.append(((*above, key), item))
    return found


def letters(number: int) -> str:
    """Return the name of a column, from 0: A, B … AA."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


@cache
def journey_columns() -> tuple[Column, ...]:
    """Return the fields of the sheet of the journey itself, each with its name in the file: `persona.name`."""
    found = []
    for column in columns_of(Journey):
        found.append(column._replace(header=".".join(column.path)))
    return tuple(found)
