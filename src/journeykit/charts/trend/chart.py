"""Layout of a trend: header, a strip for each touchpoint and figure, the axis of time, the key."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Literal, cast

from journeykit.charts.locales import Labels
from journeykit.charts.logo import logo_at
from journeykit.charts.trend.alt_text import trend_alt_text
from journeykit.charts.trend.rows import Row, Scale, limits_of, middle, rows_of, runs, scales
from journeykit.charts.trend.text import figure_text, name_text
from journeykit.drawing.geometry import Command
from journeykit.drawing.rtl import mirrored
from journeykit.drawing.scene import Circle, Group, Line, Mark, Path, Scene
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import Typesetter, first_baseline
from journeykit.drawing.themes import Theme, load
from journeykit.errors import UsageError
from journeykit.measuring.control import Limits, season_note
from journeykit.measuring.series import Point, Strip
from journeykit.model import Journey

MARGIN = 40.0
GUTTER = 190.0
"""Width of the names of strips."""
SCALE = 40.0
"""Width of the numbers at the scale."""
END = 96.0
"""Width of the last value at the right."""
WIDTH, NARROWEST = 900.0, 480.0
HEIGHT, GAP = 58.0, 20.0
"""Height of a strip, and the space below it."""
FEW = 40
"""The most periods whose points are drawn large."""


def trend_of(
    journey: Journey, strips: Sequence[Strip], *, width: float | None = None, theme: Theme | None = None
) -> Scene:
    """Lay out what was measured of a journey by period.

    Raises UsageError if there is nothing to draw, or the width is too small.
    """
    theme, labels = theme or load(), Labels(journey.lang)
    if width is not None and width < NARROWEST:
        raise UsageError("the width leaves no room for a trend", f"give at least {NARROWEST:.0f} pt")
    rows = rows_of(journey, strips)
    periods = sorted({point.period for row in rows for point in row.points if middle(point.period) is not None})
    if not periods:
        raise UsageError("the series has no figure of a period to draw", "it needs periods: --period month or quarter")
    chart = _Chart(journey, rows, periods, labels, theme, width or WIDTH)
    marks, bottom = chart.laid()
    scene = Scene(
        width=chart.width, height=bottom + MARGIN, marks=tuple(marks), title=journey.title,
        description=trend_alt_text(journey, rows, labels), lang=journey.lang,
        direction=cast(Literal["ltr", "rtl"], labels.direction),
    )  # fmt: skip
    return mirrored(scene) if scene.direction == "rtl" else scene


class _Chart:
    """Data and positions that all parts of the picture use."""

    def __init__(
        self, journey: Journey, rows: list[Row], periods: list[str], labels: Labels, theme: Theme, width: float
    ) -> None:
        self.journey, self.rows, self.periods, self.labels, self.theme = journey, rows, periods, labels, theme
        self.width, self.text, self.type, self.unit = width, Typesetter(theme.font), theme.type, theme.unit
        self.left, self.right = MARGIN + GUTTER + SCALE, width - MARGIN - END
        self.scales = scales(rows)
        days = [middle(period) or 0.0 for period in periods]
        self.first, self.days = days[0], max(days[-1] - days[0], 1.0)
        self.alone = len(days) == 1
        self.signs: set[str] = set()
        """The signs that the key explains."""

    def x(self, period: str) -> float:
        """Return where a period stands."""
        if self.alone:
            return (self.left + self.right) / 2
        day = middle(period) or self.first
        return self.left + 10 + (self.right - self.left - 20) * (day - self.first) / self.days

    def laid(self) -> tuple[list[Mark], float]:
        """Return all marks, and the y of their end."""
        marks: list[Mark] = []
        y = MARGIN
        if self.theme.logo:
            marks.append(logo_at(self.theme.logo, MARGIN, MARGIN, self.width - 2 * MARGIN))
            y = marks[0].box().bottom + 4 * self.unit
        head = self._header(y)
        marks.append(Group(marks=tuple(head.marks), id="header", kind="lane"))
        y = head.bottom + 6 * self.unit
        for number, row in enumerate(self.rows, 1):
            strip = self._row(row, y)
            marks.append(Group(marks=tuple(strip), id=f"lane-{number}", title=row.title, kind="lane"))
            y = max(y + HEIGHT, *(mark.box().bottom for mark in strip)) + GAP
        axis = self._axis(y - GAP + 2 * self.unit)
        marks.append(axis)
        key = self._key(axis.box().bottom + 4 * self.unit)
        marks.append(Group(marks=tuple(key.marks), id="key", kind="lane"))
        return marks, key.bottom

    def _header(self, top: float) -> Stack:
        labels, size = self.labels, self.type
        stack = Stack(self.text, MARGIN, top, self.width - 2 * MARGIN)
        stack.add(labels("trend.about"), size.caption, bold=True, color="accent", kind="about")
        stack.space(self.unit)
        title = self.journey.title
        stack.add(title, self.text.title_size(title, size.title, stack.width), bold=True, kind="title")
        stack.space(2 * self.unit)
        first, last = self.periods[0], self.periods[-1]
        period = first if first == last else labels("trend.periods", n=len(self.periods), first=first, last=last)
        stack.add(period, size.body, color="muted", kind="periods")
        months = len(self.periods)
        if all(len(one) == 7 and one[5] not in "QW" for one in self.periods) and season_note(months):
            stack.add(labels("trend.season", n=months), size.caption, color="muted", kind="note")
        return stack

    def _row(self, row: Row, top: float) -> list[Mark]:
        """Return the marks of a strip: its name, scale, band, line, points and last value."""
        scale = self.scales[row.unit]
        marks: list[Mark] = [*self._name(row, top), *self._grid(row, scale, top)]
        for before, after in pairwise(row.strips):
            marks += self._break(before, after, top)
        for strip in row.strips:
            marks += self._limits(strip, scale, top)
            marks += self._line(strip, scale, top)
        return [*marks, *self._end(row, scale, top)]

    def _y(self, value: float, scale: Scale, top: float) -> float:
        inside = min(max(value, scale.low), scale.high)
        return top + HEIGHT * (scale.high - inside) / ((scale.high - scale.low) or 1)

    def _name(self, row: Row, top: float) -> list[Mark]:
        stack = Stack(self.text, MARGIN, top - 4, GUTTER - 12)
        stack.add(row.title, self.type.body, bold=True, kind="lane-label")
        stack.add(name_text(row.strips[-1], self.labels), self.type.caption, color="muted", kind="lane-note")
        return stack.marks

    def _grid(self, row: Row, scale: Scale, top: float) -> list[Mark]:
        size, marks = self.type.caption, list[Mark]()
        for value in scale.lines:
            y = self._y(value, scale, top)
            marks.append(Line(x1=self.left, y1=y, x2=self.right, y2=y, stroke="rule", stroke_width=0.5, kind="grid"))
            words = figure_text(value, row.unit, self.labels, short=True)
            marks.append(
                self.text.label(words, self.left - 6, y + 0.36 * size, size, color="muted", anchor="end", kind="axis")
            )
        return marks

    def _break(self, before: Strip, after: Strip, top: float) -> list[Mark]:
        """Return the line where the question, its scale or its source changes."""
        self.signs.add("break")
        x = (self.x(before.points[-1].period) + self.x(after.points[0].period)) / 2
        words = (
            f"{before.scale} → {after.scale}" if before.scale != after.scale else f"{before.source} → {after.source}"
        )
        size = self.type.caption
        label = self.text.label(words, x, top - 5, size, color="muted", anchor="middle", kind="break-label")
        line = Line(x1=x, y1=top - 2, x2=x, y2=top + HEIGHT, stroke="ink", stroke_width=1, dash=(2, 3), kind="break")
        return [line, label]

    def _limits(self, strip: Strip, scale: Scale, top: float) -> list[Mark]:
        """Return the control limits of a strip of six periods and more."""
        found = limits_of(strip)
        if found is None:
            return []
        self.signs.add("limits")
        xs = [self.x(point.period) for point in strip.points if point.value is not None]
        marks: list[Mark] = []
        for bounds in (found.low, found.high):
            if all(scale.low <= bound <= scale.high for bound in bounds):
                corners = list(zip(xs, (self._y(bound, scale, top) for bound in bounds), strict=True))
                marks.append(
                    Path(commands=_path(corners), stroke="muted", stroke_width=0.75, dash=(4, 3), kind="limit")
                )
        return marks

    def _line(self, strip: Strip, scale: Scale, top: float) -> list[Mark]:
        bands, lines, points = list[Mark](), list[Mark](), list[Mark]()
        for run in runs(strip.points):
            bands += self._band(run, scale, top)
            if len(run) > 1:
                corners = [(self.x(one.period), self._y(one.value or 0.0, scale, top)) for one in run]
                lines.append(Path(commands=_path(corners), stroke="accent", stroke_width=1.75, kind="value"))
        found = limits_of(strip)
        told = [point for point in strip.points if point.value is not None]
        for at, point in enumerate(told):
            x, y = self.x(point.period), self._y(point.value or 0.0, scale, top)
            if found and found.outside[at]:
                self.signs.add("signal")
                points.append(Circle(x=x, y=y, radius=6, stroke="bad", stroke_width=1.5, kind="signal"))
            if point.low_base:
                self.signs.add("low-base")
            radius = 3.0 if len(self.periods) <= FEW else 1.8
            title = f"{point.period}: {figure_text(point.value or 0.0, strip.unit, self.labels)}, n {point.n}"
            mark = Circle(
                x=x, y=y, radius=radius, fill="page" if point.low_base else "accent", stroke="accent",
                stroke_width=1.2, kind="point",
            )  # fmt: skip
            points.append(Group(marks=(mark,), title=title, kind="point"))
        shifts = [self._shift(run, top) for run in _shifts(told, found)]
        self.signs |= {"shift"} if shifts else set()
        return [*bands, *shifts, *lines, *points]

    def _shift(self, run: Sequence[Point], top: float) -> Line:
        """Return a bar below a run of periods on one side of the centre."""
        ends = [self.x(one.period) for one in (run[0], run[-1])]
        y = top + HEIGHT + 3
        return Line(x1=ends[0] - 3, y1=y, x2=ends[1] + 3, y2=y, stroke="bad", stroke_width=2.5, kind="shift")

    def _band(self, run: Sequence[Point], scale: Scale, top: float) -> list[Mark]:
        """Return the intervals of a run as a band, of one period as a line."""
        known = [one for one in run if one.low is not None and one.high is not None]
        if not known:
            return []
        self.signs.add("interval")
        upper = [(self.x(one.period), self._y(one.high or 0.0, scale, top)) for one in known]
        lower = [(self.x(one.period), self._y(one.low or 0.0, scale, top)) for one in known]
        if len(known) == 1:
            (x, y1), (_, y2) = upper[0], lower[0]
            return [Line(x1=x, y1=y1, x2=x, y2=y2, stroke="neutral", stroke_width=2, kind="interval")]
        around = (*_path([*upper, *reversed(lower)]), ("Z",))
        return [Path(commands=around, fill="neutral", opacity=0.22, kind="interval")]

    def _end(self, row: Row, scale: Scale, top: float) -> list[Mark]:
        """Return the newest value at the right, with its base."""
        last = max(row.points, key=lambda point: point.period)
        size, x = self.type, self.right + 10
        y = min(max(self._y(last.value or 0.0, scale, top), top + 8), top + HEIGHT - 12)
        words = figure_text(last.value or 0.0, row.unit, self.labels)
        return [
            self.text.label(words, x, y + 0.36 * size.heading, size.heading, bold=True, kind="end-value"),
            self.text.label(
                self.labels("trend.n", n=f"{last.n or 0:,}"), x, y + 0.36 * size.heading + 1.3 * size.caption,
                size.caption, color="muted", kind="end-base",
            ),
        ]  # fmt: skip

    def _axis(self, top: float) -> Group:
        """Return the line of time, with as many of the periods as have room."""
        size = self.type.caption
        marks: list[Mark] = [
            Line(x1=self.left, y1=top, x2=self.right, y2=top, stroke="muted", stroke_width=0.75, kind="axis-line")
        ]
        free = -1e9
        for period in self.periods:
            x, wide = self.x(period), self.text.measure(period, size)
            if x - wide / 2 < free:
                continue
            free = x + wide / 2 + 12
            marks.append(Line(x1=x, y1=top, x2=x, y2=top + 4, stroke="muted", stroke_width=0.75, kind="notch"))
            marks.append(
                self.text.label(
                    period, x, top + 6 + first_baseline(size), size, color="muted", anchor="middle", kind="tick"
                )
            )
        return Group(marks=tuple(marks), id="lane-axis", kind="lane")

    def _key(self, top: float) -> Stack:
        """Return the key to the signs that are used."""
        stack = Stack(self.text, MARGIN, top, self.width - 2 * MARGIN)
        x = stack.x
        signs: dict[str, list[Mark]] = {
            "interval": [Path(commands=(("M", x, -4), ("L", x + 14, -4), ("L", x + 14, 4), ("L", x, 4), ("Z",)),
                              fill="neutral", opacity=0.22, kind="legend")],
            "low-base": [Circle(x=x + 7, y=0, radius=3, fill="page", stroke="accent", stroke_width=1.2, kind="legend")],
            "limits": [Line(x1=x, y1=0, x2=x + 14, y2=0, stroke="muted", stroke_width=0.75, dash=(4, 3),
                            kind="legend")],
            "signal": [Circle(x=x + 7, y=0, radius=4.5, stroke="bad", stroke_width=1.5, kind="legend")],
            "shift": [Line(x1=x, y1=0, x2=x + 14, y2=0, stroke="bad", stroke_width=2.5, kind="legend")],
            "break": [Line(x1=x + 7, y1=-5, x2=x + 7, y2=5, stroke="ink", stroke_width=1, dash=(2, 3), kind="legend")],
        }  # fmt: skip
        for name, marks in signs.items():
            if name in self.signs:
                stack.marks += [mark.moved(0, stack.bottom + 0.62 * self.type.caption) for mark in marks]
                words = self.labels(f"trend.{name.replace('-', '_')}")
                stack.add(words, self.type.caption, color="muted", indent=22, kind="legend")
                stack.bottom += self.unit * 0.75
        return stack


def _shifts(told: Sequence[Point], found: Limits | None) -> list[list[Point]]:
    """Return the runs of eight and more periods on one side of the centre."""
    if found is None:
        return []
    sides = [(shifted, (one.value or 0.0) > found.centre) for one, shifted in zip(told, found.shifted, strict=True)]
    return [
        [one for one, _ in group]
        for (shifted, _), group in groupby(zip(told, sides, strict=True), key=lambda pair: pair[1])
        if shifted
    ]


def _path(corners: Sequence[tuple[float, float]]) -> tuple[Command, ...]:
    first, *others = corners
    return (("M", *first), *(("L", *corner) for corner in others))
