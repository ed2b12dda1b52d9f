"""Layout of an overlay, which all of its parts use."""

from __future__ import annotations

from typing import NamedTuple

from journeykit.charts.locales import Labels
from journeykit.charts.overlay.axis import Grid
from journeykit.charts.overlay.members import Member
from journeykit.charts.overlay.score_changes import ScoreChange
from journeykit.drawing.text import Typesetter
from journeykit.drawing.themes import TypeScale
from journeykit.scoring import Rated


class OverlayLayout(NamedTuple):
    """Data and positions of an overlay. Lengths are in points."""

    members: tuple[Member, ...]
    grid: Grid
    changes: tuple[ScoreChange, ...]
    labels: Labels
    text: Typesetter
    type: TypeScale
    unit: float
    """Unit of spacing."""
    page: float
    """Left edge of the page."""
    right: float
    """Right edge of the page."""
    plot: float
    """The least height of the plot."""
    short: bool = False
    """Whether long names at the ends of lines are cut; the table of scores has them whole."""

    @property
    def edge(self) -> float:
        """Where lines end that go on in the next row, and the grid in all."""
        return self.grid.last + 8 if self.grid.number == self.grid.total else self.grid.last + 14

    def shown(self, member: Member) -> list[Rated]:
        """Return the touchpoints of a journey in the row."""
        return [rated for rated in member.scores.touchpoints if rated.id in self.grid.lefts[member.number]]
