"""Interface of a lane, which shows one aspect of a journey as marks within given columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from journeykit.charts.columns import Columns
from journeykit.charts.locales import Labels
from journeykit.drawing.scene import Mark
from journeykit.drawing.text import Typesetter
from journeykit.drawing.themes import TypeScale
from journeykit.images import ImageFile
from journeykit.model import Journey
from journeykit.scoring import LowPoint, Peak, Rated, RatedOpportunity, Scores


class View(NamedTuple):
    """Input of a lane, the same for all lanes of a row. Lengths are in points."""

    journey: Journey
    scores: Scores
    rated: dict[str, Rated]
    """Touchpoints with their scores, by id."""
    low_points: dict[str, LowPoint]
    """Low points by the ids of the touchpoints that they span."""
    peaks: dict[str, Peak]
    """Peaks by the ids of their first touchpoints."""
    opportunities: Sequence[RatedOpportunity]
    """By priority, the highest first."""
    columns: Columns
    labels: Labels
    text: Typesetter
    type: TypeScale
    unit: float
    """Unit of spacing."""
    plot: float
    """Height of the plot of a curve, from 0 to 100."""
    slim: bool
    """Whether the lane is kept short, as in the curve chart."""
    lanes: Sequence[str] = ()
    """Names of all lanes of the chart."""
    images: Mapping[str, ImageFile] = {}
    """The pictures that could be read, by their paths as the file has them."""
    filled: bool = False
    """Whether a row leaves out what it has nothing of, as on pages; in a wide picture it shows what other rows have."""


class Band(NamedTuple):
    """Output of a lane: marks from the given top to `height` points below it."""

    height: float
    marks: tuple[Mark, ...]
    label: str = ""
    """Text at the left of the lane."""
    of_row: bool = True
    """False if nothing in it belongs to a touchpoint of its row, so that other rows need not have the lane."""
    is_empty: bool = False
    """Whether there is nothing but names."""


class Lane(Protocol):
    """A function that lays out a lane below `top`. Returns None if the journey has nothing to show in it."""

    def __call__(self, view: View, top: float) -> Band | None: ...
