"""Where the nodes of a BPMN diagram stand: the customer's way in one row, the teams in lanes below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from journeykit.model import Journey

TASK, TALL, EVENT, GATEWAY = 140, 100, 36, 50
"""The width and the height of a task, the sizes of events and gateways; in pixels."""
GAP, TOP, HEAD, PAD = 50, 60, 30, 45
LANE = 130
LEVEL = 22
"""From the way of one answer that leads elsewhere to the next."""


class Point(NamedTuple):
    """A point of a line."""

    x: float
    y: float


class Box(NamedTuple):
    """The place of a node, a lane or a pool."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        """Its middle."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)


@dataclass(frozen=True)
class Layout:
    """The places of the nodes by their ids, of the pools, and of the lanes by their names."""

    nodes: dict[str, Box]
    customer: Box
    company: Box
    lanes: dict[str, Box]

    def way(self, source: str, target: str, level: int) -> list[Point]:
        """Return the line between two nodes: straight to the next, else above all, each on its own level."""
        one, two = self.nodes[source], self.nodes[target]
        if level:
            y = self.customer.y + PAD + (level - 1) * LEVEL
            start, end = Point(one.middle.x, one.y), Point(two.middle.x, two.y)
            return [start, Point(start.x, y), Point(end.x, y), end]
        start, end = Point(one.x + one.width, one.middle.y), Point(two.x, two.middle.y)
        if start.y == end.y:
            return [start, end]
        bend = (start.x + end.x) / 2
        return [start, Point(bend, start.y), Point(bend, end.y), end]

    def straight_down(self, source: str, target: str) -> list[Point]:
        """Return the line of a message between a task of the customer and one of the company below it."""
        one, two = self.nodes[source], self.nodes[target]
        if one.y < two.y:
            return [Point(one.middle.x, one.y + one.height), Point(two.middle.x, two.y)]
        return [Point(one.middle.x, one.y), Point(two.middle.x, two.y + two.height)]


def layout_of(journey: Journey, works: Sequence[tuple[str, str, str]]) -> Layout:
    """Return the layout of a journey; `works` are the steps of the company: node, lane, and touchpoint."""
    jumps = sum(len(point.decision.options) for point in journey.touchpoints if point.decision)
    row = TOP + PAD + jumps * LEVEL + PAD + TALL / 2
    nodes = {"start": Box(TOP + HEAD + GAP, row - EVENT / 2, EVENT, EVENT)}
    x = nodes["start"].x + EVENT + GAP
    starts = {}
    for point in journey.touchpoints:
        if point.wait:
            nodes[f"wait_{point.id}"] = Box(x, row - EVENT / 2, EVENT, EVENT)
            x += EVENT + GAP
        nodes[f"task_{point.id}"] = Box(x, row - TALL / 2, TASK, TALL)
        starts[point.id] = x
        end = x + TASK + GAP
        if point.decision:
            nodes[f"decision_{point.id}"] = Box(end, row - GATEWAY / 2, GATEWAY, GATEWAY)
            end += GATEWAY + 2 * GAP  # room for the answer
        count = sum(of == point.id for _, _, of in works)
        x = max(end, x + count * (TASK + GAP))
    nodes["end"] = Box(x, row - EVENT / 2, EVENT, EVENT)
    width = x + EVENT + GAP - TOP
    customer = Box(TOP, TOP, width, row + TALL / 2 + PAD - TOP)
    top = customer.y + customer.height + 2 * GAP
    lanes = {name: Box(TOP + HEAD, top + number * LANE, width - HEAD, LANE)
             for number, name in enumerate(dict.fromkeys(lane for _, lane, _ in works))}  # fmt: skip
    seen: dict[str, int] = {}
    for id, lane, of in works:
        at = starts[of] + seen.setdefault(of, 0) * (TASK + GAP)
        seen[of] += 1
        nodes[id] = Box(at, lanes[lane].y + (LANE - TALL) / 2, TASK, TALL)
    return Layout(nodes, customer, Box(TOP, top, width, max(len(lanes), 1) * LANE), lanes)


def around(boxes: Sequence[Box], pool: Box) -> Box:
    """Return the place of a group around nodes of a pool."""
    left = min(box.x for box in boxes) - GAP / 4
    right = max(box.x + box.width for box in boxes) + GAP / 4
    top = min(box.y for box in boxes) - PAD / 2
    return Box(left, top, right - left, pool.y + pool.height - top - PAD / 4)
