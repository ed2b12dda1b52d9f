"""Name what an exported file says otherwise than the map: it is read as `import` reads it, and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from journeykit.errors import UsageError
from journeykit.interchange import InterchangeFormat
from journeykit.interchange.carry import CarryReport, shown_value
from journeykit.interchange.given import Given, shown_path
from journeykit.interchange.imported import settle
from journeykit.interchange.normal import FieldValue, field_values
from journeykit.model import Journey
from journeykit.source import KeyPath

SCORES = ("score", "emotion_score")
"""What formats call a score; the report names it where it is not the satisfaction of the map."""


class _Held(NamedTuple):
    """The values of a field at one part of a journey."""

    part: KeyPath
    field: str


_Values = dict[_Held, list[FieldValue]]


def note_changes(journey: Journey, form: InterchangeFormat, written: bytes, carry: CarryReport) -> None:
    """Note each value that the format has a place for and that comes back otherwise, unless it is noted already."""
    assert form.read
    try:
        (draft,) = form.read(Given(f"map{form.suffix}", written))
        imported = settle(draft, f"map{form.suffix}")
    except UsageError as error:
        carry.lose("the file", form.name, f"it cannot be imported again: {error}")
        return
    back = imported.document.journey
    assert back is not None
    why = {one.value: one.why for one in imported.carry.lost}
    noted = {one.where for one in carry.lost} | {one.where for one in carry.guessed}
    old, new = _values(journey, form), _values(back, form)
    extra = {held: _rest(values, old.get(held, [])) for held, values in new.items()}
    for held, values in old.items():
        others = new.get(held, [])
        if gone := _rest(values, others):
            unnoted = [one for one in gone if shown_path(one.path) not in noted]
            if not _is_noted_score(held, journey, carry):
                _note(unnoted, held, extra, why, carry)
        else:
            _note_order(values, others, carry)
    for held, values in extra.items():
        if values and held.field in form.carries and not _is_noted_score(held, journey, carry):
            _note_extra(values, held, journey, carry)


def _values(journey: Journey, form: InterchangeFormat) -> _Values:
    """Return the values of the fields that a format carries, by the part that they belong to.

    A touchpoint is known by its number, a stage by that of its first touchpoint.
    """
    numbers = {place.path: at for at, place in enumerate(journey.places)}
    found: _Values = {}
    for one in field_values(journey):
        if one.field in form.carries:
            found.setdefault(_Held(_part(one.path, numbers), one.field), []).append(one)
    return found


def _part(path: KeyPath, numbers: dict[KeyPath, int]) -> KeyPath:
    """Return the part that a value belongs to, as it is called in both journeys; its field is not in it."""
    for length in (2, 4):
        if path[:length] in numbers:
            keys = [step for step in path[length:] if isinstance(step, str)]
            return ("touchpoint", numbers[path[:length]], *keys[:-1])
    if path[:1] == ("stages",):
        first = (number for place, number in numbers.items() if place[:2] == path[:2])
        return ("stage", next(first, -1))
    return tuple(step for step in path if isinstance(step, str))[:-1]


def _rest(values: Sequence[FieldValue], others: Sequence[FieldValue]) -> list[FieldValue]:
    """Return the values that the others lack."""
    counts = Counter(shown_value(one.value) for one in others)
    found = []
    for one in values:
        if counts[shown_value(one.value)]:
            counts[shown_value(one.value)] -= 1
        else:
            found.append(one)
    return found


def _note(gone: Sequence[FieldValue], held: _Held, extra: _Values, why: Mapping[str, str], carry: CarryReport) -> None:
    """Note values that do not come back in their field: where they are then, or what stands there for them."""
    instead = extra.get(held, [])
    for number, one in enumerate(gone):
        where, key = shown_path(one.path), held.field.partition(".")[2]
        if other := next((found for found in _taken(extra, held, shown_value(one.value))), None):
            carry.guess(where, key, one.value, f"{other.field.partition('.')[2]}: {shown_value(one.value)}")
        elif number < len(instead):
            carry.guess(where, key, one.value, instead[number].value)
        else:
            text = shown_value(one.value)
            reasons = (reason for value, reason in why.items() if value == text or f": {text}" in value)
            carry.lose(where, one.value, next(reasons, "it is not read from the file again"), held.field)
    extra[held] = instead[len(gone) :]


def _taken(extra: _Values, held: _Held, text: str) -> Iterator[_Held]:
    """Yield the other field of the same part in which a value comes back, and take it from there."""
    for other, values in extra.items():
        if other.part == held.part and other.field != held.field:
            for one in values:
                if shown_value(one.value) == text:
                    values.remove(one)
                    yield other
                    return


def _note_order(old: Sequence[FieldValue], new: Sequence[FieldValue], carry: CarryReport) -> None:
    """Note values that come back in another order; those that are new among them are noted elsewhere."""
    before, added = [shown_value(one.value) for one in old], {one.path for one in _rest(new, old)}
    after = [shown_value(one.value) for one in new if one.path not in added]
    if before != after:
        carry.guess(shown_path(old[0].path[:-1]), old[0].field.partition(".")[2], before, after)


def _note_extra(values: Sequence[FieldValue], held: _Held, journey: Journey, carry: CarryReport) -> None:
    where = shown_path(held.part)
    if held.part[:1] == ("touchpoint",):
        where = f"touchpoint {journey.touchpoints[int(held.part[1])].id}"
    elif held.part[:1] == ("stage",):
        where = f"the stage of {journey.touchpoints[int(held.part[1])].id}"
    key = held.field.partition(".")[2]
    if not any(one.where == where and one.field == key for one in carry.guessed):
        carry.guess(where, key, "", [one.value for one in values])


def _is_noted_score(held: _Held, journey: Journey, carry: CarryReport) -> bool:
    if held.field == "Journey.scale":
        return any(one.where == "scale" for one in carry.guessed)
    if held.field != "Touchpoint.satisfaction":
        return False
    id = journey.touchpoints[int(held.part[1])].id
    return any(one.where == f"touchpoint {id}" and one.field in SCORES for one in carry.guessed)
