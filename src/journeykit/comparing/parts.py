"""What differs between two versions of a journey beside its touchpoints: persona, stages, sources and all the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from journeykit.comparing.field_diff import FieldDiff
from journeykit.comparing.matching import bigrams, dice, moved
from journeykit.model import Journey
from journeykit.model.base import Part

PartKind: TypeAlias = Literal["changed", "added", "removed", "same"]
ELSEWHERE = frozenset({"touchpoints"})
"""Fields whose differences are those of touchpoints."""
IN_ORDER = frozenset({"stages", "lanes"})
"""Lists whose order says something."""
ALIKE = 0.5
"""The least likeness (Dice) of two names at one place that are taken for the same part."""
NAMING = ("name", "title", "goal", "question", "what")
"""Fields that name a part, of which each kind has one."""


class PartDiff(NamedTuple):
    """A part of a journey in one or both versions, and what changed: the journey itself, its persona, a stage …"""

    key: str
    """The field of the journey that it is in; "journey" for the journey's own plain fields."""
    id: str
    """Its id, or the text that names it; "" where a journey has one of it."""
    old: Part | None
    new: Part | None
    fields: tuple[FieldDiff, ...] = ()
    """Of a part of both versions, by the order of keys in the format."""
    moved: bool = False

    @property
    def kind(self) -> PartKind:
        """Whether it was added, removed, or is in both: changed or the same (it only moved)."""
        if self.old is None or self.new is None:
            return "added" if self.old is None else "removed"
        return "changed" if self.fields else "same"

    @property
    def name(self) -> str:
        """The text that names it in the new version, else in the old one; its id if there is none."""
        found = self.new or self.old
        assert found is not None
        return self.id and (_named(found) or self.id)


def part_diffs(old: Journey, new: Journey) -> tuple[PartDiff, ...]:
    """Return what differs beside touchpoints, by the order of keys in the format; the journey's own fields first."""
    plain: list[FieldDiff] = []
    found: list[PartDiff] = []
    for name, field in Journey.model_fields.items():
        was, now = (_value(journey, name) for journey in (old, new))
        if was == now:
            continue
        if any(isinstance(one, Part) for one in (was, now)):
            found += _single(name, was, now)
        elif any(parts := (_parts(was), _parts(now))):
            found += _listed(name, *parts)
        else:
            plain.append(FieldDiff(field.alias or name, was, now))
    own = (PartDiff("journey", "", old, new, tuple(plain)),) if plain else ()
    return (*own, *found)


def _value(journey: Journey, name: str) -> Any:
    return () if name == "stages" and journey.is_flat else getattr(journey, name)


def _single(key: str, old: Part | None, new: Part | None) -> Iterator[PartDiff]:
    """Yield a part of which a journey has one."""
    if old is None or new is None:
        yield PartDiff(key, "", old, new)
    else:
        yield PartDiff(key, "", old, new, _fields(old, new))


def _parts(value: Any) -> dict[str, Part]:
    """Return the parts in a list or mapping by their ids or names; nothing if it has others than parts."""
    found: dict[str, Part] = {}
    if isinstance(value, Mapping):
        return {key: one for key, one in value.items() if isinstance(one, Part)}
    for one in value if isinstance(value, tuple) else ():
        if not isinstance(one, Part):
            return {}
        id = getattr(one, "id", None) or _named(one)
        number = sum(key == id or key.startswith(f"{id}\n") for key in found)
        found[f"{id}\n{number}" if number else id] = one
    return found


def _named(part: Part) -> str:
    return next((str(text) for name in NAMING if (text := getattr(part, name, None))), "")


def _listed(key: str, old: Mapping[str, Part], new: Mapping[str, Part]) -> Iterator[PartDiff]:
    """Yield the parts of a list that differ, in the new order; those that are gone last."""
    pairs = _pairs(key, old, new)
    before, after = list(old), list(new)
    places = {after.index(now): before.index(was) for now, was in pairs.items()}
    out_of_order = moved(places) if key in IN_ORDER else frozenset()
    for number, (id, part) in enumerate(new.items()):
        was = old[pairs[id]] if id in pairs else None
        fields = _fields(was, part) if was else ()
        one = PartDiff(key, id.partition("\n")[0], was, part, fields, number in out_of_order)
        if one.kind != "same" or one.moved:
            yield one
    for id in before:
        if id not in pairs.values():
            yield PartDiff(key, id.partition("\n")[0], old[id], None)


def _pairs(key: str, old: Mapping[str, Part], new: Mapping[str, Part]) -> dict[str, str]:
    """Return the keys of parts of both versions: by id, then by name; the rest by place if they are alike.

    A stage at the same place is the same one, whatever its new name.
    """
    pairs = {id: id for id in new if id in old}
    names = {name: id for id, one in old.items() if id not in pairs and (name := _named(one))}
    for id, one in new.items():
        if id not in pairs and (name := _named(one)) in names:
            pairs[id] = names.pop(name)
    gone = pairs.values()
    for id, other in zip(new, old, strict=False):
        alike = key == "stages" or dice(bigrams(_named(new[id])), bigrams(_named(old[other]))) >= ALIKE
        if id not in pairs and other not in gone and alike:
            pairs[id] = other
    return pairs


def _fields(old: Part, new: Part) -> tuple[FieldDiff, ...]:
    renamed = _named(old) != _named(new)
    return tuple(
        FieldDiff(field.alias or name, was, now)
        for name, field in type(new).model_fields.items()
        if name not in ELSEWHERE
        and (was := getattr(old, name)) != (now := getattr(new, name))
        and not (name == "id" and renamed)  # an id that is made from a name changes with it
    )
