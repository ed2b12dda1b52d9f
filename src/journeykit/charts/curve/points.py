"""Marks at the points of the curve: face, feeling, and what was expected."""

from __future__ import annotations

from typing import NamedTuple

from journeykit.charts.about_text import low_point_words, origin
from journeykit.charts.badge import level
from journeykit.charts.columns import Slot
from journeykit.charts.curve.plot import NEUTRAL, Plot
from journeykit.charts.curve.text_placement import CLEAR, place
from journeykit.charts.lane import View
from journeykit.drawing import icons
from journeykit.drawing.scene import Circle, Line, Mark, Role
from journeykit.drawing.stack import Stack
from journeykit.scoring import Rated
from journeykit.scoring.metrics import LOW_BASE

FACE = 20.0
"""Diameter of a face."""
RING = FACE / 2 + 2.5
"""Radius of the ring around a measured point."""
BESIDE = RING + 3.0
"""Distance from a point to the text at its right."""
GUTTER = 6.0
NAMED = 5
"""So many of the worst low points are named; where everything is named, nothing stands out."""


class PointLabel(NamedTuple):
    """The text beside a point of the curve, laid out from 0 downwards."""

    slot: Slot
    rated: Rated
    words: Stack
    above: bool
    """Whether the text is above the point."""
    clear: float = CLEAR
    """Vertical distance of the text from its point."""

    @property
    def score(self) -> float:
        """Score of the point; neutral if it is not rated."""
        return NEUTRAL if self.rated.score is None else self.rated.score

    def rise(self) -> float:
        """Return the height of the text and face above the point."""
        return self.words.height + self.clear if self.above else FACE / 2

    def fall(self) -> float:
        """Return the height of the text and face below the point."""
        return FACE / 2 if self.above else self.words.height + self.clear

    def marks(self, y: float) -> list[Mark]:
        """Return face, ring and text of a point at y."""
        shift = y - self.words.height - self.clear if self.above else y + self.clear
        marks: list[Mark] = []
        if self.rated.source == "measured":
            marks.append(Circle(x=self.slot.mark, y=y, radius=RING, stroke="ink", stroke_width=1.2, kind="measured"))
        marks.append(icons.face(level(self.rated.score), self.slot.mark, y, FACE))
        return [*marks, *(mark.moved(0, shift) for mark in self.words.marks)]


def point_labels(view: View, height: float, *, whole: bool = False) -> list[PointLabel]:
    """Return the texts of the points of a row. `whole` adds what the rails show: low points and peaks."""
    slots, plot = view.columns.slots, Plot(0.0, height)
    curve = [segment.line for run in plot.runs(view.columns, view.rated, view.journey) for segment in run]
    following = [*slots[1:], *view.columns.after[:1]]
    found = []
    for number, slot in enumerate(slots):
        rated = view.rated[slot.place.touchpoint.id]
        after = following[number] if number < len(following) else None
        then = view.rated[after.place.touchpoint.id].score if after else None
        now = NEUTRAL if rated.score is None else rated.score
        usual = now >= NEUTRAL if then is None or then == now else then < now
        words = Stack(view.text, slot.mark + BESIDE, 0.0, slot.right - slot.mark - BESIDE - GUTTER)
        _write(view, rated, words, whole)
        above, clear = place(words, usual, plot.y(now), curve, plot.y(NEUTRAL))
        found.append(PointLabel(slot, rated, words, above, clear))
    return found


def _write(view: View, rated: Rated, words: Stack, whole: bool) -> None:
    labels, small = view.labels, view.type.caption
    feeling = ", ".join(rated.touchpoint.feeling)
    if rated.score is None:
        words.add(labels.unrated(rated.hidden), small, italic=True, color="muted", kind="unrated")
    if feeling:
        words.add(feeling, view.type.body, bold=True, kind="feeling")
    low = view.low_points.get(rated.id)
    if whole and low and low.rank <= NAMED:
        words.add(labels("curve.low_point", n=low.rank), small, bold=True, color="bad-ink", kind="low-point")
        words.add(", ".join(low_point_words(low, labels)), small, color="bad-ink", kind="low-point")
    if whole and (peak := view.peaks.get(rated.id)):
        words.add(labels("curve.wow" if peak.wow else "curve.peak"), small, bold=True, color="good-ink", kind="peak")
    if view.slim or rated.score is None:
        return
    if rated.expected is not None:
        gap = round(rated.score - rated.expected, 6)
        key = "above" if gap > 0 else "below"
        if abs(gap) >= 0.5:
            ink: Role = "bad-ink" if gap < 0 else "good-ink"
            words.add(labels(f"curve.{key}", n=labels.number(abs(gap))), small, color=ink, kind="gap")
    if rated.source == "measured" and rated.touchpoint.measured:
        words.add(_answers(view, rated), small, color="muted", kind="measured")
        if basis := origin(view.journey, view.labels, rated.touchpoint.measured):
            words.add(" · ".join(basis), small, color="muted", kind="measured")


def _answers(view: View, rated: Rated) -> str:
    measured = rated.touchpoint.measured
    n = None if measured is None else sum(measured.counts.values()) if measured.counts else measured.n
    if n is None:
        return view.labels("curve.survey")
    answers = view.labels("curve.answers", n=n)
    return f"{answers} · {view.labels('metrics.low_base')}" if n < LOW_BASE else answers


def expectations(view: View, plot: Plot, reach: float) -> list[Mark]:
    """Return a tick at each expected score, and a dotted line from it to the actual one."""
    marks: list[Mark] = []
    for slot in view.columns.slots:
        rated = view.rated[slot.place.touchpoint.id]
        if rated.expected is None:
            continue
        y = plot.y(rated.expected)
        half = 5.0 if view.columns.time_scale else 7.0
        if rated.score is not None:
            point = plot.y(rated.score)
            if abs(point - y) > reach:
                marks.append(
                    Line(x1=slot.x, y1=y, x2=slot.x, y2=point, stroke="ink", dash=(1, 2.5), caps="round", kind="gap")
                )
            else:  # it would be hidden behind the face
                half = reach + 4
        marks.append(
            Line(x1=slot.x - half, y1=y, x2=slot.x + half, y2=y, stroke="ink", stroke_width=2, kind="expected")
        )
    return marks


def title(view: View, rated: Rated) -> str:
    """Return the title of a point, which is read out."""
    parts = [f"{rated.number} {rated.touchpoint.title}", *rated.touchpoint.feeling]
    if rated.score is not None:
        parts.append(view.labels.number(rated.score))
    return ", ".join(parts)
