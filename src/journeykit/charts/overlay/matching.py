"""Matching of the stages and touchpoints of several journeys, and their columns on one axis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

from journeykit.model import Journey, Stage
from journeykit.model.slug import slug

A = TypeVar("A")
B = TypeVar("B")
Parts = list[list[str]]
"""Ids of a journey's touchpoints in each stage of the axis."""
Node = tuple[str, int]
"""Id of a touchpoint, and the number of the journey it belongs to, or -1 if journeys share it."""


class SharedStage(NamedTuple):
    """A stage of the axis: the matching stage of each journey, or None."""

    stages: tuple[Stage | None, ...]
    start: int
    """Number of columns before it."""
    columns: int
    number: int
    """Its place among the stages, from 1."""


class MatchedStages(NamedTuple):
    """Stages in order, and the columns of each journey's touchpoints by id, from 0."""

    stages: tuple[SharedStage, ...]
    places: tuple[dict[str, float], ...]

    @property
    def columns(self) -> int:
        last = self.stages[-1]
        return last.start + last.columns


def match_stages(journeys: Sequence[Journey]) -> MatchedStages:
    """Match stages by id, else by name, else by order, and touchpoints within them by id.

    Matching touchpoints are in the same column unless their order differs; others are spread evenly between them.
    The touchpoints of a journey without stages are assigned to the stages of the others.
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
        stages.append(SharedStage(tuple(stage), start, columns, len(stages) + 1))
        start += columns
    return MatchedStages(tuple(stages), places)


def _rows(journeys: Sequence[Journey]) -> list[list[Stage | None]]:
    """Return the stages of the axis. Journeys without stages count only if no journey has any."""
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
    """Return 3 for the same id, 2 for the same name, else 0."""
    members = [member for member in row if member is not None]
    if any(member.id == stage.id for member in members):
        return 3
    name = slug(stage.name) or stage.name
    return 2 if any((slug(member.name) or member.name) == name for member in members) else 0


def aligned(rows: Sequence[A], items: Sequence[B], worth: Callable[[A, B], int]) -> list[tuple[int, int]]:
    """Return the pairs of indices, ascending on both sides, with the largest total worth."""
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
    """Add pairs by order, between the given pairs, of stages that match no other."""
    alone_rows = [i for i, row in enumerate(rows) if not any(_same_stage(row, stage) for stage in stages)]
    alone = [j for j, stage in enumerate(stages) if not any(_same_stage(row, stage) for row in rows)]
    found = list(pairs)
    for (i, j), (to_i, to_j) in pairwise([(-1, -1), *pairs, (len(rows), len(stages))]):
        found += zip([a for a in alone_rows if i < a < to_i], [b for b in alone if j < b < to_j], strict=False)
    return sorted(found)


def _woven(rows: Sequence[A], items: Sequence[B], pairs: Sequence[tuple[int, int]]) -> list[tuple[A | None, B | None]]:
    """Merge both in one order: pairs together, and between them first `rows` and then `items`."""
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
    """Assign touchpoints without stages to the stages of other journeys: by id, else evenly."""
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
    """Return the columns of each journey's touchpoints within a stage, and the number of columns."""
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
    """Return the columns of shared touchpoints, each as far left as all journeys allow."""
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
    """Return the number of columns that a journey needs."""
    last = [k for k, node in enumerate(mine) if node in anchors]
    return anchors[mine[last[-1]]] + len(mine) - last[-1] if last else len(mine)


def _evenly(mine: Sequence[Node], anchors: dict[Node, int], columns: int) -> dict[str, float]:
    """Return the columns of a journey's touchpoints: spread evenly between the anchors."""
    fixed = [(k, anchors[node]) for k, node in enumerate(mine) if node in anchors]
    places = {mine[k][0]: float(at) for k, at in fixed}
    for (k, left), (to_k, right) in pairwise([(-1, -1), *fixed, (len(mine), columns)]):
        count = to_k - k - 1
        for n in range(count):
            places[mine[k + 1 + n][0]] = left + 0.5 + (n + 0.5) * (right - left - 1) / count
    return places
