"""The legend at the lines' ends: what each journey is called and how good it is, moved apart where they are close."""

from __future__ import annotations

from itertools import accumulate

from journeykit.charts.clock import spread
from journeykit.charts.curve.plot import NEUTRAL, Plot
from journeykit.charts.overlay.axis import END
from journeykit.charts.overlay.members import Member
from journeykit.charts.overlay.sheet import Sheet
from journeykit.drawing.scene import Group, Mark, Path
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import first_baseline, line_step

GAP = 9.0
"""Between two labels."""


def height(sheet: Sheet) -> float:
    """What all of them take."""
    return sum(_words(sheet, member).height + GAP for member in sheet.members)


def ends(sheet: Sheet, plot: Plot) -> list[Mark]:
    """The labels and the leaders to them; they are as near to their line's end as there is room."""
    last = {member.number: _last(sheet, plot, member) for member in sheet.members}
    order = sorted(sheet.members, key=lambda member: (last[member.number][1], member.number))
    words = [_words(sheet, member) for member in order]
    first = line_step(sheet.type.body) / 2
    offsets = list(accumulate((one.height + GAP for one in words), initial=0.0))
    wanted = [last[member.number][1] - first for member in order]
    low = plot.top - first
    tops = spread(wanted, offsets[:-1], low, max(plot.bottom + 3 * first, low + offsets[-1]) - words[-1].height)
    marks: list[Mark] = []
    for member, stack, top in zip(order, words, tops, strict=True):
        leader = _leader(sheet, member, last[member.number], top + first)
        moved = tuple(mark.moved(0, top) for mark in stack.marks)
        id = f"end-{member.number + 1}"
        marks.append(Group(marks=(*leader, *moved), id=id, title=member.name, kind="end"))
    return marks


def _last(sheet: Sheet, plot: Plot, member: Member) -> tuple[float, float]:
    """Where a line ends; a journey without a line is named beside the neutral line."""
    rated = member.scores.rated
    if not rated:
        return sheet.grid.last, plot.y(NEUTRAL)
    return sheet.grid.xs[member.number][rated[-1].id], plot.y(rated[-1].score or 0.0)


def _words(sheet: Sheet, member: Member) -> Stack:
    """A label from 0 downwards."""
    size, labels = sheet.type, sheet.labels
    stack = Stack(sheet.text, sheet.grid.ends, 0.0, END)
    stack.add(member.name, size.body, bold=True, colour=member.look.colour, kind="end-name")
    score, word = member.scores.score, member.scores.word
    if score is None or word is None:
        stack.add(labels("score.none"), size.caption, colour="muted", kind="end-score")
    else:
        baseline = stack.bottom + first_baseline(size.heading)
        number = sheet.text.label(labels.number(score), stack.x, baseline, size.heading, bold=True, kind="end-score")
        word = labels(f"score.{word}")
        stack.marks += [
            number,
            sheet.text.label(word, stack.x + number.width + 5, baseline, size.body, kind="end-word"),
        ]
        stack.bottom += line_step(size.heading)
    if member.detail:
        stack.add(member.detail, size.caption, colour="muted", kind="end-detail")
    return stack


def _leader(sheet: Sheet, member: Member, end: tuple[float, float], y: float) -> list[Mark]:
    if not member.scores.rated:
        return []
    x, start = end
    left, bend = sheet.grid.ends - 4, sheet.grid.last + 10
    colour = member.look.colour
    return [
        Path(
            commands=(("M", x + 7, start), ("L", max(bend, x + 7), start), ("L", left, y)),
            stroke=colour, stroke_width=0.75, opacity=0.8, kind="leader",
        )
    ]  # fmt: skip
