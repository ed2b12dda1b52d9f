"""Edits of a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """Replace the text from `start` to `end` by `text`. Offsets are 0-based, in code points; the end is exclusive."""

    start: int
    end: int
    text: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits; those at one offset in the given order. Raise ValueError if two overlap."""
    parts, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            raise ValueError(edit)
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def minimal_edit(before: str, after: str) -> Edit:
    """Return the edit that turns one text into another: the lines between their common start and end."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    above, below = sum(map(len, old[:start])), sum(map(len, old[len(old) - end :]))
    return Edit(above, len(before) - below, "".join(new[start : len(new) - end]))


def _common(one: list[str], other: list[str]) -> int:
    """Return how many lines two texts share at their start."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
