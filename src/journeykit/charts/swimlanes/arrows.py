"""Arrows of handoffs: straight, or bent around cards in between. Warm and cold ones have different lines."""

from __future__ import annotations

from journeykit.charts.swimlanes.rows import Handoff
from journeykit.drawing.geometry import Box, Command
from journeykit.drawing.scene import Group, Path
from journeykit.model import Step

TRACK = 6.0
"""Distance of the tracks of bent arrows."""
BESIDE = 10.0
"""Distance from the edge of the cards to the first track."""
HEAD = 5.5
TURN = 3.0
"""Radius of bends."""


def straight(handoff: Handoff, card: Box, note: Box, x: float) -> Group:
    """Return a vertical arrow at x from card to note."""
    down = card.bottom <= note.top
    start, end = (card.bottom, note.top) if down else (card.top, note.bottom)
    way = 1 if down else -1
    return _arrow(handoff.card.step, (("M", x, start), ("L", x, end - way * HEAD * 0.8)), x, end, (0.0, float(way)))


def bent(handoff: Handoff, card: Box, note: Box) -> Group:
    """Return an arrow from the right of the card along a track to the right of the note."""
    start, end = (card.top + card.bottom) / 2, (note.top + note.bottom) / 2
    x = max(card.right, note.right) + BESIDE + handoff.track * TRACK
    way = 1 if end > start else -1
    turn = min(TURN, abs(end - start) / 2)
    commands: tuple[Command, ...] = (
        ("M", card.right, start),
        ("L", x - turn, start),
        ("C", x - turn / 2, start, x, start + way * turn / 2, x, start + way * turn),
        ("L", x, end - way * turn),
        ("C", x, end - way * turn / 2, x - turn / 2, end, x - turn, end),
        ("L", note.right + HEAD * 0.8, end),
    )
    return _arrow(handoff.card.step, commands, note.right, end, (-1.0, 0.0))


def _arrow(step: Step, commands: tuple[Command, ...], x: float, y: float, way: tuple[float, float]) -> Group:
    """Return a line with a head whose tip is at (x, y): thick if warm, dashed with an open head if cold, else thin."""
    cold = step.warm is False
    line = Path(
        commands=commands,
        stroke="accent",
        stroke_width=2.4 if step.warm else 1.2,
        dash=(3.0, 2.4) if cold else (),
        kind="handoff-line",
    )
    dx, dy = way
    wide, back = HEAD * (0.62 if step.warm else 0.5), HEAD
    ends = [(x - dx * back + dy * wide * side, y - dy * back + dx * wide * side) for side in (1, -1)]
    tip: tuple[Command, ...] = (("M", *ends[0]), ("L", x, y), ("L", *ends[1]), ("Z",))
    head = Path(
        commands=tip,
        fill="page" if cold else "accent",
        stroke="accent",
        stroke_width=1.0 if cold else 0.5,
        kind="handoff-head",
    )
    title = f"{step.from_} → {step.to}"
    return Group(marks=(line, head), title=title, kind="handoff-arrow")
