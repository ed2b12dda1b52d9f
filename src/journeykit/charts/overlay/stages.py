"""Stages of an overlay: one bar for all journeys, or on a time axis a strip for each journey."""

from __future__ import annotations

from itertools import pairwise

from journeykit.charts.lane import Band
from journeykit.charts.overlay.layout import OverlayLayout
from journeykit.charts.overlay.matching import SharedStage
from journeykit.charts.overlay.members import Member
from journeykit.charts.time_scale import spread
from journeykit.drawing.scene import Group, Line, Mark, Rect
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import block_height, line_step

INSET = 8.0
EDGE = 3.0
SIGN = 3.6
"""Radius of the point before a score or name."""
STRIP = 5.0


def bars(layout: OverlayLayout, top: float) -> Band | None:
    """Return bars with the names of stages and each journey's score, or None if no journey has stages."""
    spans = [span for span in layout.grid.spans if any(stage and stage.name for stage in span[0].stages)]
    if not spans:
        return None
    inner = top + EDGE + layout.unit * 1.5
    stacks = [_words(layout, shared, left, right, inner) for shared, left, right in spans]
    height = EDGE + max(stack.height for stack in stacks) + layout.unit * 3
    marks: list[Mark] = []
    for (shared, left, right), stack in zip(spans, stacks, strict=True):
        bar = Rect(x=left, y=top, width=right - left, height=height, fill="accent-soft", kind="stage")
        edge = Rect(x=left, y=top, width=right - left, height=EDGE, fill="accent", kind="edge")
        title = " / ".join(_names(shared))
        id = layout.grid.named(f"stage-{shared.number}")
        marks.append(Group(marks=(bar, edge, *stack.marks), id=id, title=title, kind="stage"))
    return Band(height, tuple(marks), layout.labels("lanes.stages"))


def _names(shared: SharedStage) -> dict[str, int]:
    """Return the names of a stage, each with the number of the first journey that uses it."""
    found: dict[str, int] = {}
    for n, stage in enumerate(shared.stages):
        if stage and stage.name:
            found.setdefault(stage.name, n)
    return found


def _words(layout: OverlayLayout, shared: SharedStage, left: float, right: float, top: float) -> Stack:
    stack = Stack(layout.text, left + INSET, top, right - left - 2 * INSET)
    names, size = _names(shared), layout.type.lead if len(_names(shared)) == 1 else layout.type.body
    again = layout.grid.begins_within and shared is layout.grid.spans[0][0]
    for name, n in names.items():
        indent = 0.0
        if len(names) > 1:
            indent = 2 * SIGN + 5
            stack.marks.append(layout.members[n].point(stack.x + SIGN, stack.bottom + 0.62 * size, SIGN))
        shown = layout.labels("stages.continued", name=name) if again else name
        stack.add(shown, size, bold=True, indent=indent, kind="stage-name")
    if not again:
        stack.space(layout.unit / 2)
        _scores(layout, shared, stack)
    return stack


def _scores(layout: OverlayLayout, shared: SharedStage, stack: Stack) -> None:
    """Add each journey's score of the stage, on several lines if needed."""
    size = layout.type.body
    x = stack.x
    step = line_step(size)
    started = False
    for member, stage in zip(layout.members, shared.stages, strict=True):
        score = next((one.score for one in member.scores.stages if stage and one.stage.id == stage.id), None)
        if score is None:
            continue
        words = layout.labels.number(score)
        width = 2 * SIGN + 4 + layout.text.measure(words, size, bold=True)
        if not started or x + width > stack.x + stack.width:
            x = stack.x
            stack.bottom += step
            started = True
        middle = stack.bottom - step + 0.62 * size
        stack.marks += [
            member.point(x + SIGN, middle, SIGN),
            layout.text.label(words, x + 2 * SIGN + 4, middle + 0.36 * size, size, bold=True, kind="stage-score"),
        ]
        x += width + 9


def strips(layout: OverlayLayout, top: float) -> Band | None:
    """Return for each journey the names of its stages over thin bars at their times, or None."""
    marks: list[Mark] = []
    y = top
    for member in layout.members:
        if member.journey.is_flat or not layout.grid.lefts[member.number]:
            continue
        strip, height = _strip(layout, member, y)
        id = layout.grid.named(f"stages-{member.number + 1}")
        marks.append(Group(marks=tuple(strip), id=id, title=member.name, kind="stages"))
        y += height + layout.unit * 2
    return Band(y - layout.unit * 2 - top, tuple(marks), layout.labels("lanes.stages")) if marks else None


def _strip(layout: OverlayLayout, member: Member, top: float) -> tuple[list[Mark], float]:
    xs, right = layout.grid.xs[member.number], layout.grid.last
    here = layout.grid.lefts[member.number]
    stages = [stage for stage in member.journey.stages if any(one.id in here for one in stage.touchpoints)]
    starts = [max(xs[stage.touchpoints[0].id], layout.grid.left) for stage in stages]
    width = (layout.right - layout.grid.left) / len(stages)
    size = layout.type.caption
    words = [layout.text.wrap(stage.name, size, width - 10, bold=True) for stage in stages]
    widths = [max((layout.text.measure(line, size, bold=True) for line in one), default=0.0) + 10 for one in words]
    lefts = _apart(starts, widths, layout.grid.left, layout.right)
    height = block_height(max(map(len, words)), size)
    bar = top + height + 7
    marks: list[Mark] = [member.point(layout.grid.left - 12, bar + STRIP / 2, SIGN + 0.4)]
    for n, (lines, left) in enumerate(zip(words, lefts, strict=True)):
        end = starts[n + 1] if n + 1 < len(stages) else max(xs[stages[n].touchpoints[-1].id], starts[n])
        end = min(max(end, starts[n] + 2), right + 2)
        base = top + height - block_height(len(lines), size)
        marks += layout.text.block(lines, left, base, size, bold=True, kind="stage-name")
        marks.append(
            Rect(x=starts[n], y=bar, width=end - starts[n], height=STRIP, fill=member.style.color,
                 opacity=0.9 if n % 2 == 0 else 0.45, kind="stage")
        )  # fmt: skip
        marks.append(_tick(left, starts[n], top + height + 1, bar))
    return marks, height + 7 + STRIP


def _tick(left: float, start: float, top: float, bar: float) -> Mark:
    """Return a line from a name to the start of its stage."""
    return Line(x1=left + 1, y1=top, x2=start, y2=bar, stroke="neutral", stroke_width=0.6, kind="leader")


def _apart(wanted: list[float], widths: list[float], low: float, high: float) -> list[float]:
    offsets = [0.0]
    for width, _ in pairwise(widths):
        offsets.append(offsets[-1] + width)
    return spread(wanted, offsets, low, high - widths[-1])
