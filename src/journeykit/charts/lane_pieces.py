"""Lanes that are higher than a page, cut into pieces between their texts, cards and figures."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.drawing.geometry import Command
from journeykit.drawing.scene import Circle, Group, Image, Line, Mark, Path, Rect, Text

LEAST = 1.0
"""The least height of what is left of a rectangle or line at a cut."""


def cuts(group: Group, bottom: float, first: float, room: float) -> list[tuple[float, float]]:
    """Return the upper and lower ends of pieces of a lane that begins at 0 and ends at `bottom`.

    The first piece is at most `first` high, the others `room`. Empty if the lane cannot be cut so.
    """
    found = []
    start, most = 0.0, first
    while bottom - start > most:
        whole = [one for one in _whole(group.marks, most) if one[1] > start]
        tops = sorted({top for top, _ in whole if start + LEAST < top <= start + most}, reverse=True)
        end = next((y for y in tops if not any(top < y - 0.01 < low - 0.02 for top, low in whole)), None)
        if end is None:
            return []
        found.append((start, end))
        start, most = end, room
    return [*found, (start, bottom)]


def _whole(marks: tuple[Mark, ...], room: float) -> Iterator[tuple[float, float]]:
    """Yield the tops and bottoms of what no cut may divide: texts, icons, and groups that fit on a page."""
    for mark in marks:
        box = mark.box()
        if isinstance(mark, Group) and (mark.kind in _OPEN or box.height > room):
            placed = mark if mark.at == (0.0, 0.0) else mark._replace(at=(0.0, 0.0)).moved(*mark.at)
            yield from _whole(placed.marks, room)
        elif not _divisible(mark):
            yield box.top, box.bottom


_OPEN = frozenset({"decision", "handoff"})
"""Groups with lines that lead far away."""


def _divisible(mark: Mark) -> bool:
    return isinstance(mark, Rect | Line) or (isinstance(mark, Path) and all(step[0] in "ML" for step in mark.commands))


def piece(group: Group, top: float, bottom: float) -> list[Mark]:
    """Return what lies between two heights; rectangles and lines that reach beyond are shortened."""
    return [kept for mark in group.marks if (kept := _kept(mark, top, bottom))]


def _kept(mark: Mark, top: float, bottom: float) -> Mark | None:
    box = mark.box()
    if top - 0.01 <= box.top and box.bottom <= bottom + 0.01:
        return mark
    if box.bottom <= top + 0.01 or box.top >= bottom - 0.01:
        return None
    match mark:
        case Group():
            y = mark.at[1]
            marks = tuple(kept for one in mark.marks if (kept := _kept(one, top - y, bottom - y)))
            return mark._replace(marks=marks) if marks else None
        case Rect():
            low, high = max(box.top, top), min(box.bottom, bottom)
            return mark._replace(y=low, height=high - low) if high - low > LEAST else None
        case Line():
            return mark._replace(y1=min(max(mark.y1, top), bottom), y2=min(max(mark.y2, top), bottom))
        case Path() if _divisible(mark):
            commands = tuple(_clipped(mark.commands, top, bottom))
            return mark._replace(commands=commands) if commands else None
        case Text() | Circle() | Image() | Path():
            return mark if top <= (box.top + box.bottom) / 2 < bottom else None


def _clipped(commands: tuple[Command, ...], top: float, bottom: float) -> Iterator[Command]:
    """Yield what lies between two heights of a path of straight lines."""
    x0 = y0 = 0.0
    pen: tuple[float, float] | None = None
    for step, x, y in ((step[0], *step[-2:]) for step in commands):
        if step == "L" and max(y0, y) >= top and min(y0, y) <= bottom:
            slope = (x - x0) / (y - y0) if y != y0 else 0.0
            start, end = ((min(max(one, top), bottom)) for one in (y0, y))
            one, other = (x0 + slope * (start - y0), start), (x + slope * (end - y), end)
            if pen != one:
                yield ("M", *one)
            yield ("L", *other)
            pen = other
        x0, y0 = float(x), float(y)
