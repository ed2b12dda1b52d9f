"""How objects are shown in notebooks: the layers that can draw them register their functions here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_VIEWS: dict[type, Callable[[Any], str]] = {}


def register(kind: type, view: Callable[[Any], str]) -> None:
    """Let `view` return the SVG or HTML of the objects of a class."""
    _VIEWS[kind] = view


def view(value: object) -> str | None:
    """Return the SVG or HTML of an object; None if nothing is registered that can draw it."""
    found = _VIEWS.get(type(value))
    return None if found is None else found(value)
