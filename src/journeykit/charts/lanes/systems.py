"""The systems that support a touchpoint, in sight or behind the scenes, each once. One bar goes over all neighbouring
touchpoints that the same system serves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journeykit.charts.columns import Slot
from journeykit.charts.lane import Band, View
from journeykit.charts.swimlanes.rows import key
from journeykit.drawing import icons
from journeykit.drawing.scene import Group, Mark, Rect
from journeykit.drawing.stack import Stack
from journeykit.model import Touchpoint

GUTTER = 8.0
WIDEST = 190.0
"""The most width of a bar of one touchpoint."""
INSET = 5.0
ICON = 11.0
BETWEEN = 4.0
"""Gap between two bars below each other."""


@dataclass
class Bar:
    """A system at neighbouring touchpoints: the first and the last index of their columns."""

    name: str
    first: int
    last: int


def systems_of(touchpoint: Touchpoint) -> dict[str, str]:
    """Return the names of the systems of a touchpoint by their keys, in the order of its steps."""
    found: dict[str, str] = {}
    for step in (*touchpoint.frontstage, *touchpoint.backstage):
        if step.system:
            found.setdefault(key(step.system), step.system)
    return found


def bars_of(touchpoints: Sequence[Touchpoint]) -> list[Bar]:
    """Return the systems of neighbouring touchpoints, by where they begin."""
    bars: list[Bar] = []
    going: dict[str, Bar] = {}
    for number, touchpoint in enumerate(touchpoints):
        here = systems_of(touchpoint)
        going = {id: going[id] if id in going else Bar(name, number, number) for id, name in here.items()}
        for bar in going.values():
            bar.last = number
            if bar.first == number:
                bars.append(bar)
    return bars


def lay_out(view: View, top: float) -> Band | None:
    slots = view.columns.slots
    levels: list[list[Bar]] = []
    for bar in bars_of([slot.place.touchpoint for slot in slots]):
        free = next((level for level in levels if level[-1].last < bar.first), None)
        if free is None:
            levels.append(free := [])
        free.append(bar)
    if not levels:
        return None
    marks: list[Mark] = []
    y = top
    for level in levels:
        drawn = [_bar(view, bar, slots, y) for bar in level]
        marks += drawn
        y = max(group.box().bottom for group in drawn) + BETWEEN
    return Band(y - BETWEEN - top, tuple(marks), view.labels("lanes.systems"))


def _bar(view: View, bar: Bar, slots: Sequence[Slot], top: float) -> Group:
    first, last = slots[bar.first], slots[bar.last]
    width = last.left + min(last.width - GUTTER, WIDEST) - first.left
    stack = Stack(view.text, first.left + INSET, top + INSET, width - 2 * INSET)
    stack.add(bar.name, view.type.body, indent=ICON + INSET, kind="system")
    icon = icons.sign("system", stack.x, top + INSET + (1.25 * view.type.body - ICON) / 2, ICON, "accent")
    edge = Rect(
        x=first.left, y=top, width=width, height=stack.height + 2 * INSET, radius=3, fill="panel", stroke="rule",
        stroke_width=0.75, kind="system-bar",
    )  # fmt: skip
    numbers = ", ".join(str(slot.place.number) for slot in slots[bar.first : bar.last + 1])
    return Group(marks=(edge, icon, *stack.marks), title=f"{bar.name}: {numbers}", kind="system")
