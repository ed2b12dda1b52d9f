"""Which stages and touchpoints of several journeys are the same, and where they stand on one axis, in columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from journeykit.model import Journey, Stage
from journeykit.model.slug import slug

A = TypeVar("A")
B = TypeVar("B")
Parts = list[list[str]]
"""Of one journey, the ids of its touchpoints in each stage of the axis."""
Node = tuple[str, int]
"""A touchpoint's id, and the journey whose own it is, or -1 if it is anyone's who has the id."""


@dataclass(frozen=True, slots=True)
class SharedStage:
    """A stage of the axis: the stages of the journeys that make it (none where a journey lacks it)."""

    stages: tuple[Stage | None, ...]
    start: int
    """The columns before it."""
    columns: int


@dataclass(frozen=True, slots=True)
class MatchedStages:
    """Stages in order, and for each journey where its touchpoints stand: columns from 0, by id."""

    stages: tuple[SharedStage, ...]
    places: tuple[dict[str, float], ...]

    @property
    def columns(self) -> int:
        last = self.stages[-1]
        return last.start + last.columns


def match_stages(journeys: Sequence[Journey]) -> MatchedStages:
    """Stages are matched by id, else by name, else by their order; touchpoints within them by id.

    What is matched stands at one place, unless the journeys have it in another order; what lies between is
    spread evenly. A journey without stages goes along with the stages of the others.
    """
    rows = _rows(journeys)
    parts = [_parts(rows, n) for n in range(len(journeys))]
    flat = [n for n, journey in enumerate(journeys) if journey.is_flat]
    for n in flat if len(flat) < len(journeys) else ():
        parts[n] = _along([t.id for t in journeys[n].touchpoints], [p for k, p in enumerate(parts) if k not in flat])
    stages: list[SharedStage] = []
    places: tuple[dict[str, float], ...] = tuple({} for _ in journeys)
    start = 0
    for row, stage in enumerate(rows):
        own = [part[row] for part in parts]
        if not any(own):
            continue
        found, columns = _spread(own)
        for place, here in zip(places, found, strict=True):
            place.update({id: start + at for id, at in here.items()})
        stages.append(SharedStage(tuple(stage), start, columns))
        start += columns
    return MatchedStages(tuple(stages), places)


def _rows(journeys: Sequence[Journey]) -> list[list[Stage | None]]:
    """The stages of the axis; those of journeys without stages only where none has any."""
    staged = [n for n, journey in enumerate(journeys) if not journey.is_flat] or list(range(len(journeys)))
    rows: list[list[Stage | None]] = []
    for n in staged:
        stages = journeys[n].stages
        pairs = _by_order(rows, stages, aligned(rows, stages, _same_stage))
        merged: list[list[Stage | None]] = []
        for row, stage in _woven(rows, stages, pairs):
            one = row or [None] * len(journeys)
            if stage is not None:
                one[n] = stage
            merged.append(one)
        rows = merged
    return rows


def _same_stage(row: Sequence[Stage | None], stage: Stage) -> int:
    """3 for the same id, 2 for the same name."""
    members = [member for member in row if member is not None]
    if any(member.id == stage.id for member in members):
        return 3
    name = slug(stage.name) or stage.name
    return 2 if any((slug(member.name) or member.name) == name for member in members) else 0


def aligned(rows: Sequence[A], items: Sequence[B], worth: Callable[[A, B], int]) -> list[tuple[int, int]]:
    """Pairs that rise on both sides and are worth the most together."""
    best = [[0] * (len(items) + 1) for _ in range(len(rows) + 1)]
    gains = [[worth(row, item) for item in items] for row in rows]
    for i in range(len(rows) - 1, -1, -1):
        for j in range(len(items) - 1, -1, -1):
            taken = gains[i][j] + best[i + 1][j + 1] if gains[i][j] else 0
            best[i][j] = max(taken, best[i + 1][j], best[i][j + 1])
    pairs = []
    i = j = 0
    while i < len(rows) and j < len(items):
        if gains[i][j] and best[i][j] == gains[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _by_order(
    rows: Sequence[list[Stage | None]], stages: Sequence[Stage], pairs: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The pairs, and between them further ones of what stands in the same order and has no like elsewhere."""
    alone_rows = [i for i, row in enumerate(rows) if not any(_same_stage(row, stage) for stage in stages)]
    alone = [j for j, stage in enumerate(stages) if not any(_same_stage(row, stage) for row in rows)]
    found = list(pairs)
    for (i, j), (to_i, to_j) in pairwise([(-1, -1), *pairs, (len(rows), len(stages))]):
        found += zip([a for a in alone_rows if i < a < to_i], [b for b in alone if j < b < to_j], strict=False)
    return sorted(found)


def _woven(rows: Sequence[A], items: Sequence[B], pairs: Sequence[tuple[int, int]]) -> list[tuple[A | None, B | None]]:
    """Both in one order: what is paired together, the others where they stand, those of `rows` first."""
    out: list[tuple[A | None, B | None]] = []
    i = j = 0
    for to_i, to_j in [*pairs, (len(rows), len(items))]:
        out += [(row, None) for row in rows[i:to_i]]
        out += [(None, item) for item in items[j:to_j]]
        if to_i < len(rows):
            out.append((rows[to_i], items[to_j]))
        i, j = to_i + 1, to_j + 1
    return out


def _parts(rows: Sequence[Sequence[Stage | None]], n: int) -> Parts:
    return [[t.id for t in stage.touchpoints] if (stage := row[n]) else [] for row in rows]


def _along(ids: Sequence[str], others: Sequence[Parts]) -> Parts:
    """Touchpoints without stages, laid into the stages of the others: with their likes, else evenly."""
    count = len(others[0])
    homes = {id: row for part in reversed(others) for row in range(count) for id in part[row]}
    known = [(n, homes[id]) for n, id in enumerate(ids) if id in homes]
    out: Parts = [[] for _ in range(count)]
    at = 0
    for n, id in enumerate(ids):
        even = n * count // len(ids)
        after = min((row for m, row in known if m >= n), default=count - 1)
        wanted = homes.get(id, even if not known else at)
        at = max(at, min(wanted, after))
        out[at].append(id)
    return out


def _spread(own: Sequence[Sequence[str]]) -> tuple[list[dict[str, float]], int]:
    """Where each journey's touchpoints stand within a stage, and how many columns it needs."""
    order: list[Node] = []
    nodes: list[list[Node]] = []
    for n, ids in enumerate(own):
        pairs = aligned(order, ids, lambda node, id: int(node == (id, -1)))
        taken = {id for id, owner in order if owner < 0}
        merged = []
        mine = []
        for node, id in _woven(order, ids, pairs):
            one = node or ((id, n) if id in taken else (id or "", -1))
            merged.append(one)
            if id is not None:
                mine.append(one)
        order = merged
        nodes.append(mine)
    anchors = _anchors(order, nodes)
    ends = [_ends(mine, anchors) for mine in nodes]
    columns = max([1, *ends])
    return [_evenly(mine, anchors, columns) for mine in nodes], columns


def _anchors(order: Sequence[Node], nodes: Sequence[Sequence[Node]]) -> dict[Node, int]:
    """The columns of what more than one journey has: each as far left as all of them allow."""
    shared = {node for node in order if sum(node in mine for mine in nodes) > 1}
    places: dict[Node, int] = {}
    for node in order:
        if node not in shared:
            continue
        least = 0
        for mine in nodes:
            if node in mine:
                here = mine.index(node)
                before = [k for k in range(here) if mine[k] in shared]
                least = max(least, places[mine[before[-1]]] + here - before[-1] if before else here)
        places[node] = least
    return places


def _ends(mine: Sequence[Node], anchors: dict[Node, int]) -> int:
    """How many columns a journey needs."""
    last = [k for k, node in enumerate(mine) if node in anchors]
    return anchors[mine[last[-1]]] + len(mine) - last[-1] if last else len(mine)


def _evenly(mine: Sequence[Node], anchors: dict[Node, int], columns: int) -> dict[str, float]:
    """Places in columns: anchors where they are, what lies between them evenly between."""
    fixed = [(k, anchors[node]) for k, node in enumerate(mine) if node in anchors]
    places = {mine[k][0]: float(at) for k, at in fixed}
    for (k, left), (to_k, right) in pairwise([(-1, -1), *fixed, (len(mine), columns)]):
        count = to_k - k - 1
        for n in range(count):
            places[mine[k + 1 + n][0]] = left + 0.5 + (n + 0.5) * (right - left - 1) / count
    return places
