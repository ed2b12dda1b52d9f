"""The steps behind a touchpoint as items in rows of teams, without drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from journeykit.charts.columns import Slot
from journeykit.model import Step

Port: TypeAlias = tuple[int, int]
"""Row of an item and its position in the row."""
UNNAMED = ""
"""Team of steps without a team."""


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
    is_straight: bool
    """Whether nothing is between the two, so that the arrow can be vertical."""
    track: int = 0
    """Track of a bent arrow beside the cards, counted from the cards."""


class Cells(NamedTuple):
    """The items of a column, by row."""

    slot: Slot
    items: tuple[Item, ...]
    handoffs: tuple[Handoff, ...]

    @property
    def tracks(self) -> int:
        """Number of tracks beside the cards."""
        return max((handoff.track + 1 for handoff in self.handoffs if not handoff.is_straight), default=0)

    def of(self, row: int) -> list[Item]:
        """Return the items of a row, from the top."""
        return [item for item in self.items if item.row == row]


def cells(slot: Slot, order: Sequence[str]) -> Cells:
    """Return the steps of a column in the rows of their teams; `order` are the keys of the teams."""
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
    handoffs = [Handoff(card, note, _is_straight(card, note, depth)) for card, note in pairs]
    return Cells(slot, tuple(items), _tracked(handoffs))


def _is_straight(card: Item, note: Item, depth: Sequence[int]) -> bool:
    upper, lower = sorted((card, note), key=lambda item: item.row)
    between = any(depth[upper.row + 1 : lower.row])
    return upper.row < lower.row and not between and upper.place == depth[upper.row] - 1 and lower.place == 0


def _tracked(handoffs: Sequence[Handoff]) -> tuple[Handoff, ...]:
    """Assign each bent arrow the innermost free track, short ones first."""
    taken: list[list[tuple[Port, Port]]] = []
    found: dict[int, Handoff] = {}
    for number in sorted(range(len(handoffs)), key=lambda n: (_reach(handoffs[n]), n)):
        handoff = handoffs[number]
        if not handoff.is_straight:
            start, end = sorted((item.row, item.place) for item in (handoff.card, handoff.note))
            free = (n for n, track in enumerate(taken) if not any(start <= b and a <= end for a, b in track))
            handoff = handoff._replace(track=next(free, len(taken)))
            taken += [[]] * (handoff.track == len(taken))
            taken[handoff.track] = [*taken[handoff.track], (start, end)]
        found[number] = handoff
    return tuple(found[number] for number in range(len(handoffs)))


def _reach(handoff: Handoff) -> tuple[int, int]:
    return abs(handoff.card.row - handoff.note.row), abs(handoff.card.place - handoff.note.place)
