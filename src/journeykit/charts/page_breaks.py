"""Which lanes stand on which page: the division with the fewest pages that breaks where a reader would."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

PAGE = {"mm": 15.0, "in": 15.0, "px": 8.0}
"""How bad one more page is, by the unit of the paper: people turn slides more easily than sheets."""
BEFORE = {
    "interaction": 1.0, "frontstage": 1.0, "visibility": 1.0, "internal": 2.0, "opportunities": 1.0,
    "decisions": 2.0, "metrics": 2.0, "thoughts": 3.0, "outcomes": 4.0, "curve": 16.0, "time": 16.0,
    "footer": 1.0,
}  # fmt: skip
"""How bad it is if a lane begins a page within a row: what the customer meets, what the company does and what is to
be done can be read for themselves; the curve belongs below its touchpoints."""
AFTER = {
    "header": 0.0,
    "stages": 60.0,
    "evidence": 60.0,
    "touchpoints": 20.0,
    "images": 16.0,
    "channels": 16.0,
    "interaction": 20.0,
    "frontstage": 4.0,
    "visibility": 20.0,
    "internal": 20.0,
}
"""How bad it is after a lane, if that is worse."""
OTHERWISE = 3.0
WITHIN = 6.0
"""How bad it is within a lane."""
BETWEEN_ROWS = 6.0
"""Gap between two rows on a page, in units of spacing."""


class Block(NamedTuple):
    """A lane of a row, or a piece of it, that stands on one page."""

    at: int
    """Index of its row."""
    name: str
    height: float
    again: float
    """Height of what is repeated above it if it begins a page."""
    cost: float
    """How bad it is if it does."""
    piece: tuple[float, float] | None = None
    """Upper and lower end of a piece in its lane."""
    parted: int = 0
    """How many words are parted with a hyphen in it, or in it and its further pieces."""


class Division(NamedTuple):
    """Blocks on pages, and the height that is left on each."""

    pages: tuple[tuple[Block, ...], ...]
    free: tuple[float, ...]
    cost: float


def cost(name: str, above: str) -> float:
    """Return how bad it is if a lane begins a page that is below another one in its row."""
    return max(AFTER.get(above, 0.0), BEFORE.get(name, OTHERWISE)) if above else 0.0


def divided(blocks: Sequence[Block], first: float, room: float, gap: float, page: float) -> Division | None:
    """Divide blocks into pages: the first is `first` points high, others `room`. None if a block is higher.

    `gap` is the distance of two rows, `page` how bad one more page is.
    """
    best: list[tuple[float, int, float]] = [(0.0, 0, 0.0)]
    for end in range(1, len(blocks) + 1):
        choices = [(inf, 0, 0.0)]
        height = 0.0
        for start in range(end - 1, -1, -1):
            block = blocks[start]
            height += block.height + gap * (start < end - 1 and starts_row(blocks[start + 1]))
            if height > max(first, room):
                break
            left = (first if start == 0 else room - block.again) - height
            if left >= -0.01:
                choices.append((best[start][0] + page + block.cost * (start > 0), start, left))
        best.append(min(choices))
    if best[-1][0] == inf:
        return None
    pages: list[tuple[Block, ...]] = []
    free: list[float] = []
    end = len(blocks)
    while end:
        _, start, left = best[end]
        pages.append(tuple(blocks[start:end]))
        free.append(left)
        end = start
    return Division(tuple(reversed(pages)), tuple(reversed(free)), best[-1][0])


def starts_row(block: Block) -> bool:
    """Return whether a block is the first of its row."""
    return block.again == 0 and block.name != "header"
