"""What a lane is: one aspect of a journey turned into marks within the columns that it is given."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from journeykit.charts import lanes
from journeykit.charts.columns import Columns
from journeykit.charts.locales import Labels
from journeykit.drawing.scene import Mark
from journeykit.drawing.text import Typesetter
from journeykit.drawing.themes import TypeScale
from journeykit.errors import UsageError
from journeykit.model import Journey
from journeykit.modules import names_in
from journeykit.scoring import LowPoint, Peak, Rated, RatedOpportunity, Scores


class View(NamedTuple):
    """What a lane sees. The same for all lanes of a row; lengths are in points."""

    journey: Journey
    scores: Scores
    rated: dict[str, Rated]
    """Each touchpoint with its score, by id."""
    low_points: dict[str, LowPoint]
    """Low points by the id of each touchpoint of their span."""
    peaks: dict[str, Peak]
    """Peaks by the id of their first touchpoint."""
    opportunities: Sequence[RatedOpportunity]
    """The most worthwhile first."""
    columns: Columns
    labels: Labels
    text: Typesetter
    type: TypeScale
    unit: float
    """The spacing grid."""
    slim: bool
    """Whether the chart is about the curve alone and all else is kept short."""


class Band(NamedTuple):
    """What a lane made: marks between its top and `height` points below; nothing if it has nothing to show."""

    height: float
    marks: tuple[Mark, ...]
    label: str = ""
    """What stands at the left of the lane."""


class Lane(Protocol):
    """A lane: it measures and places, it draws and saves nothing."""

    def __call__(self, view: View, top: float) -> Band | None: ...


@cache
def names() -> tuple[str, ...]:
    """The lanes there are: each module in `lanes` is one."""
    return tuple(names_in(lanes.__path__))


@cache
def find(name: str) -> Lane:
    """The lane of a name; UsageError if there is none."""
    if name not in names():
        from difflib import get_close_matches

        near = get_close_matches(name.casefold(), names(), n=1, cutoff=0.6)
        hint = f'Did you mean "{near[0]}"? ' if near else ""
        raise UsageError(f"there is no lane {name!r}", f"{hint}Lanes: {', '.join(names())}.")
    return cast(Lane, import_module(f"{lanes.__name__}.{name}").lay)
