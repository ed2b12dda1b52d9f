"""Header of an overlay: its title and a table of the journeys' scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from journeykit.charts.lane import Band
from journeykit.charts.overlay.alt_text import score_of
from journeykit.charts.overlay.layout import OverlayLayout
from journeykit.charts.overlay.members import SAMPLE, Member
from journeykit.drawing import icons
from journeykit.drawing.scene import Group, Line, Mark
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import line_step

SIGN = 18.0
"""Width of a sign in the key, and of the space behind it."""
COLUMNS = (188.0, 118.0, 48.0, 88.0, 216.0)
"""Widths of columns: name, score, mean, touchpoints, low points."""
TABLE = sum(COLUMNS)
BESIDE = 360.0
"""The least width of the title for the table to be at its right."""


def header(layout: OverlayLayout, top: float) -> Band:
    """Lay out title and table beside each other, or below each other in a narrow picture."""
    width = layout.right - layout.page
    beside = width - TABLE - 40 >= BESIDE
    words = Stack(layout.text, layout.page, top, width - TABLE - 40 if beside else width)
    _words(layout, words)
    left = layout.right - TABLE if beside else layout.page
    share = min(1.0, width / TABLE)
    table, bottom = _table(
        layout, left, top if beside else words.bottom + layout.unit * 4, [w * share for w in COLUMNS]
    )
    group = Group(marks=tuple(table), id="scores", title=layout.labels("score.title"), kind="scores")
    return Band(max(bottom, words.bottom) - top, (*words.marks, group))


def title_of(members: Sequence[Member]) -> str:
    """Return the title of all journeys, or their different titles."""
    return " · ".join(dict.fromkeys(member.journey.title for member in members))


def _words(layout: OverlayLayout, words: Stack) -> None:
    labels, size = layout.labels, layout.type
    about = [labels("overlay.compared", n=len(layout.members))]
    about.append(labels("overlay.by_time" if layout.grid.time_scale else "overlay.by_stage"))
    words.add(" · ".join(about), size.caption, bold=True, color="accent", kind="about")
    words.space(layout.unit)
    title = title_of(layout.members)
    words.add(title, layout.text.title_size(title, size.title, words.width), bold=True, kind="title")
    personas = {member.journey.persona.name for member in layout.members}
    if len(personas) == 1:  # else the labels at the ends of the lines name them
        words.space(layout.unit / 2)
        words.add(personas.pop(), size.body, color="muted", kind="about")
    _key(layout, words)


def _key(layout: OverlayLayout, words: Stack) -> None:
    """Add the key to signs in the plot that have no text, beside each other."""
    labels, size = layout.labels, layout.type.caption
    entries: list[tuple[str, Callable[[float, float], Mark]]] = []
    if any(member.scores.low_points for member in layout.members):
        entries.append(
            (labels("overlay.worst_first"),
             lambda x, y: icons.low_point(layout.text, 1, x, y, 12, fill="muted", ink="page"))
        )  # fmt: skip
    if layout.changes:
        entries.append(
            (labels("overlay.largest"),
             lambda x, y: layout.text.label("±", x, y + 0.36 * size * 1.3, size * 1.3, bold=True, anchor="middle",
                                            kind="legend"))
        )  # fmt: skip
    unrated = next((member for member in layout.members if member.scores.n < len(member.scores.touchpoints)), None)
    if unrated:
        entries.append((labels("curve.unrated"), lambda x, y: unrated.point(x, y, 4, rated=False)))
    x = words.x
    for number, (text, sign) in enumerate(entries):
        width = SIGN + layout.text.measure(text, size)
        if number == 0 or x + width > words.x + words.width:
            words.space(layout.unit)
            x = words.x
            words.bottom += line_step(size)
        y = words.bottom - line_step(size) + 0.62 * size
        words.marks += [
            sign(x + SIGN / 2 - 2, y),
            layout.text.label(text, x + SIGN, y + 0.36 * size, size, color="muted", kind="legend"),
        ]
        x += width + 3 * layout.unit


def _table(layout: OverlayLayout, left: float, top: float, widths: Sequence[float]) -> tuple[list[Mark], float]:
    xs = [left + sum(widths[:n]) for n in range(len(widths))]
    keys = ("score.title", "overlay.mean", "lanes.touchpoints", "overlay.low_points")
    heads = [_cell(layout, x, top, width, layout.labels(key), layout.type.caption, "muted")
             for x, width, key in zip(xs[1:], widths[1:], keys, strict=True)]  # fmt: skip
    bottom = max(head.bottom for head in heads)
    marks: list[Mark] = [mark.moved(0, bottom - head.bottom) for head in heads for mark in head.marks]
    for member in layout.members:
        bottom += layout.unit * 0.75
        rule = Line(x1=left, y1=bottom, x2=left + sum(widths), y2=bottom, stroke="rule", stroke_width=0.5, kind="rule")
        row, bottom = _row(layout, member, xs, bottom + layout.unit, widths)
        marks += [rule, *row]
    return marks, bottom


def _row(
    layout: OverlayLayout, member: Member, xs: Sequence[float], top: float, widths: Sequence[float]
) -> tuple[list[Mark], float]:
    labels, size, scores = layout.labels, layout.type.body, member.scores
    name = Stack(layout.text, xs[0] + SAMPLE + 8, top, widths[0] - SAMPLE - 16)
    name.add(member.name, size, bold=True, kind="row-name")
    none = labels("overlay.none")
    score = score_of(layout.members[0], member, labels)
    mean = none if scores.mean is None else labels.number(scores.mean)
    every = len(scores.touchpoints)
    rated = labels.number(every) if scores.n == every else labels("overlay.rated", n=scores.n, all=every)
    low = _low_points(layout, member)
    cells = [
        name,
        _cell(layout, xs[1], top, widths[1], score, size, "ink", bold=True),
        _cell(layout, xs[2], top, widths[2], mean, size, "ink"),
        _cell(layout, xs[3], top, widths[3], rated, size, "ink"),
        _cell(layout, xs[4], top, widths[4], low, size, "ink"),
    ]
    marks = [*member.sample(xs[0], top + 0.62 * size), *(mark for cell in cells for mark in cell.marks)]
    return marks, max(cell.bottom for cell in cells)


def _low_points(layout: OverlayLayout, member: Member) -> str:
    """Return the number of low points and the worst."""
    found = sorted(member.scores.low_points, key=lambda low: low.rank)
    if not found:
        return layout.labels.number(0) if member.scores.n else layout.labels("overlay.none")
    worst = member.scores.by_id[found[0].id].touchpoint.title
    return layout.labels("overlay.worst", n=len(found), title=worst)


def _cell(
    layout: OverlayLayout, x: float, top: float, width: float, words: str, size: float, color: str, bold: bool = False
) -> Stack:
    stack = Stack(layout.text, x, top, width - layout.text.measure("m", size))
    stack.add(words, size, bold=bold, color="ink" if color == "ink" else "muted", kind="cell")
    return stack
