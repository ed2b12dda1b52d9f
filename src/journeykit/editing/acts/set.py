"""Set a value: `path`, `value`; null takes it out.

Of lists and mappings only what differs is written. A text from which an id is made keeps that id where something names
it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from json import dumps
from typing import Any

from journeykit.changing.data import same_data
from journeykit.editing.analysis import Analysis
from journeykit.editing.ids import made_and_named
from journeykit.editing.made import Made
from journeykit.editing.places import in_order_of_keys, journey_of, name_of, path_of, plain_numbers, value_at
from journeykit.editing.refusal import ActRefusedError, MalformedError
from journeykit.editing.steps import changed, inserted, spelled_out
from journeykit.fix import Change, Remove, Set
from journeykit.model.fields import fields_of
from journeykit.model.meaning import Defines
from journeykit.model.normalisation import model_path
from journeykit.model.values import OneOrMore
from journeykit.reading import Document, schema_types
from journeykit.reading.schema_guesses import at_path
from journeykit.source import KeyPath


def make(analysis: Analysis, act: Mapping[str, Any]) -> Made:
    """Return the text with a value set."""
    journey = journey_of(analysis)
    path = path_of(act, journey)
    if "value" not in act:
        raise MalformedError('"value" is missing', "null takes a key out")
    value = plain_numbers(act["value"])
    old = value_at(analysis, path)
    parent = value_at(analysis, path[:-1])
    what = f"{path[-1]}" if not isinstance(path[-1], int) else f"{path[-2]}"
    label = f"{what}: {name_of(parent)}" if isinstance(parent, dict) and len(path) > 1 else what
    return Made.of(analysis, set_value(analysis, path, old, value), label)


def set_value(analysis: Analysis, path: KeyPath, old: Any, new: Any) -> Document:
    """Return the document with another value at a path that has `old` now, None if it has none."""
    document = analysis.document
    if any(path[:length] in document.borrowed for length in range(1, len(path) + 1)):
        raise ActRefusedError("this comes from the settings, which several maps share", "change it in journeykit.toml")
    if new in ("", [], {}):
        new = None
    if new is None and old is None:
        return document
    steps = list(_steps(document, path, old, new))
    if not steps:
        return document
    changes = [one for one in steps if isinstance(one, Set | Remove)]
    if len(changes) == len(steps):
        return _made(document, _with_ids(analysis, changes))
    for step in steps:
        document = _made(document, [step]) if isinstance(step, Set | Remove) else inserted(document, *step)
    return document


_Insertion = tuple[KeyPath, int, Any]


def _steps(document: Document, path: KeyPath, old: Any, new: Any) -> Iterator[Change | _Insertion]:
    """Yield what makes one value of another; what is later in a list comes first, so that places stay valid."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old.keys() - {key for key, one in new.items() if one is not None}:
            if key != "id" or document.source.has((*document.source.in_file(path)[0], "id")):
                yield Remove((*path, key))
        for key, one in new.items():
            if one is not None:
                yield from _steps(document, (*path, key), old.get(key), one)
    elif isinstance(old, list) and isinstance(new, list) and new and is_written_as_list(document, path):
        yield from _list_steps(document, path, old, new)
    elif new is None:
        yield Remove(path)
    elif not same_data(old, new):
        yield Set(path, _as_one(document, path, in_order_of_keys(new, path)))


def _list_steps(document: Document, path: KeyPath, old: list[Any], new: list[Any]) -> Iterator[Change | _Insertion]:
    matcher = SequenceMatcher(a=[dumps(one) for one in old], b=[dumps(one) for one in new], autojunk=False)
    for kind, start, end, new_start, new_end in reversed(matcher.get_opcodes()):
        if kind == "equal":
            continue
        both = min(end - start, new_end - new_start)
        for number in reversed(range(start + both, end)):
            yield Remove((*path, number))
        for number in reversed(range(new_start + both, new_end)):
            value = in_order_of_keys(new[number], (*path, number))
            yield (path, start + both, value)
        for number in reversed(range(both)):
            yield from _steps(document, (*path, start + number), old[start + number], new[new_start + number])


def is_written_as_list(document: Document, path: KeyPath) -> bool:
    """Return whether the file has a list at a path, and not one text or nothing."""
    assert document.yaml is not None
    return isinstance(at_path(document.yaml.data, document.source.in_file(path)[0]), list)


def _as_one(document: Document, path: KeyPath, value: Any) -> Any:
    """Return the only text of a list alone where the format takes one text or several, unless the file has a list."""
    if not isinstance(value, list) or len(value) != 1 or is_written_as_list(document, path):
        return value
    takes_one = any(
        isinstance(mark, OneOrMore)
        for one in schema_types.flattened(schema_types.annotation(model_path(path)))
        for mark in getattr(one, "__metadata__", ())
    )
    return value[0] if takes_one else value


def _made(document: Document, changes: list[Change]) -> Document:
    """Return the document with changes; a feeling that stands behind its title is taken out with its colon."""
    for change in changes:
        is_behind = document.source.in_file((*change.path[:-1], "title"))[1] == "key"
        if isinstance(change, Remove) and change.path[-1] == "feeling" and is_behind:
            rest = [one for one in changes if one is not change]
            document = spelled_out(document, change.path[:-1])
            return changed(document, rest) if rest else document
    return changed(document, changes)


def _with_ids(analysis: Analysis, changes: list[Change]) -> list[Change]:
    """Return changes, with the ids that would be others because a text changes that they are made from."""
    named = made_and_named(analysis)
    more: list[Change] = []
    for change in changes:
        id = named.get(change.path[:-1])
        if id is not None and isinstance(change, Set) and change.path[-1] == _made_from(change.path[:-1]):
            more.append(Set((*change.path[:-1], "id"), id))
    written = {change.path for change in changes}
    return [*changes, *(one for one in more if one.path not in written)]


def _made_from(path: KeyPath) -> str:
    """Return the key of the text from which the id of a part is made; "" if none is."""
    model = schema_types.model_at(model_path(path))
    fields = fields_of(model, (Defines,)) if model else ()
    meanings = [field.shape.meaning for field in fields if field.key == "id"]
    return next((one.made_from for one in meanings if isinstance(one, Defines)), "")
