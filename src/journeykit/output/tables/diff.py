"""Diffs of journeys as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from journeykit.comparing import Comparison, LowPointDiff
from journeykit.comparing.journey_diff import JourneyDiff
from journeykit.comparing.measurements import SPREADLESS, KpiDiff, SurveyDiff
from journeykit.output.numbers import duration
from journeykit.output.paint import one_line, shown_name
from journeykit.output.summary import counted
from journeykit.output.table import Column, Table
from journeykit.output.tables import file_column
from journeykit.output.tables.metrics import STATISTICS, figure_text, too_few
from journeykit.output.tables.part_diff import part_rows
from journeykit.output.tables.scores import hidden_surveys
from journeykit.output.tables.touchpoint_diff import arrow, describe_diff, describe_touchpoint
from journeykit.scoring import LowPoint, Scores, Settings
from journeykit.scoring.display import fixed, fixed_percent, percent, rounded, signed
from journeykit.scoring.metrics import Metric

EFFORT = {
    "touchpoints": "Touchpoints", "customer_contacts": "Contacts started by the customer",
    "channel_switches": "Channel switches", "elapsed": "Time elapsed", "waiting": "Time spent waiting",
    "handoffs": "Handoffs",
}  # fmt: skip
TIMES = ("elapsed", "waiting")
FATES = {"new": "new", "unmasked": "unmasked", "persisting": "persists", "resolved": "resolved"}


def _delta_style(delta: float) -> str:
    return "green" if delta > 0 else "red" if delta < 0 else ""


DELTA = Column("delta", "Diff", signed, right=True, style=_delta_style)


def journeys(changes: Sequence[JourneyDiff]) -> Table:
    """Return a row for each journey that differs."""
    columns = [
        file_column([change.file for change in changes]), Column("title", "Journey", wraps=True),
        Column("score", "Score"), DELTA, Column("half_width", "±", fixed, right=True, drop_order=1),
        Column("verdict", "", wraps=True), Column("low_points", "Low points", wraps=True, empty="", drop_order=2),
    ]  # fmt: skip
    return Table("", columns, [_journey_row(change) for change in changes])


def _journey_row(change: JourneyDiff) -> list[Any]:
    comparison = change.comparison
    delta, u = (comparison.delta, comparison.half_width) if comparison else (None, None)
    return [
        change.file, change.scores.journey.title, score_words(change), delta, u, verdict(change),
        low_point_words(comparison) if comparison else "",
    ]  # fmt: skip


def score_words(change: JourneyDiff) -> str:
    """Return both scores: 41.2 → 55.3."""
    return arrow(fixed, change.old and change.old.score, change.new and change.new.score)


def verdict(change: JourneyDiff) -> str:
    """Return what the difference of the scores means, in words."""
    comparison = change.comparison
    if comparison is None:
        return f"journey {change.status}"
    delta = comparison.delta
    if delta is None:
        had = [name for name, one in (("before", comparison.old), ("after", comparison.new)) if one.score is None]
        return f"no score {' and '.join(had)}: too little is rated"
    if not rounded(delta):
        return "the score stays"
    word = "better" if delta > 0 else "worse"
    if change.simulated:
        return "if every target is reached"
    if comparison.verdict == "intended":
        return "as intended, not measured"
    if comparison.verdict == "assumed":
        return f"{word} as the map assumes; no research or survey is behind what differs"
    if comparison.verdict == "rescaled":
        return "not comparable: a survey was held on another scale"
    if comparison.verdict == "beyond":
        return f"{word}, by more than the uncertainty of the scores"
    return f"perhaps {word}, but the difference is within the uncertainty of the scores"


def low_point_words(comparison: Comparison) -> str:
    """Return how many low points are new, unmasked, persist, were resolved."""
    fates = [low.fate for low in comparison.low_points]
    parts = [f"{fates.count(fate)} {word}" for fate, word in FATES.items() if fate in fates]
    return ", ".join(parts)


def headline(change: JourneyDiff) -> list[str]:
    """Return the lines about a journey above its tables."""
    title = one_line(change.scores.journey.title)
    comparison = change.comparison
    if comparison is None:
        value = change.scores.score
        scored = "no score" if value is None else f"score {fixed(value)} {change.scores.word}"
        lines = [f"{title}  ({shown_name(change.file)})", f"  journey {change.status}: {scored}"]
        return [*lines, *(f"  {line}" for line in remarks(change))]
    lines = [f"{title}  ({_files(change)})", f"  score {_scores_and_words(comparison)}: {verdict(change)}"]
    lines += [f"  {line}" for line in remarks(change)]
    counts = low_point_words(comparison)
    return [*lines, *([f"  low points: {counts}"] if counts else [])]


def _scores_and_words(comparison: Comparison) -> str:
    def shown(scores: Scores) -> str:
        return "–" if scores.score is None else f"{fixed(scores.score)} {scores.word}"

    text = f"{shown(comparison.old)} → {shown(comparison.new)}"
    if comparison.delta is None:
        return text
    u = f" ± {fixed(comparison.half_width)}" if comparison.half_width is not None else ""
    return f"{text} ({signed(comparison.delta)}{u})"


def _files(change: JourneyDiff) -> str:
    old, new = shown_name(change.old_file or ""), shown_name(change.new_file or "")
    return new if old == new else f"{old} → {new}"


def remarks(change: JourneyDiff) -> Iterator[str]:
    """Yield remarks on how to read the figures."""
    yield from _hidden_surveys(change)
    if change.old is None or change.new is None:
        return
    old, new = change.old.journey, change.new.journey
    if old.title != new.title:
        yield f"title: was “{one_line(old.title)}”"
    if old.state != new.state:
        yield f"state: {old.state} → {new.state}"
    if change.rescored and change.own:
        yield f"scoring changed ({settings_words(change.own, change.new.settings)}); both are scored by the new one"
    for name, scores in (("before", change.old), ("after", change.new)):
        if scores.partial and scores.score is not None:
            yield f"partial score {name}: {percent(scores.coverage)} rated"


def _hidden_surveys(change: JourneyDiff) -> Iterator[str]:
    """Yield on which surveys the scores rest although they are not shown; once where both rest on the same."""
    versions = (("the score before", change.old), ("the score after", change.new))
    told = {
        name: f"{'mostly ' * scores.withheld}{hidden_surveys(scores)}"
        for name, scores in versions
        if scores is not None and scores.rests_on
    }
    if len(told) == len(versions) and len({*told.values()}) == 1:
        told = {"each score": next(iter(told.values()))}
    yield from (f"{name} {words}" for name, words in told.items())


def settings_words(old: Settings, new: Settings) -> str:
    """Return which settings differ: profile balanced → mean."""
    parts = []
    for one in fields(Settings):
        before, after = getattr(old, one.name), getattr(new, one.name)
        if one.name == "weights":
            if old.profile == new.profile and before != after:
                parts.append("weights changed")
        elif before != after:
            show = f"{{}} {before} → {after}" if isinstance(before, str) else f"{{}} {before:g} → {after:g}"
            parts.append(show.format(one.name.replace("_", "-")))
    return ", ".join(parts)


def touchpoints(changes: Sequence[JourneyDiff]) -> Table:
    """Return a row for each touchpoint that differs."""
    columns = [
        file_column([change.file for change in changes]),
        Column("change", "", style=lambda kind: {"added": "green", "removed": "red"}.get(kind, "")),
        Column("moved", "", for_programs=True), Column("renamed", "", for_programs=True),
        Column("matched_by", "", for_programs=True),
        Column("old_id", "", for_programs=True), Column("id", "Id", for_programs=True),
        Column("number", "#", right=True, drop_order=2),
        Column("title", "Touchpoint", wraps=True), Column("what", "What changed", wraps=True, empty=""),
        Column("old_score", "Before", fixed, right=True, drop_order=1),
        Column("score", "After", fixed, right=True), DELTA,
    ]  # fmt: skip
    return Table("Touchpoints", columns, [row for change in changes for row in _touchpoint_rows(change)])


def _touchpoint_rows(change: JourneyDiff) -> Iterator[list[Any]]:
    if (comparison := change.comparison) is None:
        return
    for one in comparison.touchpoints:
        if one.kind == "same" and not one.moved:
            continue
        kind = "moved" if one.kind == "same" else one.kind
        describe = describe_diff if one.old and one.new else describe_touchpoint
        yield [
            change.file, kind, one.moved, one.renamed, one.pair.basis, one.old and one.old.id, one.new and one.new.id,
            one.rated.number, one.rated.touchpoint.title, describe(one, comparison.old.journey, comparison.new.journey),
            one.old and one.old.score, one.new and one.new.score, one.delta,
        ]  # fmt: skip


def parts(change: JourneyDiff) -> Table:
    """Return a row for the journey itself, its persona, and each stage, source or other part that differs."""
    columns = [
        Column("change", "", style=lambda kind: {"added": "green", "removed": "red"}.get(kind, "")),
        Column("part", "Part"), Column("name", "", wraps=True, empty=""),
        Column("what", "What changed", wraps=True, empty=""),
    ]  # fmt: skip
    return Table("Beside the touchpoints", columns, list(part_rows(change)))


def low_points(change: JourneyDiff) -> Table:
    """Return a row for each low point before and after."""
    columns = [
        Column("fate", "", style=lambda fate: {"new": "red", "resolved": "green"}.get(fate, "")),
        Column("title", "Low point", wraps=True), Column("kind", "Kind"), Column("score", "Score", right=True),
        Column("severity", "Severity", right=True, drop_order=1),
    ]  # fmt: skip
    found = change.comparison.low_points if change.comparison else ()
    return Table("Low points", columns, [_low_point_row(change, one) for one in found])


def _low_point_row(change: JourneyDiff, one: LowPointDiff) -> list[Any]:
    low, scores = (one.new, change.new) if one.new else (one.old, change.old)
    assert low is not None
    assert scores is not None
    title = scores.by_id[low.id].touchpoint.title
    both = [(pick(one.old), pick(one.new)) for pick in (_kind, _score, _severity)]
    if one.fate != "persisting":
        both = [(value, value) for value in (low.kind, low.score, low.severity)]
    (kind, score, severity) = both
    return [
        FATES[one.fate], title, arrow(str, *kind), arrow(fixed, *score), arrow(fixed, *severity),
    ]  # fmt: skip


def _kind(low: LowPoint | None) -> str | None:
    return None if low is None else low.kind


def _score(low: LowPoint | None) -> float | None:
    return None if low is None else low.score


def _severity(low: LowPoint | None) -> float | None:
    return None if low is None else low.severity


def effort(change: JourneyDiff) -> Table:
    """Return a row for each figure of the effort that differs."""
    columns = [
        Column("name", "Effort"), Column("old", "Before", right=True), Column("new", "After", right=True),
        Column("delta", "Diff", right=True),
    ]  # fmt: skip
    rows = []
    for figure in change.comparison.effort if change.comparison else ():
        if figure.old == figure.new:
            continue
        show = duration if figure.name in TIMES else "{:g}".format
        delta = None
        if figure.old is not None and figure.new is not None:
            more = figure.new - figure.old
            delta = ("+" if more > 0 else "−") + show(abs(more))
        rows.append([EFFORT[figure.name], *(None if n is None else show(n) for n in (figure.old, figure.new)), delta])
    return Table("Effort", columns, rows)


def surveys(change: JourneyDiff) -> Table:
    """Return a row for each survey at a touchpoint that differs."""
    columns = [
        Column("title", "Touchpoint", wraps=True), Column("score", "Measured (0 to 100)"),
        Column("n", "n", drop_order=1), DELTA, Column("interval", "Single 95 %", drop_order=2),
        Column("verdict", "", wraps=True),
    ]  # fmt: skip
    rows = [_survey_row(one, _minimum_base(change)) for one in change.surveys]
    return Table("Surveys at touchpoints", columns, rows, note=_corrected(change, change.surveys))


def _minimum_base(change: JourneyDiff) -> int:
    return change.scores.settings.minimum_base


def _corrected(change: JourneyDiff, shown: Sequence[SurveyDiff | KpiDiff]) -> str:
    """Return a note that p-values are corrected, if a run compares several figures."""
    if change.measurements is None or not any(one.p is not None for one in shown):
        return ""
    return "p corrected over everything that is compared here (Holm); the intervals are single ones."


def _survey_row(survey: SurveyDiff, minimum_base: int) -> list[Any]:
    hidden = survey.suppressed
    interval = None if survey.interval is None else _range(signed, survey.interval)
    words = too_few(minimum_base) if hidden else _certain(survey)
    return [
        survey.touchpoint.rated.touchpoint.title, None if hidden else arrow(fixed, survey.old, survey.new),
        arrow(str, survey.old_n, survey.new_n), survey.delta, interval, words,
    ]  # fmt: skip


def kpis(change: JourneyDiff) -> Table:
    """Return a row for each KPI that differs."""
    columns = [
        Column("id", "Metric"), Column("value", "Value"), Column("n", "n", drop_order=1), Column("delta", "Diff"),
        Column("interval", "Single 95 %", drop_order=2), Column("verdict", "", wraps=True, empty=""),
    ]  # fmt: skip
    rows = [_kpi_row(one, _minimum_base(change)) for one in change.kpis]
    return Table("Service metrics", columns, rows, note=_corrected(change, change.kpis))


def _kpi_row(change: KpiDiff, minimum_base: int) -> list[Any]:
    known = [metric for metric in (change.old, change.new) if metric is not None]
    numbers = [None if metric is None else metric.n for metric in (change.old, change.new)]
    unit = known[0].unit
    words = _certain(change)
    if any(metric.suppressed for metric in known):
        words = too_few(minimum_base)
    elif len(known) == 1:
        words = "added" if change.new else "removed"
    elif change.delta == 0:
        words = "the figure stays" + (", low base" if change.low_base else "")
    return [
        known[-1].kpi.title or known[-1].kpi.id, arrow(_figure, change.old, change.new), arrow(str, *numbers),
        None if not change.delta else _difference(change.delta, unit),
        None if change.interval is None else _range(lambda value: _difference(value, unit), change.interval), words,
    ]  # fmt: skip


def _figure(metric: Metric) -> str:
    if metric.value is None or metric.suppressed:
        return "–"
    if metric.unit == "share":
        return fixed_percent(metric.value)
    if metric.unit == "time":
        return STATISTICS[metric.statistic] + duration(metric.value)
    return figure_text(metric, metric.value)


def _difference(delta: float, unit: str) -> str:
    if unit == "time":
        return ("+" if delta > 0 else "−") + duration(abs(delta))
    return f"{signed(100 * delta)} points" if unit == "share" else signed(delta)


def _range(show: Any, interval: tuple[float, float]) -> str:
    return f"{show(interval[0])} to {show(interval[1])}"


def _certain(diff: SurveyDiff | KpiDiff) -> str:
    """Return whether a difference is more than chance, in words, or why it is not known."""
    if diff.not_comparable:
        spread = diff.not_comparable == SPREADLESS
        return diff.not_comparable if spread else f"not comparable: {diff.not_comparable}"
    parts = [] if diff.certain is None else ["more than chance" if diff.certain else "may be chance"]
    if diff.p is not None:
        parts[0] += f" (p {diff.p:.3f})" if diff.p >= 0.001 else " (p < 0.001)"
    return ", ".join([*parts, *(["low base"] if diff.low_base else [])])


def details(change: JourneyDiff) -> list[Table]:
    """Return the tables of one journey; empty ones are left out."""
    if change.comparison is None:
        return []
    tables = [touchpoints([change]), parts(change), low_points(change), effort(change), surveys(change), kpis(change)]
    return [table for table in tables if table.rows]


def summary(changes: Sequence[JourneyDiff], unchanged: int) -> str:
    """Return how many journeys there are of each kind: 1 journey changed, 2 unchanged."""
    kinds = [change.status for change in changes]
    counts = [(kinds.count("changed"), "changed"), (kinds.count("added"), "added"), (kinds.count("removed"), "removed")]
    parts = [f"{number:,} {word}" for number, word in [*counts, (unchanged, "unchanged")] if number]
    if not parts:
        return "no journey compared"
    first, *others = parts
    number, _, word = first.partition(" ")
    return ", ".join([f"{counted(int(number.replace(',', '')), 'journey')} {word}", *others])
