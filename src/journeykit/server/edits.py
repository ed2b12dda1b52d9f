"""Edits in the terms of the protocol."""

from __future__ import annotations

from lsprotocol.types import TextEdit

from journeykit.changing import Edit
from journeykit.server.analysis import Analysis
from journeykit.source import Span


def text_edit(analysis: Analysis, edit: Edit) -> TextEdit:
    """Return an edit as the protocol has it."""
    return TextEdit(analysis.positions.range_of(Span(edit.start, edit.end)), edit.text)


def change(before: str, after: str) -> Edit:
    """Return the edit that turns one text into another: the lines between their common start and end."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    above, below = sum(map(len, old[:start])), sum(map(len, old[len(old) - end :]))
    return Edit(above, len(before) - below, "".join(new[start : len(new) - end]))


def _common(one: list[str], other: list[str]) -> int:
    """Return how many lines two texts share at their start."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
