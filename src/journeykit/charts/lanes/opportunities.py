"""What to do, by priority, under the touchpoint where it helps: touchpoints, priority, by how much the journey's
score would rise, status, kind, who benefits beside the customer, owner, due date and result. A finished
opportunity has a tick instead of a rank; without impact and effort it has no priority, and a dot.
"""

from __future__ import annotations

from journeykit.charts.about_text import opportunity_result, opportunity_state
from journeykit.charts.columns import Slot
from journeykit.charts.lane import Band, View
from journeykit.charts.notes import links
from journeykit.drawing.geometry import Command
from journeykit.drawing.scene import Circle, Group, Mark, Path, Rect, Role
from journeykit.drawing.stack import Stack
from journeykit.scoring import RatedOpportunity

GUTTER = 8.0
INSET = 8.0
CHIP = 8.0
"""Radius of the circle around the rank."""
WIDE = 208.0
"""The width up to which a card extends over free neighbouring columns."""
NARROW = 140.0
UNRANKED = -1
"""Of an opportunity without impact and effort, and so without a priority."""
POINTER = 5.0
"""Height of the tip on a card's edge, and half its width."""


def lay_out(view: View, top: float) -> Band | None:
    slots = view.columns.slots
    at = {slot.place.touchpoint.id: number for number, slot in enumerate(slots)}
    shown = [(rank, rated) for rank, rated in _ranked(view) if _home(view, rated) in at]
    homes = {at[_home(view, rated)] for _, rated in shown}
    bottoms = [top] * len(slots)
    marks: list[Mark] = []
    for rank, rated in shown:
        home = at[_home(view, rated)]
        first, last = _span(slots, home, homes)
        y = max(bottoms[first : last + 1])
        width = slots[last].right - slots[first].left - GUTTER
        width = min(width, max(WIDE * 1.15, slots[home].width - GUTTER))
        # by time a neighbour may be far away: the card stays where its touchpoint is
        x = max(slots[first].left, min(slots[home].left, slots[last].right - GUTTER - width))
        card = _card(view, rank, rated, x, y, width)
        if x < slots[home].left - 1:
            tip = _pointer(slots[home].mark, y, _fill(rank))
            card = card._replace(marks=(*card.marks, tip))
        bottoms[first : last + 1] = [y + card.marks[0].box().height + view.unit * 2] * (last + 1 - first)
        marks.append(card)
    return Band(max(bottoms) - view.unit * 2 - top, tuple(marks), view.labels("lanes.opportunities")) if marks else None


def _pointer(x: float, y: float, fill: Role) -> Path:
    """Return a tip on the upper edge of a card that points to its column, if the card begins in another one."""
    tip: tuple[Command, ...] = (("M", x - POINTER, y), ("L", x, y - POINTER), ("L", x + POINTER, y), ("Z",))
    return Path(commands=tip, fill=fill, kind="pointer")


def _ranked(view: View) -> list[tuple[int, RatedOpportunity]]:
    """Return what is to be done with its rank, `UNRANKED` without a priority, and then what is done with rank 0."""
    todo = [rated for rated in view.opportunities if rated.opportunity.status not in ("done", "dropped")]
    done = [rated for rated in view.opportunities if rated.opportunity.status == "done"]
    ranked = ((number if rated.priority is not None else UNRANKED, rated) for number, rated in enumerate(todo, 1))
    return [*ranked, *((0, rated) for rated in done)]


def _span(slots: tuple[Slot, ...], home: int, homes: set[int]) -> tuple[int, int]:
    """Return first and last column of a card: its own, and neighbours without cards until it is wide enough."""
    first = last = home
    while slots[last].right - slots[first].left < WIDE:
        if last + 1 < len(slots) and last + 1 not in homes:
            last += 1
        elif first > 0 and first - 1 not in homes:
            first -= 1
        else:
            break
    return first, last


def _card(view: View, rank: int, rated: RatedOpportunity, x: float, y: float, width: float) -> Group:
    opportunity, small = rated.opportunity, view.type.caption
    indent = 2 * CHIP + 6
    stack = Stack(view.text, x + INSET, y + INSET, width - 2 * INSET)
    stack.marks += _chip(view, rank, stack.x + CHIP, stack.bottom + CHIP, small)
    stack.add(opportunity.title, view.type.body, bold=True, indent=indent, kind="opportunity-title")
    stack.space(2)
    if width < NARROW:  # what follows needs the room beside the rank too
        stack.bottom = max(stack.bottom, stack.top + 2 * CHIP + 2)
        indent = 0.0
    stack.add(_worth(view, rank, rated), small, color="accent", bold=True, indent=indent, kind="worth")
    stack.add(
        " · ".join(opportunity_state(opportunity, view.labels)), small, color="muted", indent=indent, kind="state"
    )
    if opportunity.due and rank:
        due = view.labels("opportunities.due", date=opportunity.due.isoformat())
        stack.add(due, small, color="muted", indent=indent, kind="due")
    if result := opportunity_result(opportunity, view.labels):
        stack.space(2)
        stack.add(result, small, indent=indent, kind="result")
    links(view, stack, opportunity.links)
    height = max(stack.height, 2 * CHIP) + 2 * INSET
    card = Rect(x=x, y=y, width=width, height=height, radius=3.0, fill=_fill(rank), kind="card")
    name = f"opportunity-{opportunity.id}"
    return Group(marks=(card, *stack.marks), id=name, title=opportunity.title, kind="opportunity")


def _fill(rank: int) -> Role:
    return "accent-soft" if rank else "panel"


def _chip(view: View, rank: int, x: float, y: float, size: float) -> list[Mark]:
    """Return the rank in a circle, a dot if it has none, or a tick if it is done."""
    if not rank:
        tick = Path(
            commands=(("M", x - 3.4, y + 0.2), ("L", x - 1, y + 2.8), ("L", x + 3.6, y - 2.8)),
            stroke="accent", stroke_width=1.6, caps="round", kind="tick",
        )  # fmt: skip
        return [Circle(x=x, y=y, radius=CHIP - 0.6, stroke="accent", stroke_width=1.2, kind="rank"), tick]
    if rank == UNRANKED:
        return [Circle(x=x, y=y, radius=CHIP / 2, fill="accent", kind="rank")]
    number = view.text.label(
        str(rank), x, y + 0.36 * size, size, bold=True, color="on-accent", anchor="middle", kind="rank"
    )
    return [Circle(x=x, y=y, radius=CHIP, fill="accent", kind="rank"), number]


def _worth(view: View, rank: int, rated: RatedOpportunity) -> str:
    labels = view.labels
    numbers = ", ".join(str(view.rated[id].number) for id in view.journey.touchpoint_ids(rated.opportunity.at))
    worth = [labels("opportunities.at", numbers=numbers)]
    if rank and rated.priority is not None:
        worth.append(labels("opportunities.priority", n=labels.number(rated.priority)))
    if rank and rated.gain is not None:
        worth.append(labels("opportunities.gain", n=labels.number(rated.gain, 1, sign=True)))
    elif rank and rated.rates:
        worth.append(labels("opportunities.rates"))
    return " · ".join(worth)


def _home(view: View, rated: RatedOpportunity) -> str:
    """Return the id of the touchpoint at which an opportunity is drawn: the first that it names."""
    return view.journey.touchpoint_ids(rated.opportunity.at)[0]
