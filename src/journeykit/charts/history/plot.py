"""Lines of a history as steps: score with its band, mean, and number of low points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from journeykit.charts.curve.plot import Plot
from journeykit.comparing.history import JourneyVersion, VersionScores
from journeykit.drawing.geometry import Command
from journeykit.drawing.scene import Mark, Path

FEW = 60
"""The most versions that each have a point."""
MANY = 200
"""The most versions for a thick line."""


class VersionSpan(NamedTuple):
    """A version and the part of the axis until the next one."""

    version: JourneyVersion
    x: float
    end: float

    @property
    def scores(self) -> VersionScores:
        """Scores of the version, empty if it is no journey."""
        return self.version.scores or VersionScores()


def runs(spans: Sequence[VersionSpan]) -> Iterator[list[VersionSpan]]:
    """Yield runs of consecutive versions with a score."""
    run: list[VersionSpan] = []
    for span in spans:
        if span.version.score is None:
            if run:
                yield run
            run = []
        else:
            run.append(span)
    if run:
        yield run


def steps(points: Sequence[tuple[float, float, float]]) -> list[tuple[float, float]]:
    """Return the corners of steps, each from x to its end at its y."""
    found: list[tuple[float, float]] = []
    for x, end, y in points:
        found += [(x, y), (end, y)]
    return found


def _path(corners: Sequence[tuple[float, float]]) -> tuple[Command, ...]:
    first, *others = corners
    return (("M", *first), *(("L", *corner) for corner in others))


def score_lines(spans: Sequence[VersionSpan], plot: Plot) -> list[Mark]:
    """Return band, mean and score, in drawing order."""
    bands: list[Mark] = []
    lines: list[Mark] = []
    wide = 2.25 if len(spans) <= MANY else 1.25
    for run in runs(spans):
        upper, lower, mean, score = (
            steps([(span.x, span.end, plot.y(height)) for span in run for height in [one(span.scores)]])
            for one in (_high, _low, lambda scores: scores.mean or 0.0, lambda scores: scores.score or 0.0)
        )
        around = (*_path([*upper, *reversed(lower)]), ("Z",))
        bands.append(Path(commands=around, fill="neutral", opacity=0.2, kind="band"))
        lines.append(Path(commands=_path(mean), stroke="line-1", stroke_width=1.25, dash=(4, 3), kind="mean"))
        lines.append(Path(commands=_path(score), stroke="accent", stroke_width=wide, kind="score"))
    return [*bands, *lines]


def _high(scores: VersionScores) -> float:
    return min(100.0, (scores.score or 0.0) + (scores.half_width or 0.0))


def _low(scores: VersionScores) -> float:
    return max(0.0, (scores.score or 0.0) - (scores.half_width or 0.0))


def low_point_areas(spans: Sequence[VersionSpan], top: float, height: float, most: int) -> list[Mark]:
    """Return the numbers of all and of critical low points as areas from `top + height` upwards."""
    bottom = top + height
    marks: list[Mark] = []
    for run in runs(spans):
        every = steps([(span.x, span.end, bottom - height * len(span.scores.low_points) / most) for span in run])
        critical = steps([(span.x, span.end, bottom - height * span.scores.critical / most) for span in run])
        for corners, kind in ((every, "low-points"), (critical, "critical")):
            if all(y == bottom for _, y in corners):
                continue
            closed = (*_path([(corners[0][0], bottom), *corners, (corners[-1][0], bottom)]), ("Z",))
            fill, stroke = ("bad-soft", "bad") if kind == "low-points" else ("bad", None)
            marks.append(Path(commands=closed, fill=fill, stroke=stroke, stroke_width=0.75, kind=kind))  # type: ignore[arg-type]
    return marks


def crosses(spans: Sequence[VersionSpan], y: float) -> list[Mark]:
    """Return a cross on the axis for each version that is no journey."""
    return [
        Path(
            commands=(("M", x - 3, y - 3), ("L", x + 3, y + 3), ("M", x - 3, y + 3), ("L", x + 3, y - 3)),
            stroke="muted", stroke_width=1.2, kind="no-journey",
        )
        for x in (span.x for span in spans if span.version.state != "journey")
    ]  # fmt: skip
