"""The rails above and below a curve: its peaks, and its low points in the order of their severity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from journeykit.charts import glyphs, text
from journeykit.charts.columns import Slot
from journeykit.charts.curve.callouts import BESIDE, GUTTER, RING
from journeykit.charts.curve.plot import Plot
from journeykit.charts.lane import View
from journeykit.charts.scene import Circle, Group, Line, Mark, Role
from journeykit.charts.stack import Stack
from journeykit.scoring import LowPoint

SHIELD = 18.0
STAR = 14.0


def peaks(view: View, plot: Plot, y: float) -> list[Mark]:
    """The rail above the plot: a star and a word over each peak."""
    marks: list[Mark] = []
    for slot in view.columns.slots:
        peak = view.peaks.get(slot.place.touchpoint.id)
        if peak is None:
            continue
        word, size = view.labels("curve.wow" if peak.wow else "curve.peak"), view.type.caption
        across = STAR if peak.wow else STAR * 0.6
        stem = _stem(slot.mark, y + across / 2 + 2, plot.y(peak.score) - RING, "star")
        star = glyphs.sign("star", slot.mark - across / 2, y - across / 2, across, "star")
        name = text.label(
            word,
            slot.mark + BESIDE,
            y + 0.36 * size,
            size,
            bold=peak.wow,
            colour="ink" if peak.wow else "muted",
            kind="peak",
        )
        marks.append(Group(marks=(stem, star, name), title=word, kind="peak"))
    return marks


def low_points(view: View, plot: Plot, top: float) -> tuple[list[Mark], float]:
    """The rail below the plot: rank, kind and severity under each low point; and how high it is."""
    labels, small = view.labels, view.type.caption
    marks: list[Mark] = []
    height = 0.0
    for low, slots in _spans(view):
        slot, middle = slots[0], top + SHIELD / 2
        if slot.place.touchpoint.id != low.id:  # it began in the row above
            continue
        stack = Stack(slot.mark + BESIDE, top, slot.right - slot.mark - BESIDE - GUTTER)
        stack.add(labels(f"curve.{low.kind}"), view.type.body, bold=True, colour="bad-ink", kind="low-point")
        severity = labels("curve.severity", n=labels.number(low.severity))
        stack.add(severity, small, colour="muted", kind="severity")
        height = max(height, SHIELD, stack.height)
        for one in slots:
            marks.append(_stem(one.mark, plot.y(low.score) + RING, middle, "bad"))
        marks += _bracket(slots, middle)
        title = labels("curve.low_point", n=low.rank)
        shield = glyphs.low_point(low.rank, slot.mark, middle, SHIELD)
        marks.append(Group(marks=(shield, *stack.marks), id=f"low-point-{low.rank}", title=title, kind="low-point"))
    return marks, height


def _stem(x: float, top: float, bottom: float, colour: Role) -> Line:
    """The dotted line between a point and its rail."""
    return Line(
        x1=x, y1=top, x2=x, y2=bottom, stroke=colour, stroke_width=1.25, dash=(1, 2.5), caps="round", kind="stem"
    )


def _bracket(slots: Sequence[Slot], y: float) -> list[Mark]:
    """A low point that goes on over several touchpoints."""
    return [Circle(x=slot.mark, y=y, radius=3, fill="bad", kind="span") for slot in slots[1:]]


def _spans(view: View) -> Iterable[tuple[LowPoint, list[Slot]]]:
    found: dict[int, tuple[LowPoint, list[Slot]]] = {}
    for slot in view.columns.slots:
        if low := view.low_points.get(slot.place.touchpoint.id):
            found.setdefault(low.rank, (low, []))[1].append(slot)
    return found.values()
