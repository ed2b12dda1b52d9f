"""The steps behind a touchpoint as items in rows of teams, without drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import NamedTuple, TypeAlias

from journeykit.charts.columns import Slot
from journeykit.model import Step

Span: TypeAlias = tuple[int, int]
"""Upper and lower end of an arrow."""
UNNAMED = ""
"""Team of steps without a team."""
MOST = 10
"""Among so many arrows that may cross, the best sides are searched for."""


def key(team: str | None) -> str:
    """Return the key of a team, which ignores case and spaces."""
    return " ".join((team or UNNAMED).casefold().split())


def teams(steps: Iterable[Step]) -> dict[str, str]:
    """Return the names of teams by key, in order of appearance."""
    found: dict[str, str] = {}
    for step in steps:
        names = (step.from_, step.to) if step.is_handoff else (step.team or step.from_ or step.to,)
        for name in names:
            found.setdefault(key(name), name or UNNAMED)
    return found


@dataclass(repr=False, eq=False)
class Item:
    """A card (a step), or a note (a handoff is taken over), in the row of a team."""

    step: Step
    row: int
    place: int
    """Position within its row and column, from the top."""
    is_note: bool = False


class Handoff(NamedTuple):
    """From the card of a team that hands over to the note of the team that takes over."""

    card: Item
    note: Item
    number: int
    """Its number in the journey."""
    is_straight: bool
    """Whether nothing is between the two, so that the arrow can be vertical."""
    is_left: bool = False
    """Whether a bent arrow is at the left of the cards."""
    track: int = 0
    """Track of a bent arrow beside the cards, counted from the cards."""
    crosses: bool = False
    """Whether a bent arrow crosses another one, which it then interrupts."""


class Cells(NamedTuple):
    """The items of a column, by row."""

    slot: Slot
    items: tuple[Item, ...]
    handoffs: tuple[Handoff, ...]

    def tracks(self, left: bool) -> int:
        """Return the number of tracks at the left or at the right of the cards."""
        bent = (one for one in self.handoffs if not one.is_straight and one.is_left == left)
        return max((handoff.track + 1 for handoff in bent), default=0)

    def of(self, row: int) -> list[Item]:
        """Return the items of a row, from the top."""
        return [item for item in self.items if item.row == row]


def cells(slot: Slot, order: Sequence[str], first: int) -> Cells:
    """Return the steps of a column in the rows of their teams.

    `order` are the keys of the teams, `first` the number of the first handoff.
    """
    depth = [0] * len(order)

    def item(step: Step, team: str | None, is_note: bool = False) -> Item:
        row = order.index(key(team))
        depth[row] += 1
        return Item(step, row, depth[row] - 1, is_note)

    items: list[Item] = []
    pairs: list[tuple[Item, Item]] = []
    for step in slot.place.touchpoint.backstage:
        if step.is_handoff:
            pair = item(step, step.from_), item(step, step.to, True)
            pairs.append(pair)
            items += pair
        else:
            items.append(item(step, step.team or step.from_ or step.to))
    handoffs = [
        Handoff(card, note, number, _is_straight(card, note, depth)) for number, (card, note) in enumerate(pairs, first)
    ]
    return Cells(slot, tuple(items), tuple(_routed(handoffs)))


def _is_straight(card: Item, note: Item, depth: Sequence[int]) -> bool:
    upper, lower = sorted((card, note), key=lambda item: item.row)
    between = any(depth[upper.row + 1 : lower.row])
    return upper.row < lower.row and not between and upper.place == depth[upper.row] - 1 and lower.place == 0


def _routed(handoffs: Sequence[Handoff]) -> list[Handoff]:
    """Assign each bent arrow a side and there the innermost free track, so that few cross and none lie on each other.

    An arrow within another one is nearer to the cards.
    """
    bent = [handoff for handoff in handoffs if not handoff.is_straight]
    found = {handoff.number: handoff for handoff in handoffs}
    spans = _spans(bent)
    taken: dict[tuple[bool, int], list[Span]] = {}
    sides = dict(zip((handoff.number for handoff in bent), _sides(bent, spans), strict=True))
    for handoff, span in sorted(zip(bent, spans, strict=True), key=lambda one: (one[1][1] - one[1][0], one[0].number)):
        left, track = sides[handoff.number], 0
        while any(span[0] <= end and start <= span[1] for start, end in taken.get((left, track), ())):
            track += 1
        taken.setdefault((left, track), []).append(span)
        found[handoff.number] = handoff._replace(is_left=left, track=track)
    for (one, first), (other, second) in combinations(zip(bent, spans, strict=True), 2):  # drawn in this order
        if sides[one.number] == sides[other.number] and _cross(first, second):
            found[other.number] = found[other.number]._replace(crosses=True)
    return list(found.values())


def _spans(bent: Sequence[Handoff]) -> list[Span]:
    """Return from where to where arrows go, by the order of their ends from the top."""
    ports = [((one.card.row, one.card.place), (one.note.row, one.note.place)) for one in bent]
    position = {port: number for number, port in enumerate(sorted(port for pair in ports for port in pair))}
    return [(min(ends), max(ends)) for ends in ((position[one], position[other]) for one, other in ports)]


def _sides(bent: Sequence[Handoff], spans: Sequence[Span]) -> list[bool]:
    """Return which arrows are at the left: so that the fewest cross, and none of them with the one back.

    Three that each cross the others leave one crossing, whatever their sides are.
    """
    pairs = [
        (one, other, _are_there_and_back(bent[one], bent[other]))
        for one, other in combinations(range(len(bent)), 2)
        if _cross(spans[one], spans[other])
    ]
    involved = sorted({at for one, other, _ in pairs for at in (one, other)})
    up = [handoff.note.row < handoff.card.row for handoff in bent]
    if len(involved) > MOST:
        return up

    def badness(sides: Sequence[bool]) -> tuple[int, int, int]:
        crossed = [back for one, other, back in pairs if sides[one] == sides[other]]
        return sum(crossed), len(crossed), sum(sides)

    choices = []
    for chosen in product((False, True), repeat=len(involved)):
        at_left = dict(zip(involved, chosen, strict=True))
        choices.append([at_left.get(at, False) for at in range(len(bent))])
    return min(choices, key=badness)


def _are_there_and_back(one: Handoff, other: Handoff) -> bool:
    return other.number == one.number + 1 and (one.card.row, one.note.row) == (other.note.row, other.card.row)


def _cross(one: Span, other: Span) -> bool:
    """Return whether two arrows cross if they are on the same side."""
    return one[0] < other[0] < one[1] < other[1] or other[0] < one[0] < other[1] < one[1]
