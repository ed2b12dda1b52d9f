"""The curve by time: points at their true times; faces and words stay in the columns, and leaders join the two."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import ceil, floor, inf

from journeykit.charts import glyphs, text, times
from journeykit.charts.badge import level
from journeykit.charts.clock import Clock, spread
from journeykit.charts.curve import callouts
from journeykit.charts.curve.field import field
from journeykit.charts.curve.plot import Plot
from journeykit.charts.geometry import Command
from journeykit.charts.lane import Band, View
from journeykit.charts.scene import Circle, Group, Line, Mark, Path, Role, Text

DOT = 3.0
LEADER = 30.0
"""Height of the leaders' slant."""
SHIELD = 14.0
TICK = 64.0
"""The least distance of two labelled ticks."""


def by_time(view: View, top: float, height: float) -> Band:
    """Faces and words on top, leaders down to the plot, and the hours or days beneath it."""
    flags = callouts.flags(view, height, whole=True)
    words = max([callouts.FACE, *(flag.words.height for flag in flags)])
    plot = Plot(top + words + LEADER + 8, height)
    marks = field(view, plot)
    for flag in flags:
        slot, face = flag.slot, top + callouts.RING
        bend = top + words + 2
        y = plot.y(flag.score)
        leader: tuple[Command, ...] = (
            ("M", slot.mark, face + callouts.RING),
            ("L", slot.mark, bend),
            ("L", slot.x, bend + LEADER),
            ("L", slot.x, y),
        )
        marks.append(Path(commands=leader, stroke="neutral", stroke_width=0.6, kind="leader"))
    marks += callouts.expectations(view, plot, DOT)
    for flag in flags:
        slot, face = flag.slot, top + callouts.RING
        here = [
            *_dot(flag, plot.y(flag.score)),
            glyphs.face(level(flag.rated.score), slot.mark, face, callouts.FACE),
            *(mark.moved(0, top) for mark in flag.words.marks),
        ]
        title = callouts.title(view, flag.rated)
        marks.append(Group(marks=tuple(here), id=f"point-{flag.rated.id}", title=title, kind="point"))
    marks += _shields(view, plot)
    foot = plot.bottom + SHIELD * bool(view.low_points) + 6
    marks += _ruler(view, plot, foot)
    return Band(foot + text.line_step(view.type.caption) + 4 - top, tuple(marks))


def _dot(flag: callouts.Flag, y: float) -> list[Mark]:
    colour: Role = "page" if flag.rated.score is None else "ink"
    x = flag.slot.x
    marks: list[Mark] = [Circle(x=x, y=y, radius=DOT, fill=colour, stroke="ink", kind="dot")]
    if flag.rated.source == "measured":
        marks.append(Circle(x=x, y=y, radius=DOT + 2.5, stroke="ink", kind="measured"))
    return marks


def _shields(view: View, plot: Plot) -> list[Mark]:
    """The ranks of low points along the bottom, moved apart where they would cover each other."""
    first = [slot for slot in view.columns.slots if _low(view, slot.place.touchpoint.id)]
    if not first:
        return []
    offsets = [number * (SHIELD + 2) for number in range(len(first))]
    half = SHIELD / 2
    places = spread([slot.x for slot in first], offsets, view.columns.left + half, view.columns.right - half)
    marks: list[Mark] = []
    y = plot.bottom + 4 + half
    for slot, x in zip(first, places, strict=True):
        low = view.low_points[slot.place.touchpoint.id]
        start = plot.y(low.score) + DOT + 2
        if start < y - half:
            marks.append(
                Line(x1=slot.x, y1=start, x2=x, y2=y - half, stroke="bad", dash=(1, 2.5), caps="round", kind="stem")
            )
        shield = glyphs.low_point(low.rank, x, y, SHIELD)
        title = view.labels("curve.low_point", n=low.rank)
        marks.append(Group(marks=(shield,), id=f"low-point-{low.rank}", title=title, kind="low-point"))
    return marks


def _low(view: View, id: str) -> bool:
    low = view.low_points.get(id)
    return low is not None and low.id == id


def _ruler(view: View, plot: Plot, top: float) -> list[Mark]:
    """Round times along the bottom, and how long the silences were that are drawn shorter."""
    clock, columns, size = view.columns.clock, view.columns, view.type.caption
    if clock is None:
        return []
    marks: list[Mark] = []
    baseline = top + text.first_baseline(size)
    written = [slot.place.touchpoint.at for slot in columns.slots if slot.place.touchpoint.at]
    absolute, by_clock = any(at.absolute for at in written), any(map(times.by_the_clock, written))
    labels: list[Text] = []
    for gap in clock.breaks:
        middle, shown = (gap.left + gap.right) / 2, times.span(gap.seconds, view.labels)
        labels.append(
            text.label(shown, middle, baseline, size, italic=True, colour="muted", anchor="middle", kind="break")
        )
        marks += [labels[-1], *_tear(middle, plot.bottom)]
    free = columns.left  # everything to the left of it is taken
    ahead = 0
    for x, seconds in _ticks(clock):
        shown = times.tick(seconds, absolute, by_clock, view.labels)
        tick = text.label(shown, x, baseline, size, colour="muted", anchor="middle", kind="tick")
        while ahead < len(labels) and labels[ahead].x < x:
            free = labels[ahead].box().right + 4
            ahead += 1
        stop = labels[ahead].left - 4 if ahead < len(labels) else columns.right
        if tick.left >= free and tick.box().right <= stop:
            marks += [_notch(x, plot.bottom), tick]
            free = tick.box().right + 4
    return marks


def _ticks(clock: Clock) -> Iterator[tuple[float, float]]:
    """x and seconds of round times that lie far enough apart, within the stretches that are not broken."""
    step = next((step for step in times.STEPS if step * clock.scale >= TICK), 0)
    if not step:
        return
    last = -inf
    for (start, end), (left, right) in zip(pairwise(clock.seconds), pairwise(clock.xs), strict=True):
        if abs((right - left) - (end - start) * clock.scale) > 1e-6:  # broken
            continue
        for number in range(ceil(start / step), floor(end / step) + 1):
            if number * step > last:
                last = number * step
                yield left + (last - start) * clock.scale, last


def _notch(x: float, y: float) -> Line:
    return Line(x1=x, y1=y, x2=x, y2=y + 4, stroke="muted", stroke_width=0.75, kind="tick")


def _tear(x: float, y: float) -> list[Mark]:
    """Two slanted strokes through the axis: here time runs faster."""
    return [
        Line(x1=x + shift - 2, y1=y + 5, x2=x + shift + 2, y2=y - 5, stroke="muted", stroke_width=1.2, kind="tear")
        for shift in (-2.5, 2.5)
    ]
