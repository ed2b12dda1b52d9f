"""A figure of the file is not what the data say of its period.

Compares `measured` of touchpoints and the figures of KPIs with what `measure --write` would write of the same source
and period. There is no limit: the two are to be equal.

Why: somebody changed a figure by hand, or the data were corrected after it was written. A figure that names its source
and its period is trusted, so it has to be theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from journeykit.drift.stated import of_its_period
from journeykit.drift.subject import Subject
from journeykit.finding import Severity
from journeykit.measuring.written import Written, fix_of
from journeykit.rules import Hit, rule


@rule(Severity.ERROR, fix="unsafe")
def measured_drift(subject: Subject) -> Iterator[Hit]:
    """Yield a hit for each such figure, at the first key that differs."""
    for one in of_its_period(subject):
        if not one.is_same:
            key = next(iter([*(k for k, v in one.new.items() if one.old.get(k) != v), *one.outdated]))
            yield Hit(
                (*one.path, key) if key in one.old else one.path,
                f"{one.measurement.source} says of {one.measurement.cell.period or 'all periods'}: {_said(one, key)}",
                "journeykit measure --write writes what the data say",
                fix=fix_of(subject.journey, [one], subject.evidence.abouts),
            )


def _said(one: Written, key: str) -> str:
    if key not in one.new:
        return f"no {key}"
    was = f", not {_plain(one.old[key])}" if key in one.old else ""
    return f"{key} {_plain(one.new[key])}{was}"


def _plain(value: Any) -> str:
    return "{" + ", ".join(f"{key}: {n}" for key, n in value.items()) + "}" if isinstance(value, dict) else str(value)
