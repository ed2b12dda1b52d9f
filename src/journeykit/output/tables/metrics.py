"""KPIs with their intervals, surveys at touchpoints, and how well the author's scores agree with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from journeykit.model.figures import Percent
from journeykit.model.times import Duration
from journeykit.output.paint import one_line
from journeykit.output.summary import counted
from journeykit.output.table import Column, FormattedNumber, Table
from journeykit.output.tables import ScoredJourney
from journeykit.scoring import Rated, Scores
from journeykit.scoring.calibration import Calibration, calibration
from journeykit.scoring.display import fixed, fixed_percent, grouped, percent, rounded, signed
from journeykit.scoring.metrics import LOW_BASE, Metric, metrics
from journeykit.scoring.settings import LEAST_BASE
from journeykit.scoring.significance import sample_size

KINDS = {"ces": "CES 2.0", "ces1": "CES 1", "response_time": "first response time"}
STATISTICS = {"median": "median ", "mean": "mean ", "p90": "90 % within ", None: ""}
NO_SPREAD = "no spread: no interval"
"""The remark on answers that are all the same, whose spread is unknown."""
MARGIN = 0.1
"""The margin of error up to which a share is exact enough to act on."""


def service_metrics(scored: ScoredJourney) -> Table:
    """Return a row for each KPI, in the order of the file."""
    columns = [
        Column("id", "Id"), Column("title", "", for_programs=True),
        Column("kind", "Metric", _kind, wraps=True, drop_order=4), Column("scale", "", for_programs=True),
        Column("statistic", "", for_programs=True), Column("clock", "", for_programs=True),
        Column("at", "At", ", ".join, wraps=True, drop_order=5),
        Column("value", "Value", FormattedNumber.text, right=True), Column("unit", "", for_programs=True),
        Column("low", "95 % from", FormattedNumber.text, right=True, drop_order=2),
        Column("high", "to", FormattedNumber.text, right=True, drop_order=2),
        Column("n", "n", right=True), Column("response_rate", "", for_programs=True),
        Column("target", "Target", FormattedNumber.text, right=True),
        Column("met", "", _met, style=lambda met: "green" if met else "red", empty=""),
        Column("period", "Period", drop_order=6), Column("note", "", wraps=True, empty="", drop_order=1),
    ]  # fmt: skip
    found = metrics(scored.journey)
    rows = [_metric_row(metric) for metric in found]
    return Table("Service metrics", columns, rows, note=_base_note(any(metric.low_base for metric in found)))


def _metric_row(metric: Metric) -> list[Any]:
    kpi, hidden = metric.kpi, metric.suppressed
    low, high = (None, None) if hidden or metric.interval is None else metric.interval
    figures = (_formatted(metric, None if hidden else metric.value), _formatted(metric, low), _formatted(metric, high))
    value, *ends = figures
    return [
        kpi.id, kpi.title, kpi.kind, metric.scale, metric.statistic, kpi.clock, list(kpi.at) or None,
        value, metric.unit, *ends, metric.n, metric.response_rate, _target(metric), None if hidden else metric.met,
        kpi.period, "; ".join(_notes(metric)),
    ]  # fmt: skip


def _kind(kind: str) -> str:
    return KINDS.get(kind) or (kind.upper() if kind in ("csat", "nps", "fcr") else kind.replace("_", " "))


def _met(met: bool) -> str:
    return "met" if met else "missed"


def _formatted(metric: Metric, value: float | None) -> FormattedNumber | None:
    if value is None:
        return None
    if metric.unit == "share":
        return FormattedNumber(value, fixed_percent(value))
    if metric.unit == "time":
        kpi = metric.kpi
        written = str(next(one for one in (kpi.median, kpi.value, kpi.mean, kpi.p90) if one is not None))
        return FormattedNumber(value, f"{STATISTICS[metric.statistic]}{written}")
    return FormattedNumber(value, figure_text(metric, value))


def figure_text(metric: Metric, value: float) -> str:
    """Return an NPS, a mean or a number, which has at most two decimals, with its unit."""
    unit = f" {one_line(metric.kpi.unit)}" if metric.kpi.unit else ""
    return fixed(value) if metric.unit in ("nps", "ces") else f"{grouped(value)}{unit}"


def _target(metric: Metric) -> FormattedNumber | None:
    """Return the target, as it was written where it is in another unit than the figure."""
    written = metric.kpi.target
    if isinstance(written, Duration):
        return FormattedNumber(written.seconds, str(written))
    if metric.target is None and written is not None:
        if isinstance(written, Percent):
            return FormattedNumber(written.share, str(written))
        return FormattedNumber(written, f"{written:g}")
    return _formatted(metric, metric.target)


def _notes(metric: Metric) -> Iterator[str]:
    if metric.suppressed:
        yield too_few(metric.minimum_base)
        return
    if metric.no_spread:
        yield NO_SPREAD
    if metric.low_base:
        yield "low base"
    if metric.easy is not None:
        yield f"{percent(metric.easy)} find it easy"
    if metric.p90 is not None and metric.statistic != "p90":
        yield f"90 % within {metric.kpi.p90}"
    if metric.kpi.clock:
        yield f"{metric.kpi.clock} hours"
    if metric.response_rate is not None:
        yield f"response rate {percent(metric.response_rate)}"


def _base_note(low_base: bool) -> str:
    if not low_base:
        return ""
    enough = f"a share is known to ±{100 * MARGIN:.0f} points from {sample_size(MARGIN)} answers on"
    return f"Low base: fewer than {LOW_BASE} answers; {enough}."


def surveys(scored: ScoredJourney) -> Table:
    """Return a row for each touchpoint with a survey: what customers say and what the map says, on 0..100."""
    columns = [
        Column("id", "Id"), Column("title", "Touchpoint", wraps=True),
        Column("measured", "Measured", fixed, right=True),
        Column("low", "95 % from", fixed, right=True, drop_order=2),
        Column("high", "to", fixed, right=True, drop_order=2),
        Column("n", "n", right=True), Column("stated", "Stated", fixed, right=True),
        Column("gap", "Stated − measured", signed, right=True, drop_order=3), Column("period", "Period", drop_order=5),
        Column("note", "", wraps=True, empty="", drop_order=1),
    ]  # fmt: skip
    surveyed = [rated for rated in scored.scores.touchpoints if rated.measured_score is not None or rated.suppressed]
    found = calibration(scored.scores.touchpoints, scored.scores.settings)
    rows = [_survey_row(rated, scored.scores.settings.minimum_base) for rated in surveyed]
    return Table("Surveys at touchpoints", columns, rows, note=calibration_text(found) if found else "")


def too_few(minimum_base: int) -> str:
    """Return why a figure is not shown."""
    return f"fewer than {minimum_base} answers: not shown"


def _survey_row(rated: Rated, minimum_base: int) -> list[Any]:
    measured, n, stated = rated.measured_score, rated.base, rated.stated_score
    survey = rated.touchpoint.measured
    period = survey.period if survey else None
    if rated.suppressed:
        why = too_few(minimum_base)
        return [rated.id, rated.touchpoint.title, None, None, None, n, stated, None, period, why]
    low = high = gap = None
    if measured is not None and rated.source == "measured" and rated.interval and rated.half_width is not None:
        low, high = max(0.0, measured - rated.half_width), min(100.0, measured + rated.half_width)
    if measured is not None and stated is not None:
        gap = stated - measured
    notes = ["low base"] if n is not None and n < LOW_BASE else []
    if n is not None and rated.source == "measured" and not rated.interval:
        notes.append(NO_SPREAD)
    return [rated.id, rated.touchpoint.title, measured, low, high, n, stated, gap, period, "; ".join(notes)]


def calibration_text(found: Calibration) -> str:
    """Return the calibration in words."""
    bias = rounded(found.bias)
    leaning = (
        f"is {abs(bias):f} points {'rosier' if bias > 0 else 'gloomier'} than they are" if bias else "leans neither way"
    )
    both = f"{counted(found.n, 'touchpoint')} that both the map and customers rate"
    same = f"at {found.same_side * found.n:.0f} both are on the same side of neutral"
    lines = [f"{both}: the map {leaning}, and off by {fixed(found.mae)} on average; {same}."]
    if found.blind_spots:
        lines.append(f"Blind spots, pain that the map does not show: {', '.join(map(one_line, found.blind_spots))}.")
    if found.false_alarms:
        lines.append(f"False alarms, pain that customers do not feel: {', '.join(map(one_line, found.false_alarms))}.")
    return "\n".join(lines)


def metric_data(metric: Metric) -> dict[str, Any]:
    """Return the JSON of a KPI; figures with too few answers are null."""
    hidden = metric.suppressed
    return {
        "id": metric.kpi.id,
        "title": metric.kpi.title,
        "kind": metric.kpi.kind,
        "scale": metric.scale,
        "statistic": metric.statistic,
        "clock": metric.kpi.clock,
        "at": list(metric.kpi.at),
        "unit": metric.unit,
        "value": None if hidden else metric.value,
        "interval": None if hidden else metric.interval,
        "n": metric.n,
        "sent": metric.kpi.sent,
        "response_rate": metric.response_rate,
        "low_base": metric.low_base,
        "suppressed": hidden,
        "better": metric.better,
        "target": metric.target,
        "met": None if hidden else metric.met,
        "mean": None if hidden else metric.mean,
        "p90": None if hidden else metric.p90,
        "easy": None if hidden else metric.easy,
        "easy_interval": None if hidden else metric.easy_interval,
        "period": metric.kpi.period,
    }


def survey_data(rated: Rated) -> dict[str, Any] | None:
    """Return the JSON of a touchpoint's survey, on 0..100; None where there is none."""
    if rated.measured_score is None and not rated.suppressed:
        return None
    _, _, score, low, high, n, _, _, period, _ = _survey_row(rated, LEAST_BASE)
    return {
        "score": score,
        "interval": None if low is None else [low, high],
        "n": n,
        "low_base": n is not None and n < LOW_BASE,
        "suppressed": rated.suppressed,
        "period": period,
    }


def calibration_data(scores: Scores) -> dict[str, Any] | None:
    """Return the JSON of the calibration; None without two touchpoints that have a stated and a measured score."""
    found = calibration(scores.touchpoints, scores.settings)
    return None if found is None else asdict(found)
