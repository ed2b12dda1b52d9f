"""What every part of an overlay sees."""

from __future__ import annotations

from dataclasses import dataclass

from journeykit.charts.locales import Labels
from journeykit.charts.overlay.axis import Grid
from journeykit.charts.overlay.members import Member
from journeykit.charts.overlay.score_changes import ScoreChange
from journeykit.drawing.text import Typesetter
from journeykit.drawing.themes import TypeScale


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayLayout:
    """The same for all parts of a picture; lengths are in points."""

    members: tuple[Member, ...]
    grid: Grid
    changes: tuple[ScoreChange, ...]
    labels: Labels
    text: Typesetter
    type: TypeScale
    unit: float
    """The spacing grid."""
    page: float
    """The left edge of everything."""
    right: float
    """The right edge of everything."""
