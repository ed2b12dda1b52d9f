"""Where a file defines what other places of it refer to, by the meaning of the fields."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from journeykit.model.fields import Shape, fields_of
from journeykit.model.journey import Journey
from journeykit.model.meaning import Defines, Ref


class Home(NamedTuple):
    """Where a kind is defined: the keys of the lists or mappings that contain the definitions, outermost first.

    `by_key` says that the ids are the keys of a mapping.
    """

    keys: tuple[str, ...]
    defines: Defines
    by_key: bool = False


@lru_cache(1)
def homes() -> Mapping[str, Home]:
    """Return where a file defines each kind."""
    return {home.defines.kind: home for home in _homes(Shape(fields=fields_of(Journey, (Defines,))), ())}


def _homes(shape: Shape, keys: tuple[str, ...]) -> Iterator[Home]:
    for meaning in (*shape.meanings, *shape.keys):
        if isinstance(meaning, Defines):
            yield Home(keys, meaning, meaning in shape.keys)
    for _, key, inner in shape.fields:
        yield from _homes(inner, (*keys, key) if not inner.meanings else keys)
    for inner in filter(None, (shape.items, shape.values)):
        yield from _homes(inner, keys)


def kind_of(ref: Ref, id: str, known: Collection[tuple[str, str]]) -> str:
    """Return the kind of what an id refers to; `known` has the kinds and ids that are defined."""
    return next((kind for kind in ref.kinds if (kind, id) in known), ref.kind)
