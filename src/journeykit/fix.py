"""What would mend a finding, as changes to the data of a file; `changing` turns them into changes of its text."""

from __future__ import annotations

from typing import Any, NamedTuple

from journeykit.source import Path, Position


class Set(NamedTuple):
    """Put a value at a path: in place of the one there, or new if its parent lacks it.

    A list index equal to the list's length appends. Where parents are missing too, they are made. `value` is plain
    data: text, numbers, booleans, lists and mappings.
    """

    path: Path
    value: Any


class Remove(NamedTuple):
    """Take out a key with its value, or an item of a list."""

    path: Path


Change = Set | Remove


class Fix(NamedTuple):
    """Changes that belong together: all are made or none. Paths speak of the data before any of them.

    `title` says what is done, as a menu of an editor shows it: "Write in-person". What is `safe` changes nothing that
    somebody meant.
    """

    title: str
    changes: tuple[Change, ...]
    safe: bool


class Replacement(NamedTuple):
    """`text` in place of what stands from `start` to `end`, the end exclusive: a part of a fix, in the text itself."""

    start: Position
    end: Position
    text: str
