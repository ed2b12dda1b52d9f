"""Take an item out: `path`. What names it no longer does; with `with`, what cannot be without it goes too.

Comments in the lines of the item go with it; those above it stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from journeykit.editing.acts.add import shifted
from journeykit.editing.analysis import Analysis
from journeykit.editing.ids import keeping_ids
from journeykit.editing.made import Made
from journeykit.editing.places import item_at, name_of, value_at
from journeykit.editing.references import Reference, definitions, references, same
from journeykit.editing.refusal import NeededError, line_of
from journeykit.editing.steps import changed
from journeykit.fix import Remove
from journeykit.model.normalisation import model_path
from journeykit.reading import Document, schema_types
from journeykit.source import KeyPath


class _Following(NamedTuple):
    """What goes because something that it names goes; `needed` says that its owner cannot be without it."""

    path: KeyPath
    needed: bool


def make(analysis: Analysis, act: Mapping[str, Any]) -> Made:
    """Return the text without an item."""
    path, value = item_at(act, analysis)
    gone, notes = _all_that_goes(analysis, path, bool(act.get("with")))
    paths = [one for one in gone if not any(one[: len(other)] == other for other in gone if other != one)]

    def without(document: Document, paths: list[KeyPath]) -> Document:
        return changed(document, [Remove(one) for one in paths], with_comments=True)

    def moved_to(old: KeyPath) -> KeyPath | None:
        for one in sorted(paths, key=lambda one: (len(one), str(one[-1]).zfill(9)), reverse=True):
            if old[: len(one)] == one:
                return None
            if isinstance(one[-1], int):
                old = shifted(old, one[:-1], one[-1], -1)
        return old

    document = keeping_ids(analysis, partial(without, paths=paths), moved_to)
    return Made.of(analysis, document, f"remove: {name_of(value)}", tuple(notes))


def _all_that_goes(analysis: Analysis, path: KeyPath, with_others: bool) -> tuple[list[KeyPath], list[str]]:
    """Return the paths of all that goes with an item, and what to say about it. Raises NeededError."""
    gone, notes, blocked = [path], list[str](), list[tuple[KeyPath, str]]()
    for whole in gone:  # which grows
        for reference in _names_of_what_is_in(analysis, whole):
            if any(reference.path[: len(one)] == one for one in gone):
                continue
            following = _following(analysis, reference.path, gone)
            owner, words = _owner(analysis, reference.path)
            if not following.needed:
                gone.append(following.path)
                notes.append(f"{words} no longer names {reference.id}")
            elif with_others:
                gone.append(owner)
                notes.append(f"{words} goes too")
            else:
                blocked.append((reference.path, words))
    if blocked:
        named = list(dict.fromkeys(words for _, words in blocked))
        raise NeededError(
            f"it is needed by {', '.join(named)}",
            "change that first, or remove both",
            line_of(analysis.document, blocked[0][0]),
        )
    return gone, list(dict.fromkeys(notes))


def _names_of_what_is_in(analysis: Analysis, path: KeyPath) -> Iterator[Reference]:
    """Yield what names a part, or one of the parts in it, from outside of it."""
    inside = [(one.kind, one.id) for one in definitions(analysis.partial) if one.path[: len(path)] == path]
    if not inside:
        return
    for one in references(analysis.partial):
        if one.path[: len(path)] != path and any(one.kind == kind and same(kind, one.id, id) for kind, id in inside):
            yield one


def _following(analysis: Analysis, path: KeyPath, gone: list[KeyPath]) -> _Following:
    """Return what has to go where a reference goes: an item of a list, the key, or more that cannot be without it."""
    if isinstance(path[-1], int):
        items = value_at(analysis, path[:-1])
        if isinstance(items, list) and any(
            (*path[:-1], number) not in gone for number in range(len(items)) if number != path[-1]
        ):
            return _Following(path, False)
        path = path[:-1]
    return _Following(path, _is_needed(path))


def _is_needed(path: KeyPath) -> bool:
    """Return whether the part that has a key cannot be without it."""
    model = schema_types.model_at(model_path(path[:-1]))
    if model is None:
        return False
    field = next((one for name, one in model.model_fields.items() if (one.alias or name) == path[-1]), None)
    if field is None:  # a key of a mapping, such as a target
        return False
    return field.is_required() or any(getattr(mark, "min_length", 0) for mark in field.metadata)


def _owner(analysis: Analysis, path: KeyPath) -> tuple[KeyPath, str]:
    """Return the smallest item of a list that a reference is in, and its name in words."""
    numbers = [depth for depth, step in enumerate(path[:-1]) if isinstance(step, int)]
    value = value_at(analysis, path[:-1])
    if isinstance(path[-1], int) and numbers and numbers[-1] == len(path) - 1:
        numbers.pop()
    if not numbers or value is None:
        return path, "the journey"
    depth = numbers[-1]
    owner = path[: depth + 1]
    key = str(path[depth - 1])
    if key == "options":
        return owner, f'the decision at "{name_of(value_at(analysis, path[: path.index("decision")]))}"'
    kind = {"opportunities": "opportunity", "kpis": "metric", "changes": "change", "feedback": "question"}
    return owner, f'the {kind.get(key, key.removesuffix("s"))} "{name_of(value_at(analysis, owner)) or depth}"'
