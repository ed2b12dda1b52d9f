"""The series beside a map: what is asked anew replaces what was there, and a run in parts is a run over everything."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from journeykit.data.periods import period_bounds, period_of
from journeykit.data.questions import About, Cell, Definition, Found, Grain
from journeykit.errors import UsageError
from journeykit.measuring.measurements import measurements
from journeykit.measuring.series import COLUMNS, check, extended, row_of, starts_of_next, strips
from journeykit.measuring.suppression import suppress
from journeykit.output.table import Column, Table, as_csv
from tests.measuring.counting import Row, sample

ITEMS = (Definition("security", "csat", low=1, high=5), Definition("", "nps", low=0, high=10))
SURVEY = ("a", "s")
Answer = tuple[date, int, float]
"""Day, number of the item, score."""


def _csv(answers: Sequence[Answer], since: date | None, grain: Grain) -> str:
    """Return the series of a run over answers from a day on."""
    cells: dict[Cell, list[Row]] = {}
    for day, item, score in answers:
        if since is None or day >= since:
            cell = Cell(ITEMS[item].item, ITEMS[item].metric, period_of(day, grain))
            cells.setdefault(cell, []).append(Row(score))
    scores = tuple(score for cell, rows in cells.items() for score in sample(rows, cell).scores)
    found = [
        replace(one, touchpoint=one.cell.item) for one in measurements(Found(About("s", "x"), ITEMS, scores=scores))
    ]
    rows = sorted((row_of("a", one) for one in suppress(found, 5)), key=lambda row: (row[2:5], row[8]))
    return as_csv(Table("", [Column(key, "") for key in COLUMNS], rows))


def _answers(seed: int, n: int) -> list[Answer]:
    draw = random.Random(seed)
    days = [date(2025, 1, 1) + timedelta(draw.randrange(500)) for _ in range(n)]
    return [
        (day, item := draw.randrange(2), float(draw.randint(0, 10) if item else draw.randint(1, 5))) for day in days
    ]


@pytest.mark.parametrize("seed", range(200))
def test_runs_in_parts_make_the_table_of_one_run(seed: int) -> None:
    """Random answers and splits; at each run some answers of the running period and the one before are missing yet."""
    draw = random.Random(seed)
    grain: Grain = draw.choice(["month", "quarter", "week"])
    answers = _answers(seed, draw.randint(1, 60))
    late = {at for at in range(len(answers)) if draw.random() < 0.3}
    text = ""
    for end in sorted(date(2025, 1, 1) + timedelta(draw.randrange(520)) for _ in range(draw.randint(1, 3))):
        sure = _start(_start(end, grain) - timedelta(1), grain)
        text = _run(text, [one for at, one in enumerate(answers) if one[0] < (sure if at in late else end)], grain)
    assert _run(text, answers, grain) == _csv(answers, None, grain)


def _run(text: str, answers: Sequence[Answer], grain: Grain) -> str:
    since = starts_of_next(check(text, "s.csv"), grain, {}, "s.csv").get(SURVEY) if text else None
    return extended(text, _csv(answers, since, grain), {SURVEY: period_of(since, grain) if since else ""})


def _start(day: date, grain: Grain) -> date:
    bounds = period_bounds(period_of(day, grain))
    assert bounds
    return bounds[0]


def test_few_answers_are_in_no_row() -> None:
    february = [(date(2025, 2, 1), 0, score) for score in (1.0, 3.0, 4.0, 5.0, 5.0)]
    text = _csv([*[(date(2025, 1, 1), 0, 5.0)] * 3, *february], None, "month")
    few, enough = check(text, "s.csv")
    assert (few["suppressed"], few["n"], few["value"], few["counts"], few["missing"]) == ("True", "", "", "", "")
    assert (enough["n"], float(enough["value"]), enough["counts"]) == ("5", 65, "1=1 3=1 4=1 5=2")


def test_a_series_of_quarters_is_not_extended_by_months() -> None:
    text = _csv(_answers(1, 40), None, "quarter")
    with pytest.raises(UsageError, match="not months"):
        starts_of_next(check(text, "s.csv"), "month", {}, "s.csv")


@pytest.mark.parametrize(("late", "start"), [(0, (2026, 3)), (1, (2026, 2)), (4, (2025, 11))])
def test_as_many_periods_are_asked_anew_as_may_still_change(late: int, start: tuple[int, int]) -> None:
    rows = check(_csv([(date(2026, 3, 5), 0, 4.0), (date(2025, 9, 5), 0, 4.0)], None, "month"), "s.csv")
    assert starts_of_next(rows, "month", {"s": late}, "s.csv") == {SURVEY: date(*start, 1)}


def test_rows_of_other_journeys_and_of_what_was_not_asked_stay() -> None:
    old = _csv(_answers(3, 60), None, "quarter")
    other = old.replace('\n"a",', '\n"b",')
    both = extended(old, other, {("b", "s"): ""})
    assert sorted(both.splitlines()[1:]) == sorted(old.splitlines()[1:] + other.splitlines()[1:])
    assert extended(both, other, {("b", "s"): "2026-Q1"}) == both
    heading = old.splitlines(keepends=True)[0]
    assert extended(both, heading, {SURVEY: ""}) == other
    assert extended(both, heading, {}) == both


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "", "touchpoint\n", 'x"y\n"'])
def test_another_table_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"series|table"):
        check(text, "s.csv")


def test_a_strip_ends_where_the_question_or_its_scale_changes() -> None:
    rows = check(_csv(_answers(2, 200), None, "quarter"), "s.csv")
    other = [{**row, "scale": "1..7"} if row["period"] >= "2026" and row["metric"] == "csat" else row for row in rows]
    found = strips(other, "s.csv")
    assert [(one.metric, one.scale, one.points[0].period) for one in found] == [
        ("nps", "0..10", "2025-Q1"), ("csat", "1..5", "2025-Q1"), ("csat", "1..7", "2026-Q1"),
    ]  # fmt: skip
    assert all(point.value is not None and point.n for one in found for point in one.points)
