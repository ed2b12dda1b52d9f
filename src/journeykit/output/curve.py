"""The emotional curve in a terminal, drawn with blocks."""

from __future__ import annotations

from collections.abc import Sequence

from journeykit.output.paint import Paint
from journeykit.scoring import Rated, Scores

BLOCKS = " ▁▂▃▄▅▆▇█"
ROWS = 10
"""Height of the curve in lines; each has eight steps."""
AXIS = 6
NEUTRAL = 50
WIDEST, NARROWEST = 7, 4
"""The most and the fewest columns of the terminal for a touchpoint."""


def curve(scores: Scores, columns: int, paint: Paint) -> str:
    """Return the curve of all touchpoints, split into rows if the terminal is narrow; unrated touchpoints are gaps."""
    room = max(NARROWEST, columns - AXIS)
    count = len(scores.touchpoints)
    rows = -(-count * NARROWEST // room)
    per_row = -(-count // rows)
    step = max(NARROWEST, min(WIDEST, room // per_row))
    parts = [scores.touchpoints[at : at + per_row] for at in range(0, count, per_row)]
    return "\n".join(_panel(part, step, scores, paint) for part in parts)


def _panel(part: Sequence[Rated], step: int, scores: Scores, paint: Paint) -> str:
    heights = _heights(part, step)
    lines = []
    for row in range(ROWS, 0, -1):
        label = {ROWS: "100", ROWS // 2: "50", 1: "0"}.get(row, "")
        cells = "".join(_cell(height, row, paint) for height in heights)
        lines.append(f"{label:>{AXIS - 2}} {paint('┤' if label else '│', 'dim')}{cells}".rstrip())
    marks = {id: str(low.rank) for low in scores.low_points for id in low.span[:1]}
    numbers = "".join(f"{rated.number:^{step}}" for rated in part)
    lows = "".join(f"{'▼' + marks[rated.id] if rated.id in marks else '':^{step}}" for rated in part)
    lines.append(" " * AXIS + paint(numbers.rstrip(), "dim"))
    if lows.strip():
        lines.append(" " * AXIS + paint(lows.rstrip(), "red", "bold"))
    return "\n".join(lines) + "\n"


def _heights(part: Sequence[Rated], step: int) -> list[float | None]:
    """Return a height 0..100 for each column: the score in the middle of each touchpoint, straight lines between."""
    values: list[float | None] = [None] * (step * len(part))
    centres = [at * step + (step - 1) // 2 for at in range(len(part))]
    for at, rated in enumerate(part):
        if rated.score is None:
            continue
        values[centres[at]] = rated.score
        following = part[at + 1].score if at + 1 < len(part) else None
        if following is None:
            continue
        for column in range(centres[at] + 1, centres[at + 1]):
            share = (column - centres[at]) / step
            values[column] = rated.score + share * (following - rated.score)
    return values


def _cell(height: float | None, row: int, paint: Paint) -> str:
    neutral = row == ROWS // 2
    if height is None:
        return paint("·", "dim") if neutral else " "
    eighths = round(max(height, 1.5) / 100 * ROWS * 8)
    fill = min(8, max(0, eighths - (row - 1) * 8))
    if not fill:
        return paint("·", "dim") if neutral else " "
    return paint(BLOCKS[fill], "red" if height < NEUTRAL else "green")
