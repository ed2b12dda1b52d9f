"""The ruler of a row by time: ticks with their times, and how long touchpoints last."""

from __future__ import annotations

from journeykit.charts import time_text
from journeykit.charts.curve.time_axis import time_axis
from journeykit.charts.lane import View
from journeykit.charts.time_scale import TimeScale
from journeykit.drawing.scene import Group, Mark, Rect, Role
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import line_step
from journeykit.model import Duration

BAR = 5.0
"""Height of the bars above the axis."""


def ruler_height(view: View) -> float:
    """Return the height of the ruler's labels below their top."""
    return line_step(view.type.caption) + 4


def ruler(view: View, scale: TimeScale, axis: float, top: float) -> list[Mark]:
    """Return the ruler of a row on the line at y `axis`, with labels below `top`."""
    written = [slot.place.touchpoint.at for slot in view.columns.slots if slot.place.touchpoint.at]
    absolute, by_clock = any(at.absolute for at in written), any(map(time_text.by_the_clock, written))

    def shown(seconds: float) -> str:
        return time_text.tick(seconds, absolute, by_clock, view.labels)

    def begun(seconds: float) -> list[str]:
        words = time_text.starts(seconds, absolute, by_clock, view.labels)
        if scale.is_other and seconds == scale.seconds[0]:
            return [view.labels("time.other_scale", time=word) for word in words if word]
        return words

    ends = (view.columns.left, view.columns.right)
    marks: list[Mark] = [*_bars(view, scale, axis)]
    return [*marks, *time_axis(view.text, scale, axis, top, ends, view.type.caption, shown, view.labels, begun)]


SAMPLE = 14.0


def ruler_key(view: View, stack: Stack) -> None:
    """Add a line with a sample for each kind of bar that the journey has."""
    size = view.type.caption
    for name in ("lasts", "wait"):
        if any(getattr(touchpoint, name) for touchpoint in view.journey.touchpoints):
            stack.space(view.unit)
            stack.marks.append(_rect(stack.x, stack.x + SAMPLE, stack.bottom + 0.62 * size + BAR / 2, name, "legend"))
            stack.add(view.labels(f"time.{name}"), size, color="muted", indent=SAMPLE + 5, kind="legend")


def _bars(view: View, scale: TimeScale, axis: float) -> list[Mark]:
    """Return a bar for each touchpoint that says how long it lasts, filled as far as the customer waits."""
    marks: list[Mark] = []
    for slot, period in zip(view.columns.slots, view.columns.periods, strict=True):
        touchpoint = slot.place.touchpoint
        bars = [
            _bar(scale, axis, period.start, length, name)
            for name, length in (("lasts", touchpoint.lasts), ("wait", touchpoint.wait))
            if length
        ]
        if bars:
            marks.append(Group(marks=tuple(bars), id=f"time-{touchpoint.id}", title=touchpoint.title, kind="time"))
    return marks


def _bar(scale: TimeScale, axis: float, start: float, length: Duration, name: str) -> Mark:
    return _rect(scale.x(start), scale.x(start + length.seconds), axis, name, name)


def _rect(left: float, right: float, bottom: float, name: str, kind: str) -> Rect:
    fill: Role = "muted" if name == "wait" else "panel-strong"
    return Rect(
        x=left, y=bottom - BAR, width=max(right - left, 0.5), height=BAR,
        fill=fill, stroke="muted", stroke_width=0.6, kind=kind,
    )  # fmt: skip
