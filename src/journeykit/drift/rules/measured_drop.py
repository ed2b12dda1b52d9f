"""What customers say is worse than when the file was written.

Compares the figure of the file with the newest complete period of its source: Welch's test for means, Agresti and Caffo
for shares, adjusted Wald for NPS, all corrected together. Differences of fewer than `points` points are too
small to matter. Where the two are of other months, quarters or weeks of the year, the message adds the
change from the same one of the year before, or that no season can be told. It is an information, and an error with
`--fail-on-drop`.

Why: a gate that fails when an experience gets worse is the one that customers would write. Corrected for the number of
comparisons, it fails once in twenty runs at most where nothing has changed.
"""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.data.periods import months_of, year_before
from journeykit.drift.stated import newest, of_its_period
from journeykit.drift.subject import LEAST, Subject
from journeykit.finding import Severity
from journeykit.measuring.control import season_note
from journeykit.measuring.differences import Difference, a_year_before, compare, difference
from journeykit.measuring.measurements import Measurement
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
    years = [_in_a_year(subject, one.measurement, was) for one, was in told]
    tested = compare([*changes, *(one for one in years if one)], ()).changes
    seasons = iter(tested[len(told) :])
    for (one, was), change, year in zip(told, tested, years, strict=False):
        in_a_year = next(seasons) if year else None
        if _is_worse(subject.journey, one.path, change, points):
            now = one.measurement
            yield Hit(
                one.path,
                f"{_amount(change)} from {was.cell.period} (n {grouped(was.n or 0)}) to {now.cell.period} "
                f"(n {grouped(now.n or 0)}); p {change.corrected:.2g}, {change.method}, corrected"
                f"{_season(subject, now, was, in_a_year)}",
                "find out what changed, or take the newer figures over with measure --write --replace",
                "key",
            )


def _in_a_year(subject: Subject, now: Measurement, was: Measurement) -> Difference | None:
    """Return the change from the same period of the year before, where that is another than the file's."""
    found = subject.evidence.measurements
    same = [one for one in found if one.source == now.source and one.cell._replace(period=now.cell.period) == now.cell]
    before = [one for one in a_year_before(now, same) if one.cell.period != was.cell.period]
    return difference(before[0], now) if before else None


def _season(subject: Subject, now: Measurement, was: Measurement, in_a_year: Difference | None) -> str:
    """Return what is known of the season behind a drop."""
    if in_a_year is not None:
        verdict = in_a_year.verdict()
        amount = f"{_amount(in_a_year)}, " if in_a_year.delta else ""
        return f"; from {in_a_year.before.cell.period}, a year before: {amount}{verdict}"
    months = months_of(one.cell.period for one in subject.evidence.measurements if one.source == now.source)
    if months is None or was.cell.period == year_before(now.cell.period) or not season_note(months):
        return ""
    return f"; {season_note(months)}"


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
