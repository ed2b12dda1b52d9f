"""What customers say is worse than when the file was written.

Compares the figure of the file with the newest complete period of its source: Welch's test for means, Agresti and Caffo
for shares, adjusted Wald for NPS, all corrected together. Differences of fewer than `points` points are too
small to matter. It is an information, and an error with `--fail-on-drop`.

Why: a gate that fails when an experience gets worse is the one that customers would write. Corrected for the number of
comparisons, it fails once in twenty runs at most where nothing has changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.drift.stated import newest, of_its_period
from journeykit.drift.subject import LEAST, Subject
from journeykit.finding import Severity
from journeykit.measuring.differences import Difference, compare, difference
from journeykit.model import Journey
from journeykit.rules import Hit, rule
from journeykit.scoring.display import grouped, shown
from journeykit.scoring.metrics import metric_of
from journeykit.scoring.settings import LEAST_BASE
from journeykit.scoring.significance import SURE
from journeykit.source import KeyPath


@rule(Severity.INFO)
def measured_drop(subject: Subject, *, points: float = 2.0) -> Iterator[Hit]:
    """Yield a hit for each figure that fell, at its key in the file."""
    before = {one.path: one.measurement for one in of_its_period(subject)}
    pairs = [(one, before[one.path]) for one in newest(subject) if one.path in before]
    told = [pair for pair in pairs if min(one.n or 0 for one in (pair[0].measurement, pair[1])) >= LEAST]
    changes = [difference(was, one.measurement) for one, was in told]
    for (one, was), change in zip(told, compare(changes, ()).changes, strict=True):
        if _is_worse(subject.journey, one.path, change, points):
            now = one.measurement
            yield Hit(
                one.path,
                f"{_amount(change)} from {was.cell.period} (n {grouped(was.n or 0)}) to {now.cell.period} "
                f"(n {grouped(now.n or 0)}); p {change.corrected:.2g}, {change.method}, corrected",
                "find out what changed, or take the newer figures over with measure --write --replace",
                "key",
            )


def _is_worse(journey: Journey, path: KeyPath, change: Difference, points: float) -> bool:
    if change.delta is None or change.corrected is None or change.corrected >= SURE:
        return False
    if change.points is not None and abs(change.points) < points:
        return False
    kpi = journey.kpis[int(path[1])] if path[0] == "kpis" else None
    rises = change.delta > (1 if change.ratio else 0)
    return rises == (kpi is not None and metric_of(kpi, LEAST_BASE).better == "lower")


def _amount(change: Difference) -> str:
    assert change.delta is not None
    if change.ratio:
        return f"{shown(change.delta, 2)} times as long"
    size = abs(change.delta if change.points is None else change.points)
    unit = "" if change.points is None else " points"
    return f"{shown(size)}{unit} {'more' if change.delta > 0 else 'less'}"
