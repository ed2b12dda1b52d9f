"""The canonical order of keys: that of the models' fields, with exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from journeykit.model import Journey, Stage, Step, Touchpoint
from journeykit.model.base import Part
from journeykit.model.fields import parts_in
from journeykit.source import KeyPath

BLOCK = (Journey, Stage, Touchpoint)
"""Models that are always written over lines, so that each key is a line in a diff."""
BEFORE: Mapping[type[Part], Mapping[str, str | None]] = {
    Journey: {"scoring": "stages", "data": "stages", "evidence": "stages"},  # they apply to all touchpoints
    Stage: {"phase": "goal"},
    Step: {"from": "does", "to": "does"},  # who hands over to whom, then what is done
    Touchpoint: {"frontstage": None, "backstage": None, "decision": None},  # long blocks go last
}
"""Exceptions: fields that are placed before another one, or last (None)."""


class KeyLayout(NamedTuple):
    """The layout of a mapping, or of each mapping in a list."""

    ranks: Mapping[Any, int] = {}
    """The position of each key; empty where keys are free and keep their order."""
    fields: Mapping[Any, KeyLayout] = {}
    """The shapes of the values by key."""
    each: KeyLayout | None = None
    """The shape of every value, where keys are free."""
    block: bool = False
    """Whether it is written over lines and not in brackets."""

    def below(self, key: Any) -> KeyLayout:
        """Return the shape of a key's value."""
        return self.fields.get(key) or self.each or FREE

    def rank(self, key: Any) -> int:
        """Return the position of a key; the title of a short touchpoint, which is no field, is first."""
        return self.ranks.get(key, -1)


FREE = KeyLayout()


@lru_cache(1)
def journey_shape() -> KeyLayout:
    """Return the shape of a whole file."""
    return _shape(Journey)


def layout_at(path: KeyPath) -> KeyLayout:
    """Return the layout of what is at a path of a file."""
    layout = journey_shape()
    for step in path:
        layout = layout if isinstance(step, int) else layout.below(step)
    return layout


def _shape(model: type[Part]) -> KeyLayout:
    names = _order(model)
    fields = {}
    for name, field in model.model_fields.items():
        if part := next(parts_in(field.annotation), None):
            shape = _shape(part)
            fields[field.alias or name] = KeyLayout(each=shape) if _is_mapping(field.annotation) else shape
    if model is Journey:
        names.insert(names.index("stages"), "touchpoints")
        fields["touchpoints"] = _shape(Touchpoint)
    return KeyLayout({name: rank for rank, name in enumerate(names)}, fields, None, model in BLOCK)


def _order(model: type[Part]) -> list[str]:
    names = [field.alias or name for name, field in model.model_fields.items()]
    for name, other in BEFORE.get(model, {}).items():
        names.remove(name)
        names.insert(names.index(other) if other else len(names), name)
    return names


def _is_mapping(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is dict
