"""Mirrored scenes for right-to-left languages: time runs from the right, labels are at the right."""

from __future__ import annotations

from journeykit.drawing.geometry import mapped
from journeykit.drawing.scene import ORIGIN, Anchor, Circle, Group, Image, Line, Mark, Path, Rect, Scene, Text

OPPOSITE: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}
UNMIRRORED = frozenset({"icon", "face"})
"""Kinds of groups that are moved but not mirrored: icons show things that look the same everywhere."""


def mirrored(scene: Scene) -> Scene:
    """Return the scene mirrored, except for its icons, faces and letters."""
    return scene._replace(marks=tuple(_mirrored(mark, scene.width) for mark in scene.marks))


def _mirrored(mark: Mark, width: float) -> Mark:
    match mark:
        case Group():
            if mark.kind in UNMIRRORED:
                box = mark.box()
                return mark.moved(width - box.right - box.left, 0)
            if mark.at != ORIGIN:
                turned = tuple(_mirrored(inner, 0.0) for inner in mark.marks)
                return mark._replace(marks=turned, at=(width - mark.at[0], mark.at[1]))
            return mark._replace(marks=tuple(_mirrored(inner, width) for inner in mark.marks))
        case Text():
            return mark._replace(x=width - mark.x, anchor=OPPOSITE[mark.anchor])
        case Rect() | Image():
            return mark._replace(x=width - mark.x - mark.width)
        case Circle():
            return mark._replace(x=width - mark.x)
        case Line():
            return mark._replace(x1=width - mark.x1, x2=width - mark.x2)
        case Path():
            return mark._replace(commands=mapped(mark.commands, lambda x, y: (width - x, y)))
