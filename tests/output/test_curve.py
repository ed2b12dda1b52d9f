"""The curve in the terminal: it stands where the scores stand, and fits."""

from __future__ import annotations

import pytest

from journeykit.output.curve import BLOCKS, curve
from journeykit.output.paint import Paint
from journeykit.reading import read_text
from journeykit.scoring import Scores, score


def scores(*values: float | None) -> Scores:
    """A journey whose touchpoints have these scores; None is one that is not rated."""
    points = [
        f"  - {{id: t{n}, title: t{n}" + ("}" if value is None else f", satisfaction: {value}}}")
        for n, value in enumerate(values, 1)
    ]
    text = "title: T\npersona: P\nscale: 0..100\ntouchpoints:\n" + "\n".join(points) + "\n"
    document = read_text(text, "a.yaml")
    assert document.journey is not None, document.findings
    return score(document.journey)


def heights(drawn: str, column: int) -> float:
    """How high a column of blocks is, 0..100."""
    rows = [line for line in drawn.splitlines() if line[5:6] in ("┤", "│")]
    cells = [row[6 + column] if len(row) > 6 + column else " " for row in rows]
    return sum(BLOCKS.index(cell) for cell in cells if cell in BLOCKS) / 8 * 10


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_a_column_is_as_high_as_the_score(columns: int) -> None:
    values = (100, 0, 50, 25, 75, 90)
    drawn = curve(scores(*values), columns, Paint())
    numbers = next(line for line in drawn.splitlines() if line.split()[:1] == ["1"])
    for n, value in enumerate(values, 1):
        if str(n) in numbers.split():
            assert heights(drawn, numbers.index(str(n)) - 6) == pytest.approx(max(value, 1.5), abs=2)


def test_between_touchpoints_the_curve_goes_straight() -> None:
    drawn = curve(scores(0, 100), 40, Paint())
    between = [heights(drawn, column) for column in range(3, 11)]
    assert between == sorted(between)


def test_what_is_not_rated_is_a_gap() -> None:
    drawn = curve(scores(80, None, 80), 40, Paint())
    assert heights(drawn, 10) == 0
    assert heights(drawn, 3) > 70


@pytest.mark.parametrize(("count", "columns"), [(2, 20), (5, 20), (30, 80), (60, 60), (3, 5)])
def test_the_curve_fits_the_terminal_and_numbers_every_touchpoint(count: int, columns: int) -> None:
    drawn = curve(scores(*(50.0 + n % 7 for n in range(count))), columns, Paint())
    assert max(map(len, drawn.splitlines())) <= max(columns, 10)
    numbers = [
        line.split() for line in drawn.splitlines() if line.strip() and line.strip()[0].isdigit() and "┤" not in line
    ]
    assert [int(number) for line in numbers for number in line] == list(range(1, count + 1))


def test_low_points_are_marked_below_their_touchpoint() -> None:
    drawn = curve(scores(80, 10, 80, 60, 90), 60, Paint())
    lines = drawn.splitlines()
    numbers = next(line for line in lines if line.split()[:1] == ["1"])
    assert abs(lines[-1].index("▼1") - numbers.index("2")) <= 1


def test_color_is_only_added() -> None:
    import re

    made = scores(80, 10, 60)
    assert re.sub(r"\x1b\[[\d;]*m", "", curve(made, 60, Paint(True))).replace(" ", "") == curve(
        made, 60, Paint()
    ).replace(" ", "")
