"""Signs of versions and changes, which differ in shape and not only in color."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from journeykit.charts.difference.columns import Status
from journeykit.drawing import icons
from journeykit.drawing.geometry import Command, circle
from journeykit.drawing.scene import Line, Mark, Path, Rect, Role
from journeykit.drawing.text import Typesetter

OLD: Role = "line-1"
NEW: Role = "accent"
Sample: TypeAlias = Callable[[Typesetter, float, float], list[Mark]]
"""Draws an entry of the legend at (x, y)."""

DASH = (6.0, 3.5)
WIDE = 2.25
THIN = 1.75
SAMPLE = 26.0
"""Length of the sample of a line."""


def point(status: Status, x: float, y: float, radius: float, new: bool, rated: bool = True) -> list[Mark]:
    """Return the point of the old or new curve, by the status of its touchpoint; hollow if not rated."""
    color: Role = NEW if new else OLD
    solid = new and rated
    away = status in ("moved-here", "moved-away")
    shape = _diamond(x, y, 1.35 * radius) if away else circle(x, y, radius)
    marks: list[Mark] = [
        Path(commands=shape, fill=color if solid else "page", stroke="page" if solid else color,
             stroke_width=1.2, dash=() if rated else (1.5, 1.5), kind="point" if rated else "unrated")
    ]  # fmt: skip
    if status in ("added", "removed"):
        arm = 0.55 * radius
        ink: Role = "page" if solid else color
        strokes: list[Command] = [("M", x - arm, y), ("L", x + arm, y)]
        if status == "added":
            strokes += [("M", x, y - arm), ("L", x, y + arm)]
        marks.append(Path(commands=tuple(strokes), stroke=ink, stroke_width=1.3, kind="sign"))
    return marks


def _diamond(x: float, y: float, r: float) -> tuple[Command, ...]:
    return (("M", x, y - r), ("L", x + r, y), ("L", x, y + r), ("L", x - r, y), ("Z",))


def radius(status: Status) -> float:
    """Return the radius of a point; those with a sign are larger."""
    return 5.6 if status in ("added", "removed") else 4.0


def sample(new: bool, x: float, y: float) -> list[Mark]:
    """Return a sample of a curve with a point, from (x, y) to the right."""
    line = Line(
        x1=x, y1=y, x2=x + SAMPLE, y2=y, stroke=NEW if new else OLD, stroke_width=WIDE if new else THIN,
        dash=() if new else DASH, kind="sample",
    )  # fmt: skip
    return [line, *point("kept", x + SAMPLE / 2, y, 3.8, new)]


def _tint(kind: str) -> Sample:
    def at(_: Typesetter, x: float, y: float) -> list[Mark]:
        role: Role = "good-area" if kind == "better" else "bad-area"
        return [Rect(x=x, y=y - 4, width=14, height=8, fill=role, stroke="rule", stroke_width=0.5, kind="legend")]

    return at


def _sign(status: Status, new: bool) -> Sample:
    return lambda _, x, y: point(status, x + 7, y, 0.9 * radius(status), new)


LEGEND: Mapping[str, Sample] = {
    "better": _tint("better"),
    "worse": _tint("worse"),
    "added": _sign("added", True),
    "removed": _sign("removed", False),
    "moved": _sign("moved-here", True),
    "unrated": lambda _, x, y: point("kept", x + 7, y, 4, True, rated=False),
    "low_new": lambda text, x, y: [icons.low_point(text, 1, x + 7, y, 12)],
    "low_unmasked": lambda text, x, y: [icons.low_point(text, 1, x + 7, y, 12, fill="muted", ink="page")],
    "low_persisting": lambda text, x, y: [icons.low_point(text, 1, x + 7, y, 12, fill="muted", ink="page")],
    "low_resolved": lambda _, x, y: [icons.resolved(x + 7, y, 12)],
}
"""Samples by the name of the sign, from x to x + 14 around y."""
