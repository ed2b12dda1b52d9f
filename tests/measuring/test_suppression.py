"""What is hidden cannot be computed from what is shown: an attacker who solves all sums with numpy must fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.data.questions import Cell, Definition
from journeykit.errors import UsageError
from journeykit.measuring.measurements import Measurement
from journeykit.measuring.suppression import base_for, check_segments, suppress
from tests.measuring.counting import Row, sample

Group = tuple[tuple[str, str], ...]
DEFINITION = Definition("security", "csat", low=1, high=5)


def _cell(group: Group, n: int, period: str = "2017") -> Measurement:
    cell = Cell("security", "csat", period, group)
    counts = {4.0: n // 2, 5.0: n - n // 2}
    return Measurement(
        "survey", cell, DEFINITION, n=n, counts=counts, sample=sample([Row(4.0)] * n, cell) if n else None
    )


def _one_column(sizes: Sequence[int], rest: int = 0) -> list[Measurement]:
    parts = [_cell((("LANG", str(at)),), n) for at, n in enumerate(sizes) if n]
    return [_cell((), sum(sizes) + rest), *parts]


def _crossed(table: Sequence[Sequence[int]]) -> list[Measurement]:
    cells = [
        _cell((("A", str(a)), ("B", str(b))), n) for a, row in enumerate(table) for b, n in enumerate(row) if n
    ]  # fmt: skip
    rows = [_cell((("A", str(a)),), sum(row)) for a, row in enumerate(table) if sum(row)]
    columns = [_cell((("B", str(b)),), sum(one)) for b, one in enumerate(zip(*table, strict=True)) if sum(one)]
    return [_cell((), sum(map(sum, table))), *rows, *columns, *cells]


def _shown(found: Sequence[Measurement]) -> dict[Group, int]:
    return {one.cell.segments: one.n for one in found if one.n is not None}


def _computable(truth: Mapping[Group, int], shown: Mapping[Group, int], least: int) -> list[Group]:
    """Return the groups of fewer than `least` people whose number follows from the shown ones.

    The unknowns are the innermost groups, and for each sum the people in none of its parts.
    """
    columns = sorted({column for group in truth for column, _ in group})
    values = {column: sorted({dict(group)[column] for group in truth if column in dict(group)}) for column in columns}
    atoms = [tuple(zip(columns, choice, strict=True)) for choice in product(*([*values[c], ""] for c in columns))]
    rows = np.array([[float(set(group) <= set(atom)) for atom in atoms] for group in shown])
    wanted = {
        group: np.array([float(set(group) <= set(atom)) for atom in atoms]) for group in truth if group not in shown
    }
    rank = np.linalg.matrix_rank(rows) if len(rows) else 0
    return [
        group
        for group, vector in wanted.items()
        if truth[group] < least and np.linalg.matrix_rank(np.vstack([*rows, vector])) == rank
    ]


def test_few_answers_are_hidden_with_all_there_is_of_them() -> None:
    (found,) = suppress([_cell((), 4)], 5)
    assert found.suppressed
    assert (found.n, found.statistics, found.counts, found.missing, found.sample) == (None, (), {}, {}, None)
    assert not suppress([_cell((), 5)], 5)[0].suppressed


def test_one_hidden_segment_takes_the_next_smallest_with_it() -> None:
    assert set(_shown(suppress(_one_column([3, 40, 9, 20]), 5)).values()) == {72, 40, 20}


def test_two_hidden_segments_hide_each_other_if_they_are_enough_people() -> None:
    assert set(_shown(suppress(_one_column([3, 4, 9, 20]), 5)).values()) == {36, 9, 20}


def test_hidden_segments_of_fewer_people_together_take_another_one_with_them() -> None:
    """Everybody less the shown ones would be the answers of three people."""
    assert set(_shown(suppress(_one_column([1, 2, 9, 20]), 5)).values()) == {32, 20}


def test_people_in_no_segment_are_protected_too() -> None:
    assert set(_shown(suppress(_one_column([8, 20], rest=2), 5)).values()) == {30, 20}
    assert set(_shown(suppress(_one_column([8, 20], rest=6), 5)).values()) == {34, 8, 20}


@pytest.mark.parametrize("n", [9, 10])
def test_all_of_a_few_answering_alike_is_hidden(n: int) -> None:
    one = Measurement("survey", Cell("a", "csat", ""), DEFINITION, n=n, counts={5.0: n})
    assert suppress([one], 5)[0].suppressed == (n < 10)


def test_a_higher_minimum_base_hides_more() -> None:
    assert suppress([_cell((), 9)], 10)[0].suppressed


@given(st.lists(st.integers(0, 14), min_size=1, max_size=9), st.integers(0, 9))
def test_no_hidden_segment_can_be_computed(sizes: list[int], rest: int) -> None:
    before = _one_column(sizes, rest)
    if not before[0].n:
        return
    shown = _shown(suppress(before, 5))
    assert not _computable(_shown(before), shown, 5)
    parts = [group for group in _shown(before) if group]
    together = sum(_shown(before)[group] for group in parts if group not in shown) + rest
    assert () not in shown or together == 0 or together >= 5


TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 11), min_size=width, max_size=width), min_size=1, max_size=5)
)


@given(TABLES)
def test_no_hidden_cell_of_two_segments_can_be_computed(table: list[list[int]]) -> None:
    before = _crossed(table)
    if not before[0].n:
        return
    assert not _computable(_shown(before), _shown(suppress(before, 5)), 5)


def test_large_cells_stay() -> None:
    found = suppress(_crossed([[40, 50, 60], [70, 80, 3], [90, 20, 30]]), 5)
    shown = _shown(found)
    assert (("A", "1"), ("B", "2")) not in shown
    assert len(shown) == len(found) - 4, "a cycle of four cells is enough"


def test_periods_and_items_are_tables_of_their_own() -> None:
    found = suppress([_cell((), 3, "2016"), _cell((), 7, "2017")], 5)
    assert [one.suppressed for one in found] == [True, False]


def test_at_most_two_segments_and_no_staff_unasked() -> None:
    with pytest.raises(UsageError, match="3 segments"):
        check_segments(["a", "b", "c"], allow_staff=True)
    for column in ("assignee", "Agent Name", "Mitarbeiter", "opened_by"):
        with pytest.raises(UsageError, match="members of staff"):
            check_segments([column], allow_staff=False)
    check_segments(["LANG", "BAREA"], allow_staff=False)
    check_segments(["assignee"], allow_staff=True)
    assert (base_for(["LANG"], 5), base_for(["assignee"], 5), base_for(["assignee"], 20)) == (5, 10, 20)
