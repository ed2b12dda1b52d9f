"""Arrows of handoffs with their numbers: straight, or bent around cards in between. Warm and cold ones have different
lines.
"""

from __future__ import annotations

from journeykit.charts.columns import MARK
from journeykit.charts.swimlanes.rows import Handoff
from journeykit.drawing.geometry import Box, Command
from journeykit.drawing.scene import Group, Mark, Path, Rect
from journeykit.drawing.text import Typesetter
from journeykit.drawing.themes import SMALLEST

TRACK = 6.0
"""Distance of the tracks of bent arrows."""
BESIDE = 14.0
"""Distance from the edge of the cards to the first track."""
HEAD = 5.5
TURN = 3.0
"""Radius of bends."""
NUMBER = 12.0
"""Diameter of the circle around a number."""
ROOM = NUMBER + 3.0
"""The least height between two rows, for the number of a straight arrow."""
GAP = 1.8
"""Distance at which an arrow ends beside one that crosses it."""
OVER, CLEAR = 4.0, 1.5
"""By how much the circle at a bent arrow lies on its card: at its end, and at its beginning, where the text is."""


def straight(text: Typesetter, handoff: Handoff, card: Box, note: Box) -> Group:
    """Return a vertical arrow from card to note, with its number beside it."""
    x = card.left + MARK
    down = card.bottom <= note.top
    start, end = (card.bottom, note.top) if down else (card.top, note.bottom)
    way = 1 if down else -1
    number = _number(text, handoff, x + 4, start + way * ROOM / 2)
    line: tuple[Command, ...] = (("M", x, start), ("L", x, end - way * HEAD * 0.8))
    return _arrow(handoff, line, (x, end), (0.0, float(way)), number)


def bent(text: Typesetter, handoff: Handoff, card: Box, note: Box) -> Group:
    """Return an arrow from the number at a side of the card along a track to the same side of the note."""
    out = -1 if handoff.is_left else 1
    start, end = (card.top + card.bottom) / 2, (note.top + note.bottom) / 2
    edge, goal = (card.left, note.left) if handoff.is_left else (card.right, note.right)
    x = goal + out * (BESIDE + handoff.track * TRACK)
    left = edge - OVER if out > 0 else edge + CLEAR - _width(text, handoff)
    number = _number(text, handoff, left, start)
    begin = number[0].box().right if out > 0 else number[0].box().left
    way = 1 if end > start else -1
    turn = min(TURN, abs(end - start) / 2, abs(x - begin))
    commands: tuple[Command, ...] = (
        ("M", begin, start),
        ("L", x - out * turn, start),
        ("C", x - out * turn / 2, start, x, start + way * turn / 2, x, start + way * turn),
        ("L", x, end - way * turn),
        ("C", x, end - way * turn / 2, x - out * turn / 2, end, x - out * turn, end),
        ("L", goal + out * HEAD * 0.8, end),
    )
    return _arrow(handoff, commands, (goal, end), (-float(out), 0.0), number)


def _width(text: Typesetter, handoff: Handoff) -> float:
    return max(NUMBER, text.measure(str(handoff.number), SMALLEST, bold=True) + 3.0)


def _number(text: Typesetter, handoff: Handoff, left: float, y: float) -> tuple[Mark, Mark]:
    """Return the number of a handoff in a circle, which is longer for more than two digits."""
    width = _width(text, handoff)
    circle = Rect(
        x=left, y=y - NUMBER / 2, width=width, height=NUMBER, radius=NUMBER / 2, fill="page", stroke="accent",
        stroke_width=0.75, kind="handoff-circle",
    )  # fmt: skip
    digits = text.label(
        str(handoff.number), left + width / 2, y + 0.36 * SMALLEST, SMALLEST, bold=True, color="accent",
        anchor="middle", kind="handoff-number",
    )  # fmt: skip
    return circle, digits


def _arrow(
    handoff: Handoff,
    commands: tuple[Command, ...],
    tip: tuple[float, float],
    way: tuple[float, float],
    number: tuple[Mark, Mark],
) -> Group:
    """Return a line with a head: thick if warm, dashed with an open head if cold, else thin."""
    step = handoff.card.step
    cold = step.warm is False
    line = Path(
        commands=commands,
        stroke="accent",
        stroke_width=2.4 if step.warm else 1.2,
        dash=(3.0, 2.4) if cold else (),
        kind="handoff-line",
    )
    (x, y), (dx, dy) = tip, way
    wide, back = HEAD * (0.62 if step.warm else 0.5), HEAD
    ends = [(x - dx * back + dy * wide * side, y - dy * back + dx * wide * side) for side in (1, -1)]
    outline: tuple[Command, ...] = (("M", *ends[0]), ("L", x, y), ("L", *ends[1]), ("Z",))
    head = Path(
        commands=outline,
        fill="page" if cold else "accent",
        stroke="accent",
        stroke_width=1.0 if cold else 0.5,
        kind="handoff-head",
    )
    title = f"{handoff.number}. {step.from_} → {step.to}"
    gap = line._replace(stroke="page", stroke_width=line.stroke_width + 2 * GAP, dash=(), kind="handoff-gap")
    return Group(marks=(*[gap] * handoff.crosses, line, head, *number), title=title, kind="handoff-arrow")
