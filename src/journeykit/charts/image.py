"""Pictures that a journey shows, scaled into a box."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from journeykit.charts.lane import View
from journeykit.drawing.scene import Group, Mark, Rect
from journeykit.drawing.scene import Image as ImageMark
from journeykit.images import MediaType, resized
from journeykit.model import Image

FORMS: Mapping[MediaType, Literal["png", "jpeg", "svg"]] = {
    "image/png": "png", "image/jpeg": "jpeg", "image/svg+xml": "svg",
}  # fmt: skip
SHARP = 3
"""Pixels of a picture to a point: more than screens and printers show."""


def fitted(view: View, image: Image, x: float, top: float, width: float, height: float) -> Group:
    """Return a picture as large as fits into a box, from its top left corner; a frame if it cannot be read."""
    found = view.images.get(image.file)
    if found is None:
        frame = Rect(
            x=x, y=top, width=width, height=min(height, width * 0.6), radius=3, stroke="rule", dash=(3, 3), kind="gap"
        )
        return Group(marks=(frame,), title=image.alt or image.file, role="img", kind="picture")
    scale = min(width / found.width, height / found.height)
    wide, high = found.width * scale, found.height * scale
    small = resized(found, round(wide * SHARP), round(high * SHARP))
    form = FORMS[small.media_type]
    marks: list[Mark] = [
        ImageMark(
            x=x, y=top, width=wide, height=high, data=small.data, form=form, png=None if form == "svg" else small.data,
            kind="picture",
        ),
        Rect(x=x, y=top, width=wide, height=high, stroke="rule", stroke_width=0.5, kind="picture-frame"),
    ]  # fmt: skip
    return Group(marks=tuple(marks), title=image.alt or "", role="img" if image.alt else "", kind="picture")
