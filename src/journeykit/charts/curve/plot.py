"""Geometry of the curve in one row: y of scores, and the pieces of the curve and its band."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from journeykit.charts.columns import Columns, Slot
from journeykit.charts.curve.spline import Piece, interpolate
from journeykit.model import Journey
from journeykit.scoring import Rated

HEIGHT = 52
"""Height of the plot in units of spacing."""
NEUTRAL = 50.0


class Segment(NamedTuple):
    """The curve and its band from one touchpoint to the next, within the row."""

    line: Piece
    upper: Piece | None
    lower: Piece | None
    assumed: bool


class Plot(NamedTuple):
    """A scale from 100 at the top to 0 at the bottom."""

    top: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def y(self, score: float) -> float:
        return self.top + (100 - score) / 100 * self.height

    def runs(self, columns: Columns, rated: Mapping[str, Rated], journey: Journey) -> Iterator[list[Segment]]:
        """Yield the parts of the curve in a row: runs of consecutive rated touchpoints."""
        run: list[tuple[Slot, Rated]] = []
        for slot in (*columns.before, *columns.slots, *columns.after):
            one = rated[slot.place.touchpoint.id]
            if one.score is None:
                yield from self._run(run, columns, journey)
                run = []
            else:
                run.append((slot, one))
        yield from self._run(run, columns, journey)

    def _run(self, run: list[tuple[Slot, Rated]], columns: Columns, journey: Journey) -> Iterator[list[Segment]]:
        if len(run) < 2:
            return
        xs = [slot.x for slot, _ in run]
        lines = interpolate(xs, [self.y(one.score or 0.0) for _, one in run])
        halves = [one.half_width or 0.0 for _, one in run]
        uppers = interpolate(
            xs, [self.y(min(100, (one.score or 0.0) + u)) for (_, one), u in zip(run, halves, strict=True)]
        )
        lowers = interpolate(
            xs, [self.y(max(0, (one.score or 0.0) - u)) for (_, one), u in zip(run, halves, strict=True)]
        )
        guesses = [assumed(one, journey) for _, one in run]
        found = []
        for n, piece in enumerate(lines):
            line = piece.clipped(columns.left, columns.right)
            if line is not None:
                upper = uppers[n].clipped(columns.left, columns.right)
                lower = lowers[n].clipped(columns.left, columns.right)
                found.append(Segment(line, upper, lower, guesses[n] or guesses[n + 1]))
        if found:
            yield found


def assumed(rated: Rated, journey: Journey) -> bool:
    """Return whether there is no evidence for the score of a touchpoint."""
    if rated.source == "measured":
        return False
    if journey.basis == "assumption":
        return True
    return bool(journey.sources) and not journey.evidence_of(rated.touchpoint)
