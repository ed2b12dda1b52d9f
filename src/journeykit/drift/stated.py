"""What the file has of surveys and KPIs, beside what the data say of the same period and of the newest one."""

from __future__ import annotations

from collections.abc import Sequence

from journeykit.data.periods import is_complete, period_bounds
from journeykit.drift.subject import Subject
from journeykit.measuring.measurements import Measurement
from journeykit.measuring.written import Written, to_write


def of_its_period(subject: Subject) -> list[Written]:
    """Return the figures of the file whose source and period the data have, each beside what the data say."""
    found = subject.evidence.measurements
    periods = dict.fromkeys(one.cell.period for one in found)
    pairs = [
        written
        for period in periods
        for written in to_write(subject.journey, _of(found, period), subject.today)
        if written.old.get("period", "") == period
    ]
    return [written for written in pairs if _has_figures(written) and _same_source(written)]


def newest(subject: Subject) -> list[Written]:
    """Return the figures of the file with the newest complete period of the data, where that is a later one."""
    complete = [one for one in subject.evidence.measurements if is_complete(one.cell.period, subject.today)]
    pairs = to_write(subject.journey, complete, subject.today)
    return [one for one in pairs if _has_figures(one) and _same_source(one) and _is_later(one)]


def _of(found: Sequence[Measurement], period: str) -> list[Measurement]:
    return [one for one in found if one.cell.period == period]


def _has_figures(written: Written) -> bool:
    return any(written.old.get(key) is not None for key in ("mean", "counts", "value", "median", "k", "promoters"))


def _same_source(written: Written) -> bool:
    return bool(written.old.get("source", written.measurement.source) == written.measurement.source)


def _is_later(written: Written) -> bool:
    old, new = (period_bounds(text) for text in (str(written.old.get("period", "")), written.measurement.cell.period))
    return old is not None and new is not None and new[0] >= old[1]
