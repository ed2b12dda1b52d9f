"""Which words of a scene have a line through them."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator

from journeykit.drawing.geometry import Box, bounds
from journeykit.drawing.scene import Line, Path, Scene

from .maps import groups, leaves, texts

STEPS = 96
"""The number of straight pieces that approximate a piece of a curve."""


def struck(scene: Scene) -> list[str]:
    """What is written at the points of the curve and lies under the curve or the neutral line, row by row."""
    found = []
    for lane in groups(scene):
        if not lane.id.startswith("lane-curve-"):
            continue
        marks = [mark for mark in leaves(lane) if isinstance(mark, Path | Line)]
        pieces = sorted(box.grown(1) for mark in marks for box in _pieces(mark))
        widest = max((piece.width for piece in pieces), default=0.0)
        words = [text for group in groups(lane) if group.kind == "point" for text in texts(group)]
        for text in words:
            box = text.box()
            letters = Box(box.left, text.y - 0.78 * text.size, box.right, text.y + 0.2 * text.size)
            first, last = (bisect(pieces, (x,)) for x in (letters.left - widest, letters.right))
            if any(piece.overlaps(letters) for piece in pieces[first:last]):
                found.append(text.text)
    return found


def _pieces(mark: Path | Line) -> Iterator[Box]:
    """Boxes along a line, small enough to lie close to it."""
    if isinstance(mark, Line):
        if mark.kind == "neutral-line":
            yield mark.box()
        return
    if mark.kind != "curve":
        return
    x = y = 0.0
    for command in mark.commands:
        if command[0] == "C":
            _, x1, y1, x2, y2, x3, y3 = command
            before = (x, y)
            for step in range(1, STEPS + 1):
                t, s = step / STEPS, 1 - step / STEPS
                here = (
                    s**3 * x + 3 * s * s * t * x1 + 3 * s * t * t * x2 + t**3 * x3,
                    s**3 * y + 3 * s * s * t * y1 + 3 * s * t * t * y2 + t**3 * y3,
                )
                yield bounds((("M", *before), ("L", *here)))
                before = here
        if command[0] != "Z":
            x, y = command[-2], command[-1]
