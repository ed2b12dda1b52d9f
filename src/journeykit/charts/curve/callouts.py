"""What stands at the points of a curve: face, feeling, expectation, and the rails of peaks and low points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from journeykit.charts import glyphs, text
from journeykit.charts.badge import level
from journeykit.charts.columns import Slot
from journeykit.charts.curve.plot import NEUTRAL, Plot
from journeykit.charts.lane import View
from journeykit.charts.scene import Circle, Group, Line, Mark, Role
from journeykit.charts.stack import Stack
from journeykit.scoring import LowPoint, Rated

FACE = 20.0
"""Across."""
RING = FACE / 2 + 2.5
"""Radius of the ring around a measured point."""
BESIDE = RING + 3.0
"""From a point to the text at its right."""
CLEAR = 3.0
"""Between the height of a point and its text: the curve leaves the point between the two."""
GUTTER = 6.0
SHIELD = 18.0
STAR = 14.0


@dataclass(frozen=True, slots=True)
class Flag:
    """A touchpoint's point on the curve and the text beside it, laid out from 0 downwards."""

    slot: Slot
    rated: Rated
    words: Stack
    above: bool
    """Whether the text stands above the point; the curve then goes down to the right of it."""

    @property
    def score(self) -> float:
        """The height of the point; an unrated one lies on the neutral line."""
        return NEUTRAL if self.rated.score is None else self.rated.score

    def rise(self) -> float:
        """How far the text reaches above its point."""
        return self.words.height + CLEAR if self.above else FACE / 2

    def fall(self) -> float:
        """How far it reaches below."""
        return FACE / 2 if self.above else self.words.height + CLEAR

    def marks(self, y: float) -> list[Mark]:
        """Face, ring and text of a point at a height."""
        shift = y - self.words.height - CLEAR if self.above else y + CLEAR
        marks: list[Mark] = []
        if self.rated.source == "measured":
            marks.append(Circle(x=self.slot.mark, y=y, radius=RING, stroke="ink", stroke_width=1.2, kind="measured"))
        marks.append(glyphs.face(level(self.rated.score), self.slot.mark, y, FACE))
        return [*marks, *(mark.moved(0, shift) for mark in self.words.marks)]


def flags(view: View, *, whole: bool) -> list[Flag]:
    """One for each touchpoint of the row; `whole` ones also say what else is on the rails."""
    slots = view.columns.slots
    following = [*slots[1:], *view.columns.after[:1]]
    made = []
    for number, slot in enumerate(slots):
        rated = view.rated[slot.place.touchpoint.id]
        after = following[number] if number < len(following) else None
        then = view.rated[after.place.touchpoint.id].score if after else None
        now = NEUTRAL if rated.score is None else rated.score
        above = now >= NEUTRAL if then is None or then == now else then < now
        words = Stack(slot.mark + BESIDE, 0.0, slot.right - slot.mark - BESIDE - GUTTER)
        _write(view, rated, words, whole)
        made.append(Flag(slot, rated, words, above))
    return made


def _write(view: View, rated: Rated, words: Stack, whole: bool) -> None:
    labels, small = view.labels, view.type.caption
    feeling = ", ".join(rated.touchpoint.feeling)
    if rated.score is None:
        words.add(labels("curve.unrated"), small, italic=True, colour="muted", kind="unrated")
    if feeling:
        words.add(feeling, view.type.body, bold=True, kind="feeling")
    if whole and (low := view.low_points.get(rated.id)):
        words.add(labels("curve.low_point", n=low.rank), small, bold=True, colour="bad-ink", kind="low-point")
        kind = f"{labels(f'curve.{low.kind}')}, {labels('curve.severity', n=labels.number(low.severity))}"
        words.add(kind, small, colour="bad-ink", kind="low-point")
    if whole and (peak := view.peaks.get(rated.id)):
        words.add(labels("curve.wow" if peak.wow else "curve.peak"), small, bold=True, colour="good-ink", kind="peak")
    if view.slim or rated.score is None:
        return
    if rated.expected is not None:
        gap = round(rated.score) - round(rated.expected)
        key = "above" if gap > 0 else "below"
        if gap:
            ink: Role = "bad-ink" if gap < 0 else "good-ink"
            words.add(labels(f"curve.{key}", n=labels.number(abs(gap))), small, colour=ink, kind="gap")
    if rated.source == "measured" and rated.touchpoint.measured:
        words.add(_answers(view, rated), small, colour="muted", kind="measured")


def _answers(view: View, rated: Rated) -> str:
    measured = rated.touchpoint.measured
    n = None if measured is None else sum(measured.counts.values()) if measured.counts else measured.n
    return view.labels("curve.survey") if n is None else view.labels("curve.answers", n=n)


def expectations(view: View, plot: Plot, reach: float) -> list[Mark]:
    """A tick where each touchpoint was expected, and a dotted line to where it came out."""
    marks: list[Mark] = []
    for slot in view.columns.slots:
        rated = view.rated[slot.place.touchpoint.id]
        if rated.expected is None:
            continue
        y = plot.y(rated.expected)
        half = 7.0
        if rated.score is not None:
            point = plot.y(rated.score)
            if abs(point - y) > reach:
                marks.append(
                    Line(x1=slot.x, y1=y, x2=slot.x, y2=point, stroke="ink", dash=(1, 2.5), caps="round", kind="gap")
                )
            else:  # it would hide behind the face
                half = reach + 4
        marks.append(
            Line(x1=slot.x - half, y1=y, x2=slot.x + half, y2=y, stroke="ink", stroke_width=2, kind="expected")
        )
    return marks


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


def title(view: View, rated: Rated) -> str:
    """A point in words, for whoever cannot see it."""
    parts = [f"{rated.number} {rated.touchpoint.title}", *rated.touchpoint.feeling]
    if rated.score is not None:
        parts.append(view.labels.number(rated.score))
    return ", ".join(parts)
