"""Plot area of the curve: grid, uncertainty band, areas above and below neutral, and the line."""

from __future__ import annotations

from journeykit.charts.curve.plot import NEUTRAL, Plot, Segment
from journeykit.charts.curve.spline import area, between, path
from journeykit.charts.lane import View
from journeykit.drawing.scene import Line, Mark, Path, Role
from journeykit.drawing.text import Typesetter


def plot_area(view: View, plot: Plot) -> list[Mark]:
    """Return all marks of the plot area, in drawing order."""
    columns = view.columns
    marks = grid(view.text, plot, columns.left, columns.right, view.type.caption)
    runs = list(plot.runs(view.columns, view.rated, view.journey))
    for run in runs:
        uppers = [segment.upper for segment in run if segment.upper]
        lowers = [segment.lower for segment in run if segment.lower]
        if uppers and lowers:
            marks.append(Path(commands=between(uppers, lowers), fill="neutral", opacity=0.16, kind="band"))
            marks += [  # without colors, only its edges tell it from the areas
                Path(commands=path(edge), stroke="neutral", stroke_width=0.4, dash=(2, 2), kind="band-edge")
                for edge in (uppers, lowers)
            ]
    neutral = plot.y(NEUTRAL)
    for run in runs:
        for piece in (part for segment in run for part in segment.line.split(neutral)):
            color: Role = "good-area" if (piece.y0 + piece.y1) / 2 < neutral else "bad-area"
            if piece.y0 != neutral or piece.y1 != neutral:
                marks.append(Path(commands=area([piece], neutral), fill=color, opacity=0.8, kind="area"))
    marks.append(neutral_line(plot, columns.left, columns.right))
    return [*marks, *(mark for run in runs for mark in _line(run))]


def grid(text: Typesetter, plot: Plot, left: float, right: float, size: float) -> list[Mark]:
    """Return grid lines from `left` to `right`, except the neutral one, and numbers at their left."""
    marks: list[Mark] = []
    for score in (100, 75, 25, 0):
        y = plot.y(score)
        marks.append(
            Line(x1=left, y1=y, x2=right, y2=y, stroke="rule", stroke_width=0.5,
                 dash=() if score in (0, 100) else (1, 3), kind="grid")
        )  # fmt: skip
    for score in (100, 50, 0):
        y = plot.y(score) + 0.36 * size
        marks.append(text.label(str(score), left - 8, y, size, color="muted", anchor="end", kind="axis"))
    return marks


def neutral_line(plot: Plot, left: float, right: float) -> Line:
    """Return the line at the neutral score."""
    y = plot.y(NEUTRAL)
    return Line(x1=left, y1=y, x2=right, y2=y, stroke="muted", stroke_width=0.75, kind="neutral-line")


def _line(run: list[Segment]) -> list[Mark]:
    """Return the line: one path for each segment that is dashed or not."""
    marks: list[Mark] = []
    start = 0
    for end in range(1, len(run) + 1):
        if end == len(run) or run[end].assumed != run[start].assumed:
            marks.append(
                Path(
                    commands=path(segment.line for segment in run[start:end]),
                    stroke="ink",
                    stroke_width=2.25,
                    dash=(7, 4) if run[start].assumed else (),
                    caps="butt" if run[start].assumed else "round",
                    kind="curve",
                )
            )
            start = end
    return marks
