"""A diamond with the question and who decides. Each answer is a branch, with its share as a bar and a figure, to
the number of the touchpoint where it continues, or to a door where the journey ends. The share of those who go
elsewhere comes last.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from journeykit.charts.columns import Slot
from journeykit.charts.lane import Band, View
from journeykit.drawing import icons
from journeykit.drawing.geometry import Command
from journeykit.drawing.scene import Circle, Group, Line, Mark, Path, Rect
from journeykit.drawing.stack import Stack
from journeykit.drawing.text import line_step
from journeykit.model import Decision
from journeykit.model.touchpoint import Option


def lay_out(view: View, top: float) -> Band | None:
    slots = view.columns.slots
    homes = [number for number, slot in enumerate(slots) if slot.place.touchpoint.decision]
    marks: list[Mark] = []
    height = 0.0
    for home in homes:
        decision = slots[home].place.touchpoint.decision
        assert decision
        width = max(slots[home].width - GUTTER, view.columns.room(home, homes, WIDEST, GUTTER))
        tree_group = tree(view, slots[home], width, decision, top, _reached(slots, home, homes))
        marks.append(tree_group)
        height = max(height, tree_group.box().bottom - top)
    return Band(height, tuple(marks), view.labels("lanes.decisions")) if marks else None


def _reached(slots: tuple[Slot, ...], home: int, homes: Collection[int]) -> Mapping[str, Slot]:
    """Return the columns up to the next decision, to which arrows can be drawn."""
    end = min((other for other in homes if other > home), default=len(slots))
    return {slot.place.touchpoint.id: slot for slot in slots[home + 1 : end]}


GUTTER = 8.0
WIDEST = 190.0
"""The width up to which a tree extends over free neighbouring columns."""
DIAMOND = 20.0
INDENT = 18.0
"""Distance from the column's edge to the answers, to the left of which the stem runs."""
CHIP = 8.0
"""Radius of the circle around the number of a touchpoint."""
EXIT = 11.0
ROW = 2 * CHIP + 2.0
"""The least height of a row with share and target; a circle around a long number needs more."""
TRACK = 34.0
HEAD = 4.5
ARROW = 12.0
"""The least length of an arrow."""


def tree(view: View, slot: Slot, width: float, decision: Decision, top: float, reached: Mapping[str, Slot]) -> Group:
    """Return the tree of a decision; `reached` has the columns, by id, to which arrows can be drawn."""
    stack = Stack(view.text, slot.left, top, width)
    middle = slot.left + DIAMOND / 2
    mark = view.labels("decisions.mark")
    sign = (*_diamond(middle, top + DIAMOND / 2), _sign(view, mark, middle, top + DIAMOND / 2, view.type.body))
    stack.add(decision.question, view.type.body, bold=True, indent=DIAMOND + 6, kind="question")
    stack.add(view.labels(f"decisions.{decision.who}"), view.type.caption, color="muted", indent=DIAMOND + 6)
    stack.bottom = max(stack.bottom, top + DIAMOND)
    elbows: list[Mark] = []
    stem = end = top + DIAMOND
    for option in decision.options:
        stack.space(view.unit * 1.25)
        end = stack.bottom + line_step(view.type.body) / 2
        elbows.append(_line(middle, end, slot.left + INDENT - 3, end, "elbow"))
        _branch(view, stack, option, reached.get(option.to))
    if decision.other is not None:
        stack.space(view.unit * 1.25)
        end = stack.bottom + line_step(view.type.body) / 2
        elbows.append(_line(middle, end, slot.left + INDENT - 3, end, "elbow"))
        stack.add(view.labels("decisions.other"), view.type.body, color="muted", indent=INDENT, kind="answer")
        _share(view, stack, decision.other, stack.x + INDENT, stack.bottom + ROW / 2)
        stack.bottom += ROW
    elbows.append(_line(middle, stem, middle, end, "stem"))
    targets = [mark for mark in stack.marks if mark.kind == "branch-target"]
    answers = Group(marks=(*sign, *(mark for mark in stack.marks if mark.kind != "branch-target")), kind="answers")
    return Group(marks=(*elbows, answers, *targets), title=decision.question, kind="decision")


def _branch(view: View, stack: Stack, option: Option, reached: Slot | None) -> None:
    """Add an answer with its share and target."""
    stack.add(option.answer, view.type.body, indent=INDENT, kind="answer")
    target = view.rated.get(option.to)
    number = str(target.number) if target else option.to
    radius = max(CHIP, view.text.measure(number, view.type.caption, bold=True) / 2 + 3)
    row = max(ROW, 2 * radius + 2) if option.to != "end" else ROW
    x, y = stack.x + INDENT, stack.bottom + row / 2
    if option.share is not None:
        x = _share(view, stack, option.share, x, y)
    if option.to == "end":
        stack.marks += _arrow(x, x + ARROW, y)
        stack.marks.append(icons.sign("exit", x + ARROW + 3, y - EXIT / 2, EXIT, "ink"))
        stack.bottom += ROW
        stack.add(view.labels("decisions.end"), view.type.caption, color="muted", indent=INDENT, kind="end")
        return
    middle = reached.mark if reached else x + ARROW + radius
    stack.marks += _arrow(x, middle - radius, y)
    chip = (
        Circle(x=middle, y=y, radius=radius, fill="page", stroke="accent", stroke_width=1.2, kind="target"),
        _sign(view, number, middle, y, view.type.caption),
    )
    stack.marks.append(Group(marks=chip, title=target.touchpoint.title if target else "", kind="branch-target"))
    stack.bottom += row


def _share(view: View, stack: Stack, share: float, x: float, y: float) -> float:
    """Add the share as a bar and a figure; return the x of its end."""
    small = view.type.caption
    words = view.labels.share(share)
    room = stack.x + stack.width - x - view.text.measure(words, small, bold=True) - ARROW - 2 * CHIP - 8
    track = max(6.0, min(TRACK, room))
    stack.marks.append(Rect(x=x, y=y - 2.5, width=track, height=5, fill="panel-strong", kind="share-track"))
    stack.marks.append(Rect(x=x, y=y - 2.5, width=track * share, height=5, fill="accent", kind="share"))
    figure = view.text.label(words, x + track + 4, y + 0.36 * small, small, bold=True, kind="share")
    stack.marks.append(figure)
    return figure.box().right + 4


def _diamond(x: float, y: float) -> tuple[Mark, ...]:
    reach = DIAMOND / 2
    shape: tuple[Command, ...] = (
        ("M", x, y - reach), ("L", x + reach, y), ("L", x, y + reach), ("L", x - reach, y), ("Z",),
    )  # fmt: skip
    return (Path(commands=shape, fill="accent-soft", stroke="accent", stroke_width=1.2, kind="diamond"),)


def _sign(view: View, words: str, x: float, y: float, size: float) -> Mark:
    return view.text.label(words, x, y + 0.36 * size, size, bold=True, color="accent", anchor="middle", kind="sign")


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Line:
    return Line(x1=x1, y1=y1, x2=x2, y2=y2, stroke="accent", stroke_width=1.0, caps="round", kind=kind)


def _arrow(start: float, tip: float, y: float) -> list[Mark]:
    """Return an arrow to the right with its tip at (tip, y)."""
    head: tuple[Command, ...] = (
        ("M", tip - HEAD, y - HEAD * 0.55), ("L", tip, y), ("L", tip - HEAD, y + HEAD * 0.55), ("Z",),
    )  # fmt: skip
    return [_line(start, y, tip - HEAD * 0.8, y, "branch"), Path(commands=head, fill="accent", kind="branch-head")]
