"""Check rules that span several keys of a file: one module per concern, each with a function `check(journey)`.

Checks read plain data, not models, so that they report all faults even if a single key is wrong. Values of the wrong
shape are skipped: the models report them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from importlib import import_module
from math import isfinite
from pkgutil import iter_modules
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from journeykit.model import Journey
from journeykit.model.fields import Leaf, Leaves, leaves
from journeykit.model.guess import meant
from journeykit.model.meaning import Defines, Elsewhere, Meaning, OnScale, Ref, Word
from journeykit.model.normalisation import NormalisedJourney
from journeykit.model.values import read_share
from journeykit.reading.faults import Fault
from journeykit.source import KeyPath


class Item(NamedTuple):
    """A mapping in the data and its path in the file."""

    path: KeyPath
    data: dict[Any, Any]

    def items(self, key: str) -> Iterator[Item]:
        """Yield the mappings in the list under a key."""
        for number, item in enumerate(self.texts_or_items(key)):
            if isinstance(item, dict):
                yield Item((*self.path, key, number), item)

    def texts_or_items(self, key: str) -> list[Any]:
        """Return the list under a key; an empty list if there is none."""
        value = self.data.get(key)
        return value if isinstance(value, list) else []

    def child(self, key: str) -> Item | None:
        """Return the mapping under a key; None if there is none."""
        value = self.data.get(key)
        return Item((*self.path, key), value) if isinstance(value, dict) else None

    def number(self, key: Any) -> float | None:
        """Return the number under a key; None if there is none, or an infinite one."""
        value = self.data.get(key)
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value) else None

    def share(self, key: Any) -> float | None:
        """Return the share under a key, written as a number or a percentage; None if it is not one."""
        try:
            return read_share(self.data.get(key))
        except PydanticCustomError:
            return None


class JourneyData:
    """The data of a journey file: as written (`file`), and with shorthands expanded (`root`)."""

    def __init__(self, data: dict[Any, Any], normal: NormalisedJourney) -> None:
        self.file = data
        self.root = Item((), normal.data)
        self.aliases = normal.aliases
        self.flat = not isinstance(data.get("stages"), list)

    def leaves(self, *wanted: type[Meaning]) -> list[Leaf]:
        """Return the keys and values with one of the wanted meanings, except `Prose`, at their paths in the file."""
        return [leaf for kind in wanted for leaf in self._leaves.get(kind, ())]

    @cached_property
    def _leaves(self) -> Leaves:
        return leaves(self.root.data, Journey, Defines, Ref, Word, Elsewhere, OnScale, flat=self.flat)

    @cached_property
    def stages(self) -> list[Item]:
        """The stages; a flat journey has none."""
        return [] if self.flat else list(self.root.items("stages"))

    @cached_property
    def touchpoints(self) -> list[Item]:
        """All touchpoints in order, with shorthands expanded."""
        if self.flat:
            stages = self.root.data.get("stages")
            only = stages[0] if isinstance(stages, list) else {}
            return list(Item((), only).items("touchpoints"))
        return [item for stage in self.stages for item in stage.items("touchpoints")]

    def misspelled(self, item: Item, *keys: str) -> bool:
        """Return whether an unknown key of `item` was meant as one of `keys`, which then is not missing."""
        return any(key not in KNOWN and meant(key, keys, 0.7) for key in list(item.data)[:MAX_KEYS])


KNOWN = frozenset((*Journey.model_fields, "touchpoints"))
MAX_KEYS = 100
"""The most keys of a mapping that are searched for a misspelling."""

Check = Callable[[JourneyData], Iterator[Fault]]


@lru_cache(1)
def all_checks() -> tuple[Check, ...]:
    """Return the `check` function of every module of this package."""
    names = [module.name for module in iter_modules(__path__)]
    return tuple(import_module(f"{__name__}.{name}").check for name in names)
