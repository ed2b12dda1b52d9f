"""Counts rows in Python as engines do, so that figures can be held against the rows themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from journeykit.data.questions import Cell, Product, Score, Units
from journeykit.measuring.samples import Sample


class Row(NamedTuple):
    """One answer."""

    score: float
    weight: float = 1
    cluster: str = ""
    stratum: str = ""


CELL = Cell("security", "csat", "2017")


def sample(rows: Sequence[Row], cell: Cell = CELL, *, clustered: bool = False) -> Sample:
    """Return what an engine counts of rows."""
    scores: dict[tuple[str, float], list[float]] = defaultdict(lambda: [0, 0, 0])
    sums: dict[tuple[str, str], dict[float, float]] = defaultdict(lambda: defaultdict(float))
    for row in rows:
        for at, more in enumerate((1, row.weight, row.weight**2)):
            scores[row.stratum, row.score][at] += more
        sums[row.stratum, row.cluster][row.score] += row.weight
    products: dict[tuple[str, float, float], float] = defaultdict(float)
    units: dict[str, int] = defaultdict(int)
    for (stratum, _), own in sums.items():
        units[stratum] += 1
        for s in own:
            for t in own:
                if s <= t:
                    products[stratum, s, t] += own[s] * own[t]
    n = {stratum: sum(row.stratum == stratum for row in rows) for stratum in units}
    return Sample(
        tuple(Score(cell, stratum, score, int(n), w, w2) for (stratum, score), (n, w, w2) in scores.items()),
        tuple(Product(cell, *key, value) for key, value in products.items()) if clustered else (),
        tuple(Units(cell, stratum, count, n[stratum]) for stratum, count in units.items()) if clustered else (),
        any(row.weight != 1 for row in rows),
        clustered,
    )
