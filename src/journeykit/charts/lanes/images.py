"""The storyboard: a picture of each scene, with what it shows below. A dashed frame stands for a picture that cannot
be shown.
"""

from __future__ import annotations

from journeykit.charts.image import fitted
from journeykit.charts.lane import Band, View
from journeykit.drawing.scene import Group, Mark
from journeykit.drawing.stack import Stack

GUTTER = 14.0
HEIGHT = 96.0
"""The most height of a picture."""


def lay_out(view: View, top: float) -> Band | None:
    marks: list[Mark] = []
    height = 0.0
    for slot in view.columns.slots:
        image = slot.place.touchpoint.image
        if image is None:
            continue
        picture = fitted(view, image, slot.left, top, slot.width - GUTTER, HEIGHT)
        stack = Stack(view.text, slot.left, picture.box().bottom + view.unit, slot.width - GUTTER)
        if image.alt:
            stack.add(image.alt, view.type.caption, color="muted", kind="alt")
        marks.append(Group(marks=(picture, *stack.marks), kind="image"))
        height = max(height, stack.bottom - top)
    return Band(height, tuple(marks), view.labels("lanes.images")) if marks else None
