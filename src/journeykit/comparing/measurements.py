"""Compare surveys at touchpoints and KPIs of two versions, and test whether a difference is chance.

Means by Welch's t, shares and NPS by the intervals of their differences, all with one correction (Holm) over what a run
compares. Never compared: what rests on too few answers or on answers without spread, and figures that are not of one
kind: scales of different length, a median and a mean, two clocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from journeykit.model import scale_bounds
from journeykit.model.improvement import Kpi
from journeykit.scoring.metrics import LOW_BASE, Interval, Metric, metric_of, nps_groups_of
from journeykit.scoring.rating import NO_SPREAD, Answers, answers_of, on_100
from journeykit.scoring.settings import LEAST_BASE
from journeykit.scoring.significance import SURE, Delta, Sample, holm, nps_delta, share_delta, welch

if TYPE_CHECKING:
    from journeykit.comparing.comparison import Comparison, TouchpointDiff
    from journeykit.model import Journey
    from journeykit.scoring import Rated

SPREADLESS = "no spread: no interval"


@dataclass(frozen=True, slots=True)
class SurveyDiff:
    """A survey at one touchpoint in both versions; means, difference and interval on 0..100.

    Means are None where too few answered, the rest where a standard deviation or a number of answers is missing, or
    where the two cannot be compared.
    """

    touchpoint: TouchpointDiff
    old: float | None
    new: float | None
    old_n: int | None
    new_n: int | None
    delta: float | None = None
    interval: Interval | None = None
    """A single 95 % interval: it is not corrected for the number of comparisons, as `p` is."""
    p: float | None = None
    """Corrected by Holm over everything that the run compares, once `correct_together` was called."""
    not_comparable: str = ""
    """Why the two are not compared, if so."""
    suppressed: bool = False
    """Whether either has too few answers to be shown."""

    @property
    def certain(self) -> bool | None:
        """Whether the difference is more than chance; None if that cannot be tested."""
        return None if self.p is None else self.p < SURE

    @property
    def low_base(self) -> bool:
        """Whether either rests on a low base."""
        return any(n is not None and n < LOW_BASE for n in (self.old_n, self.new_n))


@dataclass(frozen=True, slots=True)
class KpiDiff:
    """A KPI that differs; None in the version that does not have it.

    The difference is new less old in the unit of both; its interval (a single 95 %) where the number of answers is
    known.
    """

    old: Metric | None
    new: Metric | None
    delta: float | None = None
    interval: Interval | None = None
    p: float | None = None
    """Corrected by Holm over everything that the run compares, once `correct_together` was called."""
    not_comparable: str = ""
    """Why the two are not compared, if so."""

    @property
    def certain(self) -> bool | None:
        """Whether the difference is more than chance; None if that cannot be tested."""
        return None if self.p is None else self.p < SURE

    @property
    def low_base(self) -> bool:
        """Whether either rests on a low base."""
        return any(metric is not None and metric.low_base for metric in (self.old, self.new))


Measurement = TypeVar("Measurement", bound=SurveyDiff | KpiDiff)


def survey_diffs(comparison: Comparison) -> tuple[SurveyDiff, ...]:
    """Return the surveys of touchpoints that both versions have and that differ; p-values are of each alone."""
    found = []
    for diff in comparison.touchpoints:
        if diff.old and diff.new and any(one.key == "measured" for one in diff.fields):
            survey = _survey(comparison, diff, diff.old, diff.new)
            if survey is not None:
                found.append(survey)
    return tuple(found)


def kpi_diffs(old: Journey, new: Journey) -> tuple[KpiDiff, ...]:
    """Return KPIs that were added, removed or differ, matched by id, those that are gone last; p of each alone."""
    before = {kpi.id: kpi for kpi in old.kpis}
    after = {kpi.id: kpi for kpi in new.kpis}
    base = max(journey.scoring.minimum_base or LEAST_BASE for journey in (old, new))
    return tuple(
        _kpi_diff(before.get(id), after.get(id), base)
        for id in dict.fromkeys((*after, *before))
        if before.get(id) != after.get(id)
    )


def correct_together(groups: Sequence[Sequence[Measurement]]) -> list[list[Measurement]]:
    """Return groups of measurements with p-values corrected over all of them (Holm)."""
    places = [(group, at) for group, members in enumerate(groups) for at in range(len(members))]
    p_values = {(group, at): p for group, at in places if (p := groups[group][at].p) is not None}
    found = holm(p_values)
    return [
        [replace(one, p=found.get((group, at), one.p)) for at, one in enumerate(members)]
        for group, members in enumerate(groups)
    ]


def _survey(comparison: Comparison, diff: TouchpointDiff, old: Rated, new: Rated) -> SurveyDiff | None:
    before = _answers(comparison.old.journey, old)
    after = _answers(comparison.new.journey, new)
    if before is None or after is None:
        return None
    suppressed = old.suppressed or new.suppressed
    means = [None if one.suppressed else answers.mean for one, answers in ((old, before), (new, after))]
    survey = SurveyDiff(diff, means[0], means[1], before.n, after.n, suppressed=suppressed)
    scales = [_scale(journey, one) for journey, one in zip(_journeys(comparison), (old, new), strict=True)]
    if _length(scales[0]) != _length(scales[1]):
        return replace(survey, not_comparable=f"{scales[0]} against {scales[1]}")
    if suppressed:
        return survey
    survey = replace(survey, delta=after.mean - before.mean)
    samples = [Sample(one.mean, one.sd, one.n) for one in (before, after) if one.sd is not None and one.n is not None]
    if len(samples) < 2 or min(sample.n for sample in samples) < LEAST_BASE:
        return survey
    if any(sample.sd < NO_SPREAD for sample in samples):
        return replace(survey, not_comparable=SPREADLESS)
    found = welch(*samples)
    return replace(survey, interval=found.interval, p=found.p)


def _journeys(comparison: Comparison) -> tuple[Journey, Journey]:
    return comparison.old.journey, comparison.new.journey


def _scale(journey: Journey, rated: Rated) -> str:
    measured = rated.touchpoint.measured
    return (measured and measured.scale) or journey.scale


def _length(scale: str) -> float:
    """Return the number of steps of a scale; 0..100 is no scale of answers and has a length of its own."""
    low, high = scale_bounds(scale)  # type: ignore[arg-type]
    return high - low


def _answers(journey: Journey, rated: Rated) -> Answers | None:
    """Return a survey's figures on 0..100."""
    measured = rated.touchpoint.measured
    if measured is None or (answers := answers_of(measured)) is None:
        return None
    scale = measured.scale or journey.scale
    low, high = scale_bounds(scale)
    sd = None if answers.sd is None else 100 * answers.sd / (high - low)
    return Answers(on_100(answers.mean, scale), sd, answers.n)


def _kpi_diff(old: Kpi | None, new: Kpi | None, base: int) -> KpiDiff:
    before, after = (None if kpi is None else metric_of(kpi, base) for kpi in (old, new))
    diff = KpiDiff(before, after)
    if not (old and new and before and after):
        return diff
    if reason := _not_comparable(before, after):
        return replace(diff, not_comparable=reason)
    if before.suppressed or after.suppressed or before.value is None or after.value is None:
        return diff
    diff = replace(diff, delta=after.value - before.value)
    found = _delta(before, after)
    return replace(diff, interval=found.interval, p=found.p) if found else diff


def _delta(before: Metric, after: Metric) -> Delta | None:
    """Return the difference with its interval; None where a base or a spread is not known."""
    if min(before.n or 0, after.n or 0) < LEAST_BASE or before.value is None or after.value is None:
        return None
    if after.unit == "share" and before.n and after.n:
        return share_delta(before.value, before.n, after.value, after.n)
    if after.unit == "nps":
        was, now = nps_groups_of(before.kpi), nps_groups_of(after.kpi)
        if was[2] and now[2]:
            return nps_delta(was, now)
    if before.sd and after.sd and before.n and after.n:
        return welch(Sample(before.value, before.sd, before.n), Sample(after.value, after.sd, after.n))
    return None


def _not_comparable(before: Metric, after: Metric) -> str:
    """Return why two figures of a KPI are not of one kind; "" if they are."""
    pairs = (
        (before.kpi.kind.replace("_", " "), after.kpi.kind.replace("_", " ")),
        (before.scale, after.scale),
        (before.kpi.top, after.kpi.top),
        (before.statistic, after.statistic),
        (before.kpi.clock and f"{before.kpi.clock} hours", after.kpi.clock and f"{after.kpi.clock} hours"),
        (before.kpi.unit, after.kpi.unit),
    )
    for was, now in pairs:
        if was and now and was != now:
            return f"{was} against {now}" if was is not before.kpi.top else f"top {was} against top {now}"
    if before.value is not None and after.value is not None and before.unit != after.unit:
        return f"a {before.unit} against a {after.unit}"
    return SPREADLESS if (before.no_spread or after.no_spread) and before.value != after.value else ""
