"""Where customers go on: the touchpoints on a line, and an arc for each option of a decision, as thick as its share.
Arcs above the line lead on, arcs below it lead back. A dotted line leads down to the share that ends here, or goes
elsewhere. What leads to a touchpoint of another row ends at its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from journeykit.charts.columns import Slot
from journeykit.charts.lane import Band, View
from journeykit.drawing import icons
from journeykit.drawing.geometry import Command
from journeykit.drawing.scene import Anchor, Circle, Group, Line, Mark, Path, Rect, Role
from journeykit.model.meaning import END

NODE = 4.0
"""Radius of a touchpoint on the line."""
STEP = 20.0
"""How much higher an arc is than those below it."""
LOWEST = 15.0
BESIDE = 5.0
"""How far from the middle of a touchpoint arcs leave it and arrive."""
THIN, THICK = 1.0, 6.0
"""Widths of arcs of no share and of all."""
HEAD = 5.0
EXIT = 11.0
CHIP = 8.0
STUB, SIGN = 30.0, 60.0
"""How far an arc to another row goes, and its number with the share beside it."""


class Arc(NamedTuple):
    """An option that leads from one touchpoint to another; x is where it begins and ends."""

    start: float
    end: float
    share: float | None
    answer: str
    number: int | None = None
    """That of the touchpoint in another row, where it ends in the air."""

    @property
    def left(self) -> float:
        return min(self.start, self.end - self._sign)

    @property
    def right(self) -> float:
        return max(self.start, self.end + self._sign)

    @property
    def _sign(self) -> float:
        """How far the number and the share go on beside the end of an arc to another row."""
        return SIGN if self.number is not None else 0.0


def lay_out(view: View, top: float) -> Band | None:
    if all(touchpoint.decision is None for touchpoint in view.journey.touchpoints):
        return None
    onward, back = _arcs(view)
    above, below = _levels(onward), _levels(back)
    small = view.type.caption
    line = top + _room(above, small)
    floor = line + max(_room(below, small), NODE + view.unit)
    drawn = [_drawn(view, arc, line, _height(level), up=True) for arc, level in zip(onward, above, strict=True)]
    drawn += [_drawn(view, arc, line, _height(level), up=False) for arc, level in zip(back, below, strict=True)]
    ends = [_end(view, slot, line, floor) for slot in view.columns.slots]
    marks: list[Mark] = [_line(view, line)]
    marks += [end for end in ends if end is not None]
    marks += [arc for arc, _ in drawn]
    marks += [_node(slot, line) for slot in view.columns.slots]
    marks += [mark for _, share in drawn for mark in share]  # above all arcs, so that none crosses a figure
    bottom = max([floor, *(end.box().bottom for end in ends if end is not None)])
    return Band(bottom - top, tuple(marks), view.labels("lanes.flow"))


def _arcs(view: View) -> tuple[list[Arc], list[Arc]]:
    """Return the arcs of a row that lead on, and those that lead back."""
    slots = view.columns.slots
    here = {slot.place.touchpoint.id: slot for slot in slots}
    onward: list[Arc] = []
    back: list[Arc] = []
    for slot in slots:
        decision = slot.place.touchpoint.decision
        for option in decision.options if decision else ():
            target = view.rated.get(option.to)
            if option.to == END or target is None:
                continue
            forward = target.number > slot.place.number
            sign = 1 if forward else -1
            to = here.get(option.to)
            end = to.x - sign * BESIDE if to else slot.x + sign * (BESIDE + STUB)
            arc = Arc(slot.x + sign * BESIDE, end, option.share, option.answer, None if to else target.number)
            (onward if forward else back).append(arc)
    return onward, back


def _levels(arcs: Sequence[Arc]) -> list[int]:
    """Return how high each arc is, so that none lies on another: short ones below, those over them above."""
    found: dict[int, int] = {}
    for at in sorted(range(len(arcs)), key=lambda at: (arcs[at].right - arcs[at].left, arcs[at].left)):
        met = [level for other, level in found.items() if _meet(arcs[at], arcs[other])]
        found[at] = max(met, default=-1) + 1
    return [found[at] for at in range(len(arcs))]


def _meet(one: Arc, other: Arc) -> bool:
    return one.left < other.right and other.left < one.right


def _height(level: int) -> float:
    return LOWEST + STEP * level


def _room(levels: Sequence[int], text: float) -> float:
    """Return the height above or below the line that arcs and their shares need."""
    return _height(max(levels)) + text * 1.6 if levels else NODE + 2


def _line(view: View, y: float) -> Mark:
    slots = view.columns.slots
    return Line(x1=slots[0].x, y1=y, x2=slots[-1].x, y2=y, stroke="rule", stroke_width=2.0, caps="round", kind="way")


def _node(slot: Slot, y: float) -> Mark:
    return Circle(x=slot.x, y=y, radius=NODE, fill="page", stroke="ink", stroke_width=1.5, kind="node")


def _drawn(view: View, arc: Arc, line: float, height: float, *, up: bool) -> tuple[Group, list[Mark]]:
    """Return an arc with its arrow head, and its share."""
    sign = -1.0 if up else 1.0
    color: Role = "accent" if up else "muted"
    apex = line + sign * height
    width = THIN + (THICK - THIN) * (arc.share or 0)
    edge = line + sign * NODE
    marks: list[Mark] = []
    if arc.number is None:
        pull = edge + sign * (height - NODE) * 4 / 3  # where the middle of a cubic curve is at the apex
        tip = edge + sign * HEAD
        shape: tuple[Command, ...] = (
            ("M", arc.start, edge), ("C", arc.start, pull, arc.end, pull, arc.end, tip),
        )  # fmt: skip
        head: tuple[Command, ...] = (
            ("M", arc.end - HEAD * 0.6, tip), ("L", arc.end, edge), ("L", arc.end + HEAD * 0.6, tip), ("Z",),
        )  # fmt: skip
        marks.append(Path(commands=head, fill=color, kind="arc-head"))
    else:
        shape = (("M", arc.start, edge), ("C", arc.start, apex, arc.start, apex, arc.end, apex))
    kind = "arc" if up else "arc-back"
    marks.insert(0, Path(commands=shape, stroke=color, stroke_width=width, opacity=0.8, caps="butt", kind=kind))
    small = view.type.caption
    words = "" if arc.share is None else view.labels.share(arc.share)
    share: list[Mark] = []
    if arc.number is not None:
        share += _chip(view, arc, apex)
        side = 1 if arc.end > arc.start else -1
        x = arc.end + side * (2 * CHIP + 3)
        if words:
            share += _figure(view, words, x, apex + 0.36 * small, "start" if side > 0 else "end")
    elif words:
        baseline = apex - width / 2 - 2 if up else apex + width / 2 + 0.9 * small
        share += _figure(view, words, (arc.start + arc.end) / 2, baseline, "middle")
    return Group(marks=tuple(marks), title=f"{arc.answer} {words}".strip(), kind="flow"), share


def _figure(view: View, words: str, x: float, y: float, anchor: Anchor) -> list[Mark]:
    """Return a share on a ground that hides the arcs behind it."""
    text = view.text.label(words, x, y, view.type.caption, bold=True, anchor=anchor, kind="share")
    box = text.box()
    ground = Rect(
        x=box.left - 1, y=box.top, width=text.width + 2, height=box.bottom - box.top, fill="page", opacity=0.85,
        kind="share-ground",
    )  # fmt: skip
    return [ground, text]


def _chip(view: View, arc: Arc, y: float) -> list[Mark]:
    """Return the number of the touchpoint in another row, in a circle at the end of the arc."""
    small, number = view.type.caption, str(arc.number)
    x = arc.end + (CHIP if arc.end > arc.start else -CHIP)
    return [
        Circle(x=x, y=y, radius=CHIP, fill="page", stroke="accent", stroke_width=1.2, kind="target"),
        view.text.label(number, x, y + 0.36 * small, small, bold=True, color="accent", anchor="middle", kind="sign"),
    ]  # fmt: skip


def _end(view: View, slot: Slot, line: float, floor: float) -> Group | None:
    """Return the shares that end at a touchpoint, or go elsewhere, below all arcs; None if there are none."""
    decision = slot.place.touchpoint.decision
    if decision is None:
        return None
    small = view.type.caption
    marks: list[Mark] = []
    y = floor + EXIT / 2
    for option in decision.options:
        if option.to == END:
            marks.append(icons.sign("exit", slot.x - EXIT / 2, y - EXIT / 2, EXIT, "ink"))
            words = option.answer if option.share is None else view.labels.share(option.share)
            marks += _words(view, words, slot, y, small)
            y += EXIT + 3
    if decision.other is not None:
        words = f"{view.labels('decisions.other')} {view.labels.share(decision.other)}"
        marks += _words(view, words, slot, y, small)
        y += EXIT + 3
    if not marks:
        return None
    stem = Line(
        x1=slot.x, y1=line + NODE, x2=slot.x, y2=floor - 1, stroke="muted", stroke_width=1.0, dash=(1.5, 2.5),
        kind="stem",
    )  # fmt: skip
    return Group(marks=(stem, *marks), kind="flow-end")


def _words(view: View, words: str, slot: Slot, y: float, size: float) -> list[Mark]:
    """Return words beside the end of a touchpoint, cut off at the edge of its column."""
    left = slot.x + EXIT / 2 + 4
    lines = view.text.wrap(words, size, slot.right - left - 2, max_lines=1)
    return [view.text.label(lines[0], left, y + 0.36 * size, size, color="muted", kind="end")] if lines else []
