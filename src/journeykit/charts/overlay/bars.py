"""The stages of an overlay: one bar for all journeys, or, by time, a strip for each with its stages at their times."""

from __future__ import annotations

from itertools import pairwise

from journeykit.charts.clock import spread
from journeykit.charts.lane import Band
from journeykit.charts.overlay.matching import Shared
from journeykit.charts.overlay.members import Member
from journeykit.charts.overlay.sheet import Sheet
from journeykit.drawing.scene import Group, Line, Mark, Rect
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import block_height, line_step

INSET = 8.0
EDGE = 3.0
SIGN = 3.6
"""Radius of the point before a journey's score or name."""
STRIP = 5.0


def bars(sheet: Sheet, top: float) -> Band | None:
    """By stage: name and each journey's score. None if no journey has stages."""
    spans = [span for span in sheet.grid.spans if any(stage and stage.name for stage in span[0].stages)]
    if not spans:
        return None
    inner = top + EDGE + sheet.unit * 1.5
    made = [_words(sheet, shared, left, right, inner) for shared, left, right in spans]
    height = EDGE + max(stack.height for stack in made) + sheet.unit * 3
    marks: list[Mark] = []
    for number, ((shared, left, right), stack) in enumerate(zip(spans, made, strict=True), 1):
        bar = Rect(x=left, y=top, width=right - left, height=height, fill="accent-soft", kind="stage")
        edge = Rect(x=left, y=top, width=right - left, height=EDGE, fill="accent", kind="edge")
        title = " / ".join(_names(shared))
        marks.append(Group(marks=(bar, edge, *stack.marks), id=f"stage-{number}", title=title, kind="stage"))
    return Band(height, tuple(marks), sheet.labels("lanes.stages"))


def _names(shared: Shared) -> dict[str, int]:
    """The names of a stage, each with the first journey that calls it so."""
    found: dict[str, int] = {}
    for n, stage in enumerate(shared.stages):
        if stage and stage.name:
            found.setdefault(stage.name, n)
    return found


def _words(sheet: Sheet, shared: Shared, left: float, right: float, top: float) -> Stack:
    stack = Stack(sheet.text, left + INSET, top, right - left - 2 * INSET)
    names, size = _names(shared), sheet.type.lead if len(_names(shared)) == 1 else sheet.type.body
    for name, n in names.items():
        indent = 0.0
        if len(names) > 1:
            indent = 2 * SIGN + 5
            stack.marks.append(sheet.members[n].point(stack.x + SIGN, stack.bottom + 0.62 * size, SIGN))
        stack.add(name, size, bold=True, indent=indent, kind="stage-name")
    stack.space(sheet.unit / 2)
    _scores(sheet, shared, stack)
    return stack


def _scores(sheet: Sheet, shared: Shared, stack: Stack) -> None:
    """Each journey's score of the stage, in as many lines as it takes."""
    size = sheet.type.body
    x = stack.x
    step = line_step(size)
    started = False
    for member, stage in zip(sheet.members, shared.stages, strict=True):
        score = next((one.score for one in member.scores.stages if stage and one.stage.id == stage.id), None)
        if score is None:
            continue
        words = sheet.labels.number(score)
        width = 2 * SIGN + 4 + sheet.text.measure(words, size, bold=True)
        if not started or x + width > stack.x + stack.width:
            x = stack.x
            stack.bottom += step
            started = True
        middle = stack.bottom - step + 0.62 * size
        stack.marks += [
            member.point(x + SIGN, middle, SIGN),
            sheet.text.label(words, x + 2 * SIGN + 4, middle + 0.36 * size, size, bold=True, kind="stage-score"),
        ]
        x += width + 9


def strips(sheet: Sheet, top: float) -> Band | None:
    """By time: for each journey the names of its stages over thin bars at their true times."""
    marks: list[Mark] = []
    y = top
    for member in sheet.members:
        if member.journey.is_flat:
            continue
        made, height = _strip(sheet, member, y)
        marks.append(Group(marks=tuple(made), id=f"stages-{member.number + 1}", title=member.name, kind="stages"))
        y += height + sheet.unit * 2
    return Band(y - sheet.unit * 2 - top, tuple(marks), sheet.labels("lanes.stages")) if marks else None


def _strip(sheet: Sheet, member: Member, top: float) -> tuple[list[Mark], float]:
    xs, right = sheet.grid.xs[member.number], sheet.grid.last
    stages = [stage for stage in member.journey.stages if stage.touchpoints]
    starts = [xs[stage.touchpoints[0].id] for stage in stages]
    width = (sheet.right - sheet.grid.left) / len(stages)
    size = sheet.type.caption
    words = [sheet.text.wrap(stage.name, size, width - 10, bold=True) for stage in stages]
    widths = [max((sheet.text.measure(line, size, bold=True) for line in one), default=0.0) + 10 for one in words]
    lefts = _apart(starts, widths, sheet.grid.left, sheet.right)
    height = block_height(max(map(len, words)), size)
    bar = top + height + 7
    marks: list[Mark] = [member.point(sheet.grid.left - 12, bar + STRIP / 2, SIGN + 0.4)]
    for n, (lines, left) in enumerate(zip(words, lefts, strict=True)):
        end = starts[n + 1] if n + 1 < len(stages) else max(xs[stages[n].touchpoints[-1].id], starts[n])
        end = min(max(end, starts[n] + 2), right + 2)
        base = top + height - block_height(len(lines), size)
        marks += sheet.text.block(lines, left, base, size, bold=True, kind="stage-name")
        marks.append(
            Rect(x=starts[n], y=bar, width=end - starts[n], height=STRIP, fill=member.look.colour,
                 opacity=0.9 if n % 2 == 0 else 0.45, kind="stage")
        )  # fmt: skip
        marks.append(_tick(left, starts[n], top + height + 1, bar))
    return marks, height + 7 + STRIP


def _tick(left: float, start: float, top: float, bar: float) -> Mark:
    """From a name to where its stage starts."""
    return Line(x1=left + 1, y1=top, x2=start, y2=bar, stroke="neutral", stroke_width=0.6, kind="leader")


def _apart(wanted: list[float], widths: list[float], low: float, high: float) -> list[float]:
    offsets = [0.0]
    for width, _ in pairwise(widths):
        offsets.append(offsets[-1] + width)
    return spread(wanted, offsets, low, high - widths[-1])
