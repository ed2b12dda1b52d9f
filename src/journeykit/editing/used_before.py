"""The names of people, teams and systems that a file uses already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

STEPS = ("frontstage", "backstage")
TEAMS = ("team", "from", "to")
USED_ALIKE = (("owner",), TEAMS, ("system",))
"""Keys with names of people, teams and systems: the texts of one are likely ones of the others."""


def texts_under(data: Any, keys: tuple[str, ...]) -> Iterator[str]:
    """Yield the texts that some of `USED_ALIKE` have anywhere in plain data; those of teams only in steps."""
    return _texts(data, keys, keys is not TEAMS)


def _texts(data: Any, keys: tuple[str, ...], within: bool, below: bool = False) -> Iterator[str]:
    """Yield the texts that some keys have anywhere in plain data, or only in steps unless they are `within` reach."""
    if isinstance(data, str) and below:
        yield data
    elif isinstance(data, list):
        for item in data:
            yield from _texts(item, keys, within, below)
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, keys, within or key in STEPS, within and key in keys)
