"""Labels at the ends of lines with the name and score of each journey, moved apart if they are close."""

from __future__ import annotations

from itertools import accumulate

from journeykit.charts.curve.plot import Plot
from journeykit.charts.overlay.axis import END
from journeykit.charts.overlay.layout import OverlayLayout
from journeykit.charts.overlay.lines import ending
from journeykit.charts.overlay.members import Member
from journeykit.charts.time_scale import spread
from journeykit.drawing.scene import Group, Mark, Path
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import first_baseline, line_step

POINT = 7.0
"""Distance of a leader from the middle of the point where it begins."""
GAP = 9.0
"""Gap between two labels."""


def height(layout: OverlayLayout) -> float:
    """Return the height of all labels."""
    return sum(_words(layout, member, end[2]).height + GAP for member, end in _ends(layout, Plot(0.0, layout.plot)))


def line_labels(layout: OverlayLayout, plot: Plot) -> list[Mark]:
    """Return the labels, as near to the ends of their lines as possible, and leaders to them."""
    order = sorted(_ends(layout, plot), key=lambda found: (found[1][1], found[0].number))
    if not order:
        return []
    words = [_words(layout, member, ends) for member, (_, _, ends) in order]
    first = line_step(layout.type.body) / 2
    offsets = list(accumulate((one.height + GAP for one in words), initial=0.0))
    wanted = [y - first for _, (_, y, _) in order]
    low = plot.top - first
    tops = spread(wanted, offsets[:-1], low, max(plot.bottom + 3 * first, low + offsets[-1]) - words[-1].height)
    marks: list[Mark] = []
    for (member, (x, y, ends)), stack, top in zip(order, words, tops, strict=True):
        leader = _leader(layout, member, (x if ends else x - POINT, y), top + first)
        moved = tuple(mark.moved(0, top) for mark in stack.marks)
        id = layout.grid.named(f"end-{member.number + 1}")
        marks.append(Group(marks=(*leader, *moved), id=id, title=member.name, kind="end"))
    return marks


def _ends(layout: OverlayLayout, plot: Plot) -> list[tuple[Member, tuple[float, float, bool]]]:
    """Return the ends of the lines in the row, and whether they end there."""
    found = ((member, ending(layout, plot, member)) for member in layout.members)
    return [(member, end) for member, end in found if end]


def _words(layout: OverlayLayout, member: Member, ends: bool) -> Stack:
    """Lay out a label from 0 downwards; a line that goes on in the next row has its name only."""
    size, labels = layout.type, layout.labels
    stack = Stack(layout.text, layout.grid.ends, 0.0, END)
    name = _first_line(layout, member.name, size.body) if layout.short else member.name
    stack.add(name, size.body, bold=True, color=member.style.color, kind="end-name")
    if not ends:
        return stack
    score, word = member.scores.score, member.scores.word
    if score is None or word is None:
        stack.add(labels.no_score(member.scores.withheld), size.caption, color="muted", kind="end-score")
    else:
        baseline = stack.bottom + first_baseline(size.heading)
        number = layout.text.label(labels.number(score), stack.x, baseline, size.heading, bold=True, kind="end-score")
        word = labels(f"score.{word}")
        stack.marks += [
            number,
            layout.text.label(word, stack.x + number.width + 5, baseline, size.body, kind="end-word"),
        ]
        stack.bottom += line_step(size.heading)
        if member.scores.rests_on:
            stack.add(labels("score.rests_on"), size.caption, color="muted", kind="end-note")
    if member.detail and not layout.short:
        stack.add(member.detail, size.caption, color="muted", kind="end-detail")
    return stack


def _first_line(layout: OverlayLayout, name: str, size: float) -> str:
    """Return what of a name stands on one line, with an ellipsis if that is not all of it."""
    lines = layout.text.wrap(name, size, END - layout.text.measure(" …", size, bold=True), bold=True)
    return lines[0] if len(lines) == 1 else f"{lines[0]} …"


def _leader(layout: OverlayLayout, member: Member, end: tuple[float, float], y: float) -> list[Mark]:
    if not member.scores.rated:
        return []
    x, start = end
    left, bend = layout.grid.ends - 4, layout.grid.last + 10
    color = member.style.color
    x += POINT
    return [
        Path(
            commands=(("M", x, start), ("L", max(bend, x), start), ("L", left, y)),
            stroke=color, stroke_width=0.75, opacity=0.8, kind="leader",
        )
    ]  # fmt: skip
