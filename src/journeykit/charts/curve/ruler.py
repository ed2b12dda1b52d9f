"""The ruler of an axis by time: round times, and how long the silences were that are drawn shorter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from math import ceil, floor, inf

from journeykit.charts import text, times
from journeykit.charts.clock import Clock
from journeykit.charts.labels import Labels
from journeykit.charts.scene import Line, Mark, Text

TICK = 64.0
"""The least distance of two labelled ticks."""


def ruler(
    clock: Clock,
    axis: float,
    top: float,
    ends: tuple[float, float],
    size: float,
    written: Callable[[float], str],
    labels: Labels,
) -> list[Mark]:
    """Ticks on the axis (its y) and their words below `top`, between the x of both ends."""
    left, right = ends
    marks: list[Mark] = []
    baseline = top + text.first_baseline(size)
    breaks: list[Text] = []
    for gap in clock.breaks:
        middle, shown = (gap.left + gap.right) / 2, times.span(gap.seconds, labels)
        breaks.append(
            text.label(shown, middle, baseline, size, italic=True, colour="muted", anchor="middle", kind="break")
        )
        marks += [breaks[-1], *_tear(middle, axis)]
    free = left  # everything to the left of it is taken
    ahead = 0
    for x, seconds in _ticks(clock):
        tick = text.label(written(seconds), x, baseline, size, colour="muted", anchor="middle", kind="tick")
        while ahead < len(breaks) and breaks[ahead].x < x:
            free = breaks[ahead].box().right + 4
            ahead += 1
        stop = breaks[ahead].left - 4 if ahead < len(breaks) else right
        if tick.left >= free and tick.box().right <= stop:
            marks += [_notch(x, axis), tick]
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
