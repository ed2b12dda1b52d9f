"""The journeys of an overlay with their names and line styles, which differ without colors too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from journeykit.charts.locales import Labels
from journeykit.drawing.geometry import Command, circle
from journeykit.drawing.scene import Line, Mark, Path, Role
from journeykit.drawing.themes import LINES
from journeykit.errors import UsageError
from journeykit.model import Journey
from journeykit.scoring import Scores

SAMPLE = 26.0
"""Length of the sample of a line."""
HALO = 1.2


class LineStyle(NamedTuple):
    """Color and dashes of a line, and the shape of its points."""

    color: Role
    dash: tuple[float, ...]
    shape: Callable[[float, float, float], tuple[Command, ...]]


def _polygon(*corners: tuple[float, float]) -> Callable[[float, float, float], tuple[Command, ...]]:
    """Return a shape with the given corners; all shapes have about the area of a unit circle."""

    def at(x: float, y: float, r: float) -> tuple[Command, ...]:
        points = [(x + r * dx, y + r * dy) for dx, dy in corners]
        return (("M", *points[0]), *(("L", *point) for point in points[1:]), ("Z",))

    return at


LINE_STYLES = tuple(
    LineStyle(color, dash, shape)
    for color, dash, shape in zip(
        LINES,
        ((), (8.0, 3.5), (1.5, 3.0), (10.0, 3.0, 2.0, 3.0), (3.5, 3.0), (14.0, 3.0, 2.0, 3.0, 2.0, 3.0)),
        (
            circle,
            _polygon((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
            _polygon((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
            _polygon((0, -1.25), (1.2, 0.9), (-1.2, 0.9)),
            _polygon((0, 1.25), (1.2, -0.9), (-1.2, -0.9)),
            _polygon((-0.45, -1.1), (0.45, -1.1), (0.45, -0.45), (1.1, -0.45), (1.1, 0.45), (0.45, 0.45), (0.45, 1.1),
                     (-0.45, 1.1), (-0.45, 0.45), (-1.1, 0.45), (-1.1, -0.45), (-0.45, -0.45)),
        ),
        strict=True,
    )
)  # fmt: skip
MOST = len(LINE_STYLES)
"""The most journeys in an overlay."""


class Member(NamedTuple):
    """A journey of an overlay; `number` counts from 0."""

    number: int
    journey: Journey
    scores: Scores
    name: str
    """The first of title, persona, state and id that differs from all others."""
    detail: str
    """Other properties that differ."""

    @property
    def style(self) -> LineStyle:
        return LINE_STYLES[self.number]

    def point(self, x: float, y: float, radius: float, rated: bool = True) -> Mark:
        """Return a point of the curve; it is hollow if not rated."""
        color = self.style.color
        return Path(
            commands=self.style.shape(x, y, radius),
            fill=color if rated else "page",
            stroke="page" if rated else color,
            stroke_width=HALO,
            kind="point" if rated else "unrated",
        )

    def sample(self, x: float, y: float) -> list[Mark]:
        """Return a sample of the line with a point, from (x, y) to the right."""
        color, dash, _ = self.style
        line = Line(x1=x, y1=y, x2=x + SAMPLE, y2=y, stroke=color, stroke_width=2, dash=dash, kind="sample")
        return [line, self.point(x + SAMPLE / 2, y, 3.8)]


def members_of(pairs: Sequence[tuple[Journey, Scores]], labels: Labels) -> list[Member]:
    """Return the journeys with their names. Raises UsageError unless there are two to six."""
    if len(pairs) < 2:
        raise UsageError(
            f"an overlay needs at least two journeys, and there is {len(pairs) or 'none'}",
            "name two to six files: their curves are laid over each other",
        )
    if len(pairs) > MOST:
        raise UsageError(
            f"an overlay of {len(pairs)} journeys cannot be read",
            f"name at most {MOST} files; draw others into a second picture",
        )
    journeys = [journey for journey, _ in pairs]
    facets = [
        [journey.title for journey in journeys],
        [journey.persona.name for journey in journeys],
        [labels(f"state.{journey.state}") for journey in journeys],
        [journey.id for journey in journeys],
    ]
    telling = next((n for n, facet in enumerate(facets) if _all_differ(facet)), None)
    names = facets[telling] if telling is not None else [f"{title} {n}" for n, title in enumerate(facets[0], 1)]
    rest = [facet for n, facet in enumerate(facets[:3]) if n != (telling or 0) and len(set(facet)) > 1]
    return [
        Member(n, journey, scores, names[n], " · ".join(facet[n] for facet in rest))
        for n, (journey, scores) in enumerate(pairs)
    ]


def _all_differ(values: Sequence[str]) -> bool:
    return len(set(values)) == len(values)
