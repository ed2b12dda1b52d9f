"""Ticks and labels of a time axis: round times, and the lengths of shortened gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import ceil, floor, inf

from journeykit.charts import time_text
from journeykit.charts.locales import Labels
from journeykit.charts.time_scale import TimeScale
from journeykit.drawing.scene import Line, Mark, Text
from journeykit.drawing.text import Typesetter, first_baseline

TICK = 64.0
"""The least distance of two ticks with labels."""
APART = 8.0
"""Twice the least distance of two labels."""


def time_axis(
    text: Typesetter,
    scale: TimeScale,
    axis: float,
    top: float,
    ends: tuple[float, float],
    size: float,
    written: Callable[[float], str],
    labels: Labels,
    begun: Callable[[float], Sequence[str]] = lambda _: (),
) -> list[Mark]:
    """Return ticks on the axis (its y) and labels below `top`, between the x of both ends.

    `written` returns the label of a round time, `begun` labels for the start of the axis and the end of each break,
    of which the first that fits is shown.
    """
    baseline = top + first_baseline(size)
    words = _AxisLabels(text, baseline, size, ends)
    marks: list[Mark] = []
    for gap in scale.breaks:
        middle = (gap.left + gap.right) / 2
        words.put(middle, time_text.span(gap.seconds, labels), kind="break", sure=True)
        marks += _tear(middle, axis)
    for x, seconds in _begins(scale):
        if any(words.put(x, word) for word in begun(seconds)):
            marks.append(notch(x, axis))
    for x, seconds in _ticks(scale):
        word = written(seconds)
        if not word or words.put(x, word):
            marks.append(notch(x, axis))
    return [*marks, *words.marks]


class _AxisLabels:
    """Labels below an axis that do not overlap."""

    def __init__(self, text: Typesetter, baseline: float, size: float, ends: tuple[float, float]) -> None:
        self.text, self.baseline, self.size, self.ends = text, baseline, size, ends
        self.marks: list[Text] = []

    def put(self, x: float, word: str, kind: str = "tick", *, sure: bool = False) -> bool:
        """Add a label below x, or moved to stay within the axis. Return whether there was space."""
        italic = kind == "break"
        mark = self.text.label(
            word, x, self.baseline, self.size, italic=italic, color="muted", anchor="middle", kind=kind
        )
        left, right = self.ends
        shift = max(0.0, left - mark.left) - max(0.0, mark.box().right - right)
        mark = mark.moved(shift, 0)
        box = mark.box().grown(APART / 2)
        if not sure and (abs(shift) > mark.width / 2 or any(box.overlaps(other.box()) for other in self.marks)):
            return False
        self.marks.append(mark)
        return True


def _begins(scale: TimeScale) -> Iterator[tuple[float, float]]:
    """Yield x and seconds of the start of each part that is not a break."""
    begins = {gap.right for gap in scale.breaks} | {scale.xs[0]}
    moments = dict(zip(scale.xs, scale.seconds, strict=True))
    yield from ((x, seconds) for x, seconds in moments.items() if x in begins)


def _ticks(scale: TimeScale) -> Iterator[tuple[float, float]]:
    """Yield x and seconds of round times outside of breaks, at the least distance that fits."""
    step = next((step for step in time_text.STEPS if step * scale.rate >= TICK), 0)
    if not step:
        return
    last = -inf
    for (start, end), (left, right) in zip(pairwise(scale.seconds), pairwise(scale.xs), strict=True):
        if abs((right - left) - (end - start) * scale.rate) > 1e-6:  # broken
            continue
        for number in range(ceil(start / step), floor(end / step) + 1):
            if number * step > last:
                last = number * step
                yield left + (last - start) * scale.rate, last


def notch(x: float, y: float) -> Line:
    """Return a tick below an axis."""
    return Line(x1=x, y1=y, x2=x, y2=y + 4, stroke="muted", stroke_width=0.75, kind="tick")


def _tear(x: float, y: float) -> list[Mark]:
    """Return two slanted strokes through the axis, which mark a break."""
    return [
        Line(x1=x + shift - 2, y1=y + 5, x2=x + shift + 2, y2=y - 5, stroke="muted", stroke_width=1.2, kind="tear")
        for shift in (-2.5, 2.5)
    ]
