"""Layout of a history: header, the score over time, low points, and the commits with the largest changes."""

from __future__ import annotations

from typing import Literal, cast

from journeykit.charts.curve.plot import Plot
from journeykit.charts.curve.plot_area import grid, neutral_line
from journeykit.charts.curve.time_axis import notch
from journeykit.charts.difference.alt_text import moved
from journeykit.charts.free_space import FreeSpace
from journeykit.charts.history.alt_text import day, first_and_last_day, history_alt_text, subject
from journeykit.charts.history.calendar import moments, placed, ticks
from journeykit.charts.history.plot import FEW, VersionSpan, crosses, low_point_areas, score_lines
from journeykit.charts.locales import Labels
from journeykit.charts.logo import logo_at
from journeykit.comparing.history import History, JourneyVersion
from journeykit.drawing.geometry import Box
from journeykit.drawing.rtl import mirrored
from journeykit.drawing.scene import Circle, Group, Line, Mark, Path, Rect, Scene
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import Typesetter, first_baseline
from journeykit.drawing.themes import Theme, load
from journeykit.errors import UsageError

MARGIN = 40.0
GUTTER = 92.0
END = 62.0
"""Width of the last score at the right of the plot."""
WIDTH = 900.0
NARROWEST = 320.0
HEIGHT, LOW = 200.0, 40.0
"""Height of the plot, and of the low points below it."""
UNCOMMITTED = 26.0
"""Distance from the newest commit to an uncommitted version."""
LARGEST, LEAST = 3, 1.0
"""The most changes that are named, and the least ΔJ of them."""
BADGE = 6.2


def history_of(history: History, *, width: float | None = None, theme: Theme | None = None) -> Scene:
    """Lay out a history; labels are in the language of its newest journey.

    Raises UsageError if no version has a score, or the width is too small.
    """
    theme = theme or load()
    if width is not None and width < NARROWEST:
        raise UsageError("the width leaves no room for a history", f"give at least {NARROWEST:.0f} pt")
    if history.last is None or all(version.score is None for version in history.versions):
        raise UsageError("there is no score to draw", f"no version of {history.file} that is shown has one")
    labels = Labels(history.last.lang)
    chart = _Chart(history, labels, theme, width or WIDTH)
    marks, bottom = chart.laid()
    scene = Scene(
        width=chart.width, height=bottom + MARGIN, marks=tuple(marks), title=history.title,
        description=history_alt_text(history, labels), lang=history.last.lang,
        direction=cast(Literal["ltr", "rtl"], labels.direction),
    )  # fmt: skip
    return mirrored(scene) if scene.direction == "rtl" else scene


def largest(history: History) -> list[JourneyVersion]:
    """Return the versions with the largest changes of the score, in order of time."""
    found = sorted(
        (-round(abs(one.delta), 6), n)
        for n, one in enumerate(history.versions)
        if one.delta and abs(one.delta) >= LEAST
    )
    return [history.versions[n] for n in sorted(n for _, n in found[:LARGEST])]


class _Chart:
    """Data and positions that all parts of the picture use."""

    def __init__(self, history: History, labels: Labels, theme: Theme, width: float) -> None:
        self.history, self.labels, self.theme, self.width = history, labels, theme, width
        self.text, self.type, self.unit = Typesetter(theme.font), theme.type, theme.unit
        mean = self.text.measure(labels("score.mean", n=labels.number(100, 1)), theme.type.caption)
        self.left, self.right = MARGIN + GUTTER, width - MARGIN - max(END, mean + 8)
        committed = [version for version in history.versions if version.commit]
        self.seconds = moments(committed)
        beyond = UNCOMMITTED if committed and len(committed) < len(history.versions) else 0.0
        xs, self.at = placed(self.seconds or [0.0], self.left + 6, self.right - 6 - beyond)
        if committed and beyond:
            xs.append(xs[-1] + beyond)
        ends = [*xs[1:], max(xs[-1], self.right)]
        self.spans = [VersionSpan(*one) for one in zip(history.versions, xs, ends, strict=True)]
        self.named = largest(history)

    def laid(self) -> tuple[list[Mark], float]:
        """Return all marks, and the y of their end."""
        marks: list[Mark] = []
        y = MARGIN
        if self.theme.logo:
            marks.append(logo_at(self.theme.logo, MARGIN, MARGIN, self.width - 2 * MARGIN))
            y = marks[0].box().bottom + 4 * self.unit
        head = self._header(y)
        marks.append(Group(marks=tuple(head.marks), id="header", kind="lane"))
        plot = Plot(head.bottom + 7 * self.unit, HEIGHT)
        scores = self._scores(plot)
        if (over := head.bottom + 4 * self.unit - scores.box().top) > 0:  # badges above the plot need room
            plot = Plot(plot.top + over, HEIGHT)
            scores = self._scores(plot)
        marks.append(scores)
        y = max(plot.bottom, scores.box().bottom)
        if low := self._low_points(y + 5 * self.unit):
            marks.append(low)
            y = low.box().bottom
        axis = self._axis(y + 2 * self.unit)
        marks.append(axis)
        y = axis.box().bottom + 5 * self.unit
        changes = self._changes(y)
        if changes.marks:
            marks.append(Group(marks=tuple(changes.marks), id="lane-changes", kind="lane"))
        return marks, max(changes.bottom, y)

    def _header(self, top: float) -> Stack:
        """Lay out title, change of the score from first to last version, and period."""
        history, labels, size = self.history, self.labels, self.type
        stack = Stack(self.text, MARGIN, top, self.width - 2 * MARGIN)
        stack.add(labels("history.about"), size.caption, bold=True, color="accent", kind="about")
        stack.space(self.unit)
        stack.add(history.title, self.text.title_size(history.title, size.title, stack.width), bold=True, kind="title")
        stack.space(2 * self.unit)
        scored = [one.scores for one in history.versions if one.scores and one.score is not None]
        stack.add(moved(scored[0], scored[-1], labels), size.heading, bold=True, kind="headline")
        first, last = first_and_last_day(history, labels)
        period = (
            labels("history.versions", n=len(history.versions), first=first, last=last)
            if first not in ("", last)
            else last
        )
        stack.add(period, size.body, color="muted", kind="versions")
        if any(one.rests_on for one in scored):
            stack.add(labels("score.rests_on"), size.caption, color="muted", kind="note")
        return stack

    def _label(self, words: str, top: float) -> Stack:
        stack = Stack(self.text, MARGIN, top, GUTTER - 30)
        stack.add(words, self.type.body, bold=True, kind="lane-label")
        return stack

    def _scores(self, plot: Plot) -> Group:
        key = self._label(self.labels("score.title"), plot.top - 4)
        self._key(key)
        marks: list[Mark] = [*grid(self.text, plot, self.left, self.right, self.type.caption)]
        marks.append(neutral_line(plot, self.left, self.right))
        marks += score_lines(self.spans, plot)
        marks += crosses(self.spans, plot.bottom)
        points = [self._point(span, plot) for span in self.spans if self._has_point(span)]
        return Group(
            marks=(*key.marks, *marks, *points, *self._badges(plot), *self._end(plot)), id="lane-scores", kind="lane"
        )

    def _has_point(self, span: VersionSpan) -> bool:
        if span.version.score is None:
            return False
        telling = span.version in self.named or span.version.commit is None or span is self.spans[-1]
        return telling or len(self.spans) <= FEW

    def _point(self, span: VersionSpan, plot: Plot) -> Group:
        """Return the point of a version; it is hollow if not committed."""
        hollow = span.version.commit is None
        mark = Circle(
            x=span.x, y=plot.y(span.version.score or 0.0), radius=3.4 if hollow else 3.0,
            fill="page" if hollow else "accent", stroke="accent" if hollow else "page", stroke_width=1.2, kind="point",
        )  # fmt: skip
        id = span.version.commit.id if span.version.commit else "working"
        text = f"{day(span.version, self.labels)} {subject(span.version, self.labels)}"
        return Group(marks=(mark,), id=f"version-{id}", title=text, kind="point")

    def _badges(self, plot: Plot) -> list[Mark]:
        """Return the numbers of the largest changes, in free space above or below the line."""
        room = FreeSpace()
        for span in self.spans:
            if span.version.score is None:
                continue
            y = plot.y(span.version.score)
            room.take(Box(span.x - 4, y - 4, span.end, y + 4))
            if span.version.delta:
                before = plot.y(span.version.score - span.version.delta)
                room.take(Box(span.x - 3, min(y, before), span.x + 3, max(y, before)))
        marks: list[Mark] = []
        for number, version in enumerate(self.named, 1):
            span = next(span for span in self.spans if span.version is version)
            up = -1 if (version.delta or 0) > 0 else 1
            y = plot.y(version.score or 0.0)
            around = ((span.x, y + up * (14 + 6 * n)) for n in range(100))
            cx, cy = room.first(2 * BADGE + 2, 2 * BADGE + 2, around)
            marks.append(self._badge(number, cx, cy))
        return marks

    def _badge(self, number: int, x: float, y: float) -> Group:
        size = self.type.caption
        disc = Circle(x=x, y=y, radius=BADGE, fill="accent", kind="badge")
        digit = self.text.label(
            str(number), x, y + 0.36 * size, size, bold=True, color="on-accent", anchor="middle", kind="rank"
        )
        return Group(marks=(disc, digit), kind="badge")

    def _end(self, plot: Plot) -> list[Mark]:
        """Return the last score and mean at the right of their lines, moved apart if they are close."""
        last = next(span for span in reversed(self.spans) if span.version.score is not None)
        score, mean = last.version.score or 0.0, last.scores.mean
        size = self.type
        ys = [plot.y(score), plot.y(mean if mean is not None else score)]
        apart = 13.0
        if abs(ys[1] - ys[0]) < apart:
            below = ys[1] >= ys[0] and ys[0] + apart < plot.bottom
            ys[1] = ys[0] + (apart if below else -apart)
        x = self.right + 8
        figure = self.text.label(
            self.labels.number(score, 1), x, ys[0] + 0.36 * size.lead, size.lead, bold=True, kind="end-score"
        )
        if mean is None:
            return [figure]
        words = self.labels("score.mean", n=self.labels.number(mean, 1))
        return [
            figure,
            self.text.label(words, x, ys[1] + 0.36 * size.caption, size.caption, color="muted", kind="end-mean"),
        ]

    def _key(self, stack: Stack) -> None:
        """Add the key to the lines and signs that are used."""
        x = stack.x
        stack.space(self.unit)
        entries: list[tuple[bool, str, list[Mark]]] = [
            (True, self.labels("overlay.mean"), [
                Line(x1=x, y1=0, x2=x + 14, y2=0, stroke="line-1", stroke_width=1.25, dash=(4, 3), kind="legend")]),
            (any(span.scores.half_width for span in self.spans), self.labels("curve.band"), [
                Rect(x=x, y=-4, width=14, height=8, fill="neutral", opacity=0.22, kind="legend")]),
            (any(span.version.commit is None for span in self.spans), self.labels("history.not_committed"), [
                Circle(x=x + 7, y=0, radius=3.4, fill="page", stroke="accent", stroke_width=1.2, kind="legend")]),
            (any(span.version.state != "journey" for span in self.spans), self.labels("history.no_journey"), [
                Path(commands=(("M", x + 4, -3), ("L", x + 10, 3), ("M", x + 4, 3), ("L", x + 10, -3)),
                     stroke="muted", stroke_width=1.2, kind="legend")]),
        ]  # fmt: skip
        for there, words, marks in entries:
            if there:
                stack.marks += [mark.moved(0, stack.bottom + 0.62 * self.type.caption) for mark in marks]
                stack.add(words, self.type.caption, color="muted", indent=19, kind="legend")
                stack.bottom += self.unit * 0.75

    def _low_points(self, top: float) -> Group | None:
        """Return the number of low points over time, or None if there were none."""
        most = max(len(span.scores.low_points) for span in self.spans)
        if not most:
            return None
        key = self._label(self.labels("overlay.low_points"), top - 4)
        if any(span.scores.critical for span in self.spans):
            middle = key.bottom + self.unit + 0.62 * self.type.caption
            key.marks.append(Rect(x=key.x, y=middle - 4, width=14, height=8, fill="bad", kind="legend"))
            key.bottom += self.unit
            key.add(self.labels("curve.critical"), self.type.caption, color="muted", indent=19, kind="legend")
        size = self.type.caption
        base = Line(
            x1=self.left, y1=top + LOW, x2=self.right, y2=top + LOW, stroke="rule", stroke_width=0.75, kind="rule"
        )
        ends = [
            self.text.label(str(n), self.left - 8, y + 0.36 * size, size, color="muted", anchor="end", kind="axis")
            for n, y in ((most, top), (0, top + LOW))
        ]
        last = next((span for span in reversed(self.spans) if span.version.score is not None), self.spans[-1])
        count = len(last.scores.low_points)
        y = top + LOW - LOW * count / most
        now = self.text.label(str(count), self.right + 8, y + 0.36 * size, size, bold=True, kind="end-low")
        areas = low_point_areas(self.spans, top, LOW, most)
        return Group(marks=(*key.marks, base, *areas, *ends, now), id="lane-low-points", kind="lane")

    def _axis(self, top: float) -> Group:
        size = self.type.caption
        marks: list[Mark] = [
            Line(x1=self.left, y1=top, x2=self.right, y2=top, stroke="muted", stroke_width=0.75, kind="axis-line")
        ]
        for x, words in ticks(self.text, self.seconds[0], self.seconds[-1], self.at, size) if self.seconds else []:
            marks.append(notch(x, top))
            label = self.text.label(
                words, x, top + 6 + first_baseline(size), size, color="muted", anchor="middle", kind="tick"
            )
            over = max(0.0, label.box().right - (self.width - MARGIN))
            marks.append(label.moved(-over, 0))
        return Group(marks=tuple(marks), id="lane-axis", kind="lane")

    def _changes(self, top: float) -> Stack:
        """Lay out the commits with the largest changes as text."""
        stack = Stack(self.text, self.left, top, self.width - MARGIN - self.left)
        size = self.type
        if self.named:
            stack.marks += self._label(self.labels("overlay.largest"), top).marks
        for number, version in enumerate(self.named, 1):
            middle = stack.bottom + 0.62 * size.body
            stack.marks.append(self._badge(number, stack.x + BADGE, middle))
            delta = self.labels.number(version.delta or 0.0, 1, sign=True)
            ink: Literal["good-ink", "bad-ink"] = "good-ink" if (version.delta or 0) > 0 else "bad-ink"
            baseline = stack.bottom + first_baseline(size.body)
            stack.marks.append(
                self.text.label(delta, stack.x + 20, baseline, size.body, bold=True, color=ink, kind="delta")
            )
            stack.add(self._text(version), size.body, indent=58, kind="change")
            stack.space(self.unit)
        return stack

    def _text(self, version: JourneyVersion) -> str:
        parts = [
            day(version, self.labels),
            version.commit.short if version.commit else "",
            subject(version, self.labels),
        ]
        return " · ".join(dict.fromkeys(filter(None, parts)))
