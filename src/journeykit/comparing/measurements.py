"""What customers answered before and after: surveys at touchpoints and KPIs, and whether a change is more than chance.

Means by Welch's t, with Holm's correction over all touchpoints of the journey that were surveyed anew; shares and NPS
by the intervals of their differences. What rests on fewer than five answers is not compared.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from journeykit.model import scale_bounds
from journeykit.model.improvement import Kpi
from journeykit.scoring.metrics import LOW_BASE, TOO_FEW, Interval, Metric, metric_of
from journeykit.scoring.rating import Answers, answers_of, on_100
from journeykit.scoring.significance import Sample, holm, nps_delta, share_delta, welch

if TYPE_CHECKING:
    from journeykit.comparing.comparison import Comparison, TouchpointDiff
    from journeykit.model import Journey
    from journeykit.scoring import Rated

SURE = 0.05
"""Below this corrected p a change of means is called more than chance."""


@dataclass(frozen=True, slots=True)
class SurveyDiff:
    """A survey at one touchpoint, held twice; means, difference and interval on 0..100.

    Means are None where fewer than five answered, the rest where a standard deviation or a number of answers is
    missing.
    """

    touchpoint: TouchpointDiff
    old: float | None
    new: float | None
    old_n: int | None
    new_n: int | None
    delta: float | None = None
    interval: Interval | None = None
    p: float | None = None
    """Corrected by Holm over the surveys of the journey."""

    @property
    def certain(self) -> bool | None:
        """Whether the change is more than chance; None where that cannot be said."""
        return None if self.p is None else self.p < SURE

    @property
    def low_base(self) -> bool:
        """Whether one of the two rests on too few answers to build on."""
        return any(n is not None and n < LOW_BASE for n in (self.old_n, self.new_n))


@dataclass(frozen=True, slots=True)
class KpiDiff:
    """A KPI that is not as it was; None in the version that does not have it.

    The difference is new less old in the unit of both; its interval (95 %) where the number of answers is known.
    """

    old: Metric | None
    new: Metric | None
    delta: float | None = None
    interval: Interval | None = None

    @property
    def certain(self) -> bool | None:
        """Whether the change is more than chance; None where that cannot be said."""
        return None if self.interval is None else not self.interval[0] <= 0 <= self.interval[1]

    @property
    def low_base(self) -> bool:
        """Whether one of the two rests on too few answers to build on."""
        return any(metric is not None and metric.low_base for metric in (self.old, self.new))


def survey_diffs(comparison: Comparison) -> tuple[SurveyDiff, ...]:
    """The surveys of touchpoints that both versions have and that do not say the same."""
    found = []
    for change in comparison.touchpoints:
        if change.old and change.new and any(one.key == "measured" for one in change.fields):
            survey = _survey(comparison, change, change.old, change.new)
            if survey is not None:
                found.append(survey)
    corrected = holm({n: survey.p for n, survey in enumerate(found) if survey.p is not None})
    return tuple(replace(survey, p=corrected[n]) if n in corrected else survey for n, survey in enumerate(found))


def kpi_diffs(old: Journey, new: Journey) -> tuple[KpiDiff, ...]:
    """KPIs that were added, removed or say something else, matched by id; those that are gone come last."""
    before = {kpi.id: kpi for kpi in old.kpis}
    after = {kpi.id: kpi for kpi in new.kpis}
    return tuple(
        _kpi_change(before.get(id), after.get(id))
        for id in dict.fromkeys((*after, *before))
        if before.get(id) != after.get(id)
    )


def _survey(comparison: Comparison, change: TouchpointDiff, old: Rated, new: Rated) -> SurveyDiff | None:
    before = _answers(comparison.old.journey, old)
    after = _answers(comparison.new.journey, new)
    if before is None or after is None:
        return None
    few = [one.n is not None and one.n < TOO_FEW for one in (before, after)]
    means = [None if hidden else one.mean for one, hidden in zip((before, after), few, strict=True)]
    survey = SurveyDiff(change, means[0], means[1], before.n, after.n)
    if any(few):
        return survey
    survey = replace(survey, delta=after.mean - before.mean)
    samples = [Sample(one.mean, one.sd, one.n) for one in (before, after) if one.sd is not None and one.n is not None]
    if len(samples) < 2:
        return survey
    found = welch(*samples)
    return replace(survey, interval=found.interval, p=found.p)


def _answers(journey: Journey, rated: Rated) -> Answers | None:
    """A survey's figures on 0..100."""
    measured = rated.touchpoint.measured
    if measured is None or (answers := answers_of(measured)) is None:
        return None
    scale = measured.scale or journey.scale
    low, high = scale_bounds(scale)
    sd = None if answers.sd is None else 100 * answers.sd / (high - low)
    return Answers(on_100(answers.mean, scale), sd, answers.n)


def _kpi_change(old: Kpi | None, new: Kpi | None) -> KpiDiff:
    before, after = (None if kpi is None else metric_of(kpi) for kpi in (old, new))
    change = KpiDiff(before, after)
    if not (old and new and before and after) or before.suppressed or after.suppressed:
        return change
    if before.value is None or after.value is None or before.unit != after.unit or old.kind != new.kind:
        return change
    change = replace(change, delta=after.value - before.value)
    if after.unit == "share" and before.n and after.n:
        return replace(change, interval=share_delta(before.value, before.n, after.value, after.n).interval)
    if after.unit == "nps" and (was := _groups(old)) and (now := _groups(new)):
        return replace(change, interval=nps_delta(was, now).interval)
    return change


def _groups(kpi: Kpi) -> tuple[int, int, int] | None:
    """Promoters, detractors and all answers of an NPS; None where it does not tell them apart."""
    if counts := kpi.counts:
        promoters = sum(n for value, n in counts.items() if value >= 9)
        detractors = sum(n for value, n in counts.items() if value <= 6)
        n = sum(counts.values())
    else:
        promoters, detractors = kpi.promoters or 0, kpi.detractors or 0
        n = promoters + detractors + (kpi.passives or 0)
    return (promoters, detractors, n) if n else None
