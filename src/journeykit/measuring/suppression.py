"""Leave out what too few people answered, and everything that it could be computed from.

A measurement is hidden if it has fewer answers than the minimum base, or if all answered alike and they are fewer than
ten. What is hidden can be had back from sums: everybody less all segments that are shown. So among the cells that make
up a shown total the next smallest are hidden too, until none can be computed and those hidden together are as many as
the minimum base asks for. Whether one can be computed is a matter of linear algebra: it can if it is a combination of
the sums that are known, over two segments crossed as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from journeykit.errors import UsageError
from journeykit.measuring.measurements import Measurement

EXTREME_BASE = 10
"""All of fewer people answering alike tells what each of them answered."""
STAFF_BASE = 10
"""The least minimum base of figures about members of staff."""
MOST_SEGMENTS = 2
_STAFF = re.compile(
    r"agent|assignee|operator|employee|staff|technician|resolver|advisor|clerk|mitarbeiter|bearbeiter|personel|"
    r"temsilci|υπάλληλ|ügyintéző|munkatárs|zaposlen|uslužben|username|user.?name|opened.?by|closed.?by|handled.?by",
    re.IGNORECASE,
)
"""Names of columns that tell members of staff apart, in the languages of the feelings."""
_PRIME = (1 << 61) - 1

Group: TypeAlias = tuple[tuple[str, str], ...]


def check_segments(columns: Sequence[str], allow_staff: bool) -> None:
    """Raise UsageError for more than two segments at once, and for one that tells members of staff apart."""
    if len(columns) > MOST_SEGMENTS:
        raise UsageError(
            f"{len(columns)} segments at once: {', '.join(columns)}",
            "at most two are crossed, as cells of more tell single people apart",
        )
    staff = next((one for one in columns if _STAFF.search(one)), None)
    if staff and not allow_staff:
        raise UsageError(
            f'the segment "{staff}" looks like members of staff',
            f"--allow-staff tells them apart, from {STAFF_BASE} answers on; the works council may have to agree",
        )


def base_for(columns: Sequence[str], minimum_base: int) -> int:
    """Return the minimum base of figures by these segments."""
    return max(minimum_base, STAFF_BASE) if any(map(_STAFF.search, columns)) else minimum_base


def suppress(found: Iterable[Measurement], minimum_base: int) -> list[Measurement]:
    """Return measurements of one source, of which those are hidden that must not be shown or would give them away."""
    kept = list(found)
    hidden = {at for at, one in enumerate(kept) if _must_hide(one, minimum_base)}
    for places in _tables(kept).values():
        hidden |= _complement({kept[at].cell.segments: at for at in places}, kept, hidden, minimum_base)
    return [_hide(one) if at in hidden else one for at, one in enumerate(kept)]


def _must_hide(one: Measurement, minimum_base: int) -> bool:
    n = one.n or 0
    return n < minimum_base or (n < EXTREME_BASE and one.is_extreme)


def _hide(one: Measurement) -> Measurement:
    return replace(
        one, statistics=(), n=None, effective_n=None, clusters=None, counts={}, missing={}, refused={},
        response_rate=None, reach=None, notes=(), suppressed=True, sample=None, durations=None,
    )  # fmt: skip


def _tables(kept: Sequence[Measurement]) -> Mapping[tuple[str, str, str], list[int]]:
    """Return the places of the measurements of each item in each period: everybody, and the segments."""
    found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for at, one in enumerate(kept):
        found[one.cell.item, one.cell.metric, one.cell.period].append(at)
    return found


class Line(NamedTuple):
    """A total and the cells that it is the sum of; `rest` is the number of answers in none of them."""

    total: Group
    parts: tuple[Group, ...]
    rest: int


Unknown: TypeAlias = tuple[str, Group | Line]
"""A hidden cell, or the answers that are in no cell of a line."""


def _lines(sizes: Mapping[Group, int]) -> list[Line]:
    """Return all sums that hold between the cells of one item in one period."""
    found = []
    for group in sizes:
        columns = {column for column, _ in group}
        deeper = [one for one in sizes if len(one) == len(group) + 1 and set(group) <= set(one)]
        by_column: dict[str, list[Group]] = defaultdict(list)
        for one in deeper:
            by_column[next(column for column, _ in one if column not in columns)].append(one)
        for parts in by_column.values():
            found.append(Line(group, tuple(parts), sizes[group] - sum(sizes[part] for part in parts)))
    return found


def _complement(
    places: Mapping[Group, int], kept: Sequence[Measurement], hidden: set[int], minimum_base: int
) -> set[int]:
    """Return the places of one table's cells to hide, so that no hidden one can be computed."""
    table = _Table(
        {group: kept[at].n or 0 for group, at in places.items()},
        {group for group, at in places.items() if at in hidden},
        minimum_base,
    )
    while (line := table.weak_line()) is not None:
        shown = [one for one in line.parts if one not in table.gone]
        table.gone.add(min(shown, key=table.loss) if shown else line.total)
    return {places[group] for group in table.gone}


class _Table:
    """The cells of one item in one period, the sums between them, and which cells are hidden."""

    def __init__(self, sizes: Mapping[Group, int], gone: set[Group], minimum_base: int) -> None:
        self.sizes, self.gone, self.minimum_base = sizes, gone, minimum_base
        self.lines = _lines(sizes)

    def weak_line(self) -> Line | None:
        """Return a sum that gives something away, of which more has to be hidden; None if there is none."""
        for line in self.lines:
            together = sum(self.sizes[part] for part in line.parts if part in self.gone) + line.rest
            if line.total not in self.gone and 0 < together < self.minimum_base:
                return line
        known = _basis(map(self._equation, self.lines))
        secrets = {one: None for line in self.lines for one in self._secrets(line)}
        computed = next((one for one in secrets if not _reduced({one: 1}, known)), None)
        return None if computed is None else self._line_of(computed)

    def loss(self, part: Group) -> tuple[int, int, Group]:
        """Return what hiding a cell costs: the sums in which another cell must be hidden then, and its size."""
        others = [line for line in self.lines if part in line.parts and line.total not in self.gone]
        alone = sum(not line.rest and not any(one in self.gone for one in line.parts) for line in others)
        return alone, self.sizes[part], part

    def _secrets(self, line: Line) -> list[Unknown]:
        """Return what must not be computed of a sum: its hidden cells, and those in no cell if they are few."""
        found: list[Unknown] = [("cell", one) for one in (line.total, *line.parts) if one in self.gone]
        return [*found, ("rest", line)] if 0 < line.rest < self.minimum_base else found

    def _equation(self, line: Line) -> dict[Unknown, int]:
        """Return a sum over what is not shown of it."""
        row: dict[Unknown, int] = {("cell", part): 1 for part in line.parts if part in self.gone}
        if line.rest:
            row["rest", line] = 1
        if line.total in self.gone:
            row["cell", line.total] = _PRIME - 1
        return row

    def _line_of(self, secret: Unknown) -> Line:
        """Return the sum that tells most of what must not be computed: the one that hides least besides it."""
        mixed = [line for line in self.lines if self._equation(line) and self._shows_something(line)]
        return min(mixed, key=lambda line: (secret not in (own := self._equation(line)), len(own)))

    def _shows_something(self, line: Line) -> bool:
        return any(cell not in self.gone for cell in (line.total, *line.parts))


def _basis(rows: Iterable[dict[Unknown, int]]) -> dict[Unknown, dict[Unknown, int]]:
    """Return sparse rows in echelon form, by elimination modulo a large prime; each has the key of its pivot."""
    basis: dict[Unknown, dict[Unknown, int]] = {}
    for row in rows:
        if left := _reduced(row, basis):
            pivot = next(iter(left))
            factor = pow(left[pivot], -1, _PRIME)
            basis[pivot] = {key: value * factor % _PRIME for key, value in left.items()}
    return basis


def _reduced(vector: dict[Unknown, int], basis: Mapping[Unknown, dict[Unknown, int]]) -> dict[Unknown, int]:
    """Return what is left of a sparse vector without what is a combination of the rows; nothing if it is one."""
    vector = dict(vector)
    while pivot := next((key for key in vector if key in basis), None):
        factor = vector[pivot]
        for key, value in basis[pivot].items():
            left = (vector.get(key, 0) - factor * value) % _PRIME
            if left:
                vector[key] = left
            else:
                vector.pop(key, None)
    return vector
