"""Rails above and below the curve with its peaks and low points."""

from __future__ import annotations

from collections.abc import Iterable

from journeykit.charts.about_text import low_point_words
from journeykit.charts.columns import Slot
from journeykit.charts.curve.plot import Plot
from journeykit.charts.curve.points import BESIDE, GUTTER, NAMED, RING
from journeykit.charts.lane import View
from journeykit.drawing import icons
from journeykit.drawing.scene import Group, Line, Mark, Role
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import line_step
from journeykit.scoring import LowPoint

SHIELD = 18.0
SMALL = 0.75
"""Factor of the size of a shield of minor importance."""
STAR = 14.0


def peaks(view: View, plot: Plot, y: float) -> list[Mark]:
    """Return the rail above the plot: a star and a word over each peak."""
    marks: list[Mark] = []
    for slot in view.columns.slots:
        peak = view.peaks.get(slot.place.touchpoint.id)
        if peak is None:
            continue
        word, size = view.labels("curve.wow" if peak.wow else "curve.peak"), view.type.caption
        across = STAR if peak.wow else STAR * 0.6
        stem = _stem(slot.mark, y + across / 2 + 2, plot.y(peak.score) - RING, "star")
        star = icons.sign("star", slot.mark - across / 2, y - across / 2, across, "star")
        name = view.text.label(
            word,
            slot.mark + BESIDE,
            y + 0.36 * size,
            size,
            bold=peak.wow,
            color="ink" if peak.wow else "muted",
            kind="peak",
        )
        marks.append(Group(marks=(stem, star, name), title=word, kind="peak"))
    return marks


def low_points(view: View, plot: Plot, top: float) -> tuple[list[Mark], float]:
    """Return the rail below the plot, with rank, kind and severity of the worst low points, ranks of the others."""
    marks: list[Mark] = []
    height = 0.0
    for low, slots in _spans(view):
        for slot in slots:
            score = view.rated[slot.place.touchpoint.id].score
            marks.append(_stem(slot.mark, plot.y(score or 0.0) + RING, top + SHIELD / 2, "bad"))
            first = slot.place.touchpoint.id == low.id
            stack = _first(view, slot, low, top) if first else _again(view, slot, low.rank, top)
            id = f"low-point-{low.rank}" if first else ""
            title = view.labels("curve.low_point", n=low.rank)
            marks.append(Group(marks=tuple(stack.marks), id=id, title=title, kind="low-point"))
            height = max(height, SHIELD, stack.bottom - top)
    return marks, height


def _first(view: View, slot: Slot, low: LowPoint, top: float) -> Stack:
    """Lay out rank, kind and severity at the first touchpoint of a low point."""
    stack = Stack(view.text, slot.mark + BESIDE, top, _room(slot))
    if low.rank > NAMED:
        stack.marks.append(icons.low_point(view.text, low.rank, slot.mark, top + SHIELD / 2, SHIELD * SMALL))
        return stack
    stack.marks.append(icons.low_point(view.text, low.rank, slot.mark, top + SHIELD / 2, SHIELD))
    kind, severity = low_point_words(low, view.labels)
    stack.add(kind, view.type.body, bold=True, color="bad-ink", kind="low-point")
    stack.add(severity, view.type.caption, color="muted", kind="severity")
    return stack


def _stem(x: float, top: float, bottom: float, color: Role) -> Line:
    """Return a dotted line between a point and its rail."""
    return Line(
        x1=x, y1=top, x2=x, y2=bottom, stroke=color, stroke_width=1.25, dash=(1, 2.5), caps="round", kind="stem"
    )


def _again(view: View, slot: Slot, rank: int, top: float) -> Stack:
    """Lay out the rank at a further touchpoint of a low point, marked as continued."""
    stack = Stack(view.text, slot.mark + BESIDE, top + (SHIELD - line_step(view.type.caption)) / 2, _room(slot))
    words = view.labels("stages.continued", name=view.labels("curve.low_point", n=rank))
    stack.add(words, view.type.caption, color="muted", kind="low-point")
    stack.marks.append(icons.low_point(view.text, rank, slot.mark, top + SHIELD / 2, SHIELD * SMALL))
    return stack


def _room(slot: Slot) -> float:
    """Return the width of the text beside a point."""
    return slot.right - slot.mark - BESIDE - GUTTER


def _spans(view: View) -> Iterable[tuple[LowPoint, list[Slot]]]:
    found: dict[int, tuple[LowPoint, list[Slot]]] = {}
    for slot in view.columns.slots:
        if low := view.low_points.get(slot.place.touchpoint.id):
            found.setdefault(low.rank, (low, []))[1].append(slot)
    return found.values()
