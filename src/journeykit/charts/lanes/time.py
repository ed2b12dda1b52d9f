"""When it happens, with `--axis time`, in a chart without a curve: a ruler with the true time of each touchpoint,
to which a line leads from its column.

| sign | meaning |
| --- | --- |
| point | when a touchpoint begins |
| hollow bar | how long it lasts |
| filled bar | how long the customer waits as part of it |
| two slanted strokes | a time that is drawn shorter, with its length below |
"""

from __future__ import annotations

from journeykit.charts.curve.ruler import BAR, ruler, ruler_height, ruler_key
from journeykit.charts.lane import Band, View
from journeykit.drawing.geometry import Command
from journeykit.drawing.scene import Circle, Group, Line, Mark, Path
from journeykit.drawing.stack import Stack

DOT = 3.0
LEADER = 26.0
"""Height of the slanted part of the lines from columns to the ruler."""


def lay_out(view: View, top: float) -> Band | None:
    columns, scale = view.columns, view.columns.time_scale
    if scale is None:
        return None
    key = Stack(view.text, columns.page, top, columns.left - columns.page - 24)
    key.add(view.labels("lanes.time"), view.type.body, bold=True, kind="lane-label")
    if not columns.before:
        ruler_key(view, key)
    axis = top + LEADER + BAR + 2 * DOT + 4
    marks: list[Mark] = [
        Line(x1=columns.left, y1=axis, x2=columns.right, y2=axis, stroke="muted", stroke_width=0.75, kind="axis")
    ]
    for slot in columns.slots:
        leader: tuple[Command, ...] = (("M", slot.mark, top), ("L", slot.x, top + LEADER), ("L", slot.x, axis))
        marks.append(Path(commands=leader, stroke="neutral", stroke_width=0.6, kind="leader"))
    marks += ruler(view, scale, axis, axis + 6)
    for slot in columns.slots:
        touchpoint = slot.place.touchpoint
        dot = Circle(x=slot.x, y=axis - BAR - DOT - 1, radius=DOT, fill="ink", stroke="ink", kind="dot")
        title = f"{slot.place.number} {touchpoint.title}"
        marks.append(Group(marks=(dot,), id=f"moment-{touchpoint.id}", title=title, kind="moment"))
    return Band(max(axis + 6 + ruler_height(view) - top, key.height), (*key.marks, *marks))
