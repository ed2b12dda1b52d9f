"""Stages over a row: name, score and its change; added and removed ones are marked."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.charts.difference.columns import StagePair
from journeykit.charts.difference.layout import DifferenceLayout, Row
from journeykit.charts.lane import Band
from journeykit.drawing.scene import Group, Mark, Rect
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import first_baseline, line_step

INSET = 8.0
EDGE = 3.0


def bars(layout: DifferenceLayout, row: Row, top: float) -> Band | None:
    """Return a bar over the touchpoints of each stage, with x along the strip; None without named stages."""
    spans = [(stage, left, right, first) for stage, left, right, first in _spans(row) if _name(stage)]
    if not spans:
        return None
    inner = top + EDGE + layout.unit * 1.5
    stacks = [_words(layout, stage, left, right, inner, first) for stage, left, right, first in spans]
    height = EDGE + max(stack.height for stack in stacks) + layout.unit * 3
    marks: list[Mark] = []
    for number, ((stage, left, right, _), stack) in enumerate(zip(spans, stacks, strict=True), 1):
        gone = stage.new is None
        bar = Rect(
            x=left, y=top, width=right - left, height=height, fill=None if gone else "accent-soft",
            stroke="rule" if gone else None, dash=(3, 2) if gone else (), kind="stage",
        )  # fmt: skip
        edge = [] if gone else [Rect(x=left, y=top, width=right - left, height=EDGE, fill="accent", kind="edge")]
        id = f"stage-{row.number}-{number}"
        marks.append(Group(marks=(bar, *edge, *stack.marks), id=id, title=_name(stage), kind="stage"))
    return Band(height, tuple(marks), layout.labels("lanes.stages"))


def _spans(row: Row) -> Iterator[tuple[StagePair, float, float, bool]]:
    """Yield stages with their ends, and whether they begin in this row."""
    start = 0
    for n, column in enumerate(row.columns):
        if n + 1 == len(row.columns) or row.columns[n + 1].stage is not column.stage:
            if column.stage is not None:
                right = row.right if n + 1 == len(row.columns) else row.lefts[n + 1] - 8.0
                yield column.stage, row.lefts[start], right, start > 0 or _begins(row, column.stage)
            start = n + 1


def _begins(row: Row, stage: StagePair) -> bool:
    """Return whether the first column of a row is the first of its stage."""
    rated = row.columns[0].shown
    found = stage.new or stage.old
    return row.number == 1 or (
        rated is not None and found is not None and found.stage.touchpoints[0].id == rated.touchpoint.id
    )


def _name(stage: StagePair) -> str:
    found = stage.new or stage.old
    return found.stage.name if found else ""


def _words(layout: DifferenceLayout, stage: StagePair, left: float, right: float, top: float, first: bool) -> Stack:
    stack = Stack(layout.text, left + INSET, top, right - left - 2 * INSET)
    labels, size = layout.labels, layout.type
    name = _name(stage)
    stack.add(
        name if first else labels("stages.continued", name=name), size.lead, bold=True,
        color="ink" if stage.new else "muted", kind="stage-name",
    )  # fmt: skip
    before, after = (one.score if one else None for one in (stage.old, stage.new))
    if stage.old is None or stage.new is None:
        word = labels("difference.removed" if stage.new is None else "difference.added")
        if layout.comparison.old.journey.is_flat == layout.comparison.new.journey.is_flat:
            stack.add(word, size.caption, color="muted", kind="stage-fate")
    elif stage.old.stage.name != stage.new.stage.name and stage.old.stage.name:
        stack.add(labels("difference.was", title=stage.old.stage.name), size.caption, color="muted", kind="was")
    if after is not None:
        score = layout.text.label(labels.number(after), stack.x, 0, size.body, bold=True, kind="stage-score")
        delta = None if before is None else round(after - before, 6)
        moved = labels.number(delta, sign=True) if delta is not None and abs(delta) >= 0.5 else ""
        words = layout.text.label(moved, score.left + score.width + 6, 0, size.body, kind="stage-delta")
        baseline = stack.bottom + first_baseline(size.body)
        stack.marks += [mark.moved(0, baseline) for mark in (score, words) if mark.text]
        stack.bottom += line_step(size.body)
    return stack
