"""Fixes of findings, as changes to the data of a file; `changing` turns them into edits of its text."""

from __future__ import annotations

from typing import Any, NamedTuple

from journeykit.source import KeyPath, Position


class Set(NamedTuple):
    """Set the value at a path, replacing one that exists.

    A list index equal to the list's length appends. Missing parents are created. `value` is plain data: text, numbers,
    booleans, lists and mappings.
    """

    path: KeyPath
    value: Any


class Remove(NamedTuple):
    """Remove a key with its value, or an item of a list."""

    path: KeyPath


Change = Set | Remove


class Fix(NamedTuple):
    """Changes that are made together or not at all. Paths refer to the data before any of them.

    `title` says what is done, as a menu of an editor shows it: "Write in-person". A `safe` fix does not change the
    meaning of the map.
    """

    title: str
    changes: tuple[Change, ...]
    safe: bool


class Replacement(NamedTuple):
    """An edit of text as part of a fix: `text` replaces what is between `start` and `end`, the end exclusive."""

    start: Position
    end: Position
    text: str
