"""Customers wait longer, or less, than the map states.

Compares `wait` with the median time from a touchpoint to the next one that the log knows. The interval of the median is
that of order statistics; the limit is a factor, in either direction.

Why: waits are what maps get wrong most often: staff remember the usual case of their own team, not the time until the
customer hears something. The time of the log is one from a first event to the next touchpoint's, so a wait that is
only a part of it can be shorter by right: say so in a comment that suppresses the finding.
"""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.drift.subject import LEAST, Subject, takes_over
from journeykit.finding import Severity
from journeykit.fix import Set
from journeykit.measuring.durations import Quantile
from journeykit.model.units import written
from journeykit.rules import Hit, rule
from journeykit.scoring.display import grouped


@rule(Severity.WARNING, fix="unsafe")
def wait_drift(subject: Subject, *, factor: float = 1.5) -> Iterator[Hit]:
    """Yield a hit for each touchpoint whose wait differs, at its `wait`."""
    for log, place in subject.seen():
        stated, wait = place.touchpoint.wait, log.wait(place.touchpoint.id)
        if stated is None or wait is None or wait.n < LEAST or not _differs(stated.seconds, wait.median, factor):
            continue
        median, low, high = (written(one) for one in wait.median if one is not None)
        path = (*place.path, "wait")
        yield Hit(
            path,
            f"the map says {stated}, the log {median} until the next touchpoint "
            f"(median, 95 % CI {low} to {high}, {grouped(wait.n)} times, {log.source})",
            f"write wait: {median}, if customers wait for all of it",
            fix=takes_over(f"Write wait: {median}", [Set(path, median)]),
        )


def _differs(stated: float, median: Quantile, factor: float) -> bool:
    if median.value is None or median.low is None or median.high is None or median.low <= stated <= median.high:
        return False
    return max(stated, median.value) > factor * min(stated, median.value)
