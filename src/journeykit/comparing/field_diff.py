"""A field that differs between two versions."""

from __future__ import annotations

from typing import Any, NamedTuple


class FieldDiff(NamedTuple):
    """A field of a touchpoint or of another part: its key in the format, its value before and after."""

    key: str
    old: Any
    new: Any
