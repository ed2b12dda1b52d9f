"""The data have a newer complete period than the file.

Finds figures of touchpoints and KPIs whose source has answers of at least one later period that is over. `periods` says
how many there must be.

Why: a map that shows last year's figures is discussed as if they were today's.
"""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.data.periods import is_complete
from journeykit.drift.stated import newest
from journeykit.drift.subject import LEAST, Subject
from journeykit.finding import Severity
from journeykit.measuring.written import fix_of
from journeykit.rules import Hit, rule
from journeykit.scoring.display import grouped


@rule(Severity.WARNING, fix="unsafe")
def measured_stale(subject: Subject, *, periods: int = 1) -> Iterator[Hit]:
    """Yield a hit for each such figure, at its period."""
    for one in newest(subject):
        new, n = one.measurement.cell.period, one.measurement.n or 0
        later = {
            other.cell.period
            for other in subject.evidence.measurements
            if (other.source, other.touchpoint, other.cell.metric)
            == (one.measurement.source, one.measurement.touchpoint, one.measurement.cell.metric)
            and other.cell.period > str(one.old["period"])
            and is_complete(other.cell.period, subject.today)
        }
        if n >= LEAST and len(later) >= periods:
            yield Hit(
                (*one.path, "period"),
                f"the file has {one.old['period']}, {one.measurement.source} has {grouped(n)} answers of {new}",
                "journeykit measure --write --replace writes the newer ones",
                fix=fix_of(subject.journey, [one], subject.evidence.abouts),
            )
