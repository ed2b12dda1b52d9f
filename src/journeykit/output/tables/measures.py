"""What was measured of journeys: beside the map for people, all statistics for programs, with the method."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from journeykit.data.periods import is_complete, months_of, year_before
from journeykit.data.questions import MISSING, About
from journeykit.measuring.control import SEASON, season_note
from journeykit.measuring.differences import Comparisons, Difference, Overall
from journeykit.measuring.estimates import Statistic, Unit
from journeykit.measuring.log import Log, Next
from journeykit.measuring.measurements import Measurement, has_low_base, scale_of
from journeykit.measuring.written import SATISFACTION, Written, chosen_period
from journeykit.model import Journey
from journeykit.output.numbers import duration, score_style
from journeykit.output.paint import one_line
from journeykit.output.summary import counted
from journeykit.output.table import Column, FormattedNumber, Table, without
from journeykit.output.tables import VERSION, ScoredJourney, head
from journeykit.output.tables.metrics import calibration_text
from journeykit.output.tables.scores import joined
from journeykit.reading import Document
from journeykit.scoring import Rated
from journeykit.scoring.calibration import Calibration, calibration
from journeykit.scoring.display import MINUS, fixed, fixed_percent, grouped, percent, signed, word
from journeykit.scoring.significance import CORRECTION_NAMES, SURE

FIGURES = {
    "csat": "CSAT", "csat7": "CSAT", "nps": "NPS", "ces": "CES 2.0", "ces1": "CES 1", "rating": "rating",
}  # fmt: skip
NOT_COMPARED = Comparisons()
OF_LOG = ("reach", "reach_log", "wait", "median", "p90")
OF_ANSWERS = ("value", "interval", "n", "gap", "period", "note")
"""Columns that are left out where no log, or no survey, speaks of any touchpoint."""
NOT_SHOWN = "too few answers: not shown"
LEAST_RANKED = 5
"""A rank correlation of fewer touchpoints says nothing."""


@dataclass(frozen=True)
class MeasuredJourney:
    """A journey and what was measured of it; figures that must not be shown are hidden already."""

    document: Document
    scored: ScoredJourney
    today: date
    minimum_base: int
    abouts: Mapping[str, About] = field(default_factory=dict)
    """What was read of each source, by its name."""
    measurements: tuple[Measurement, ...] = ()
    comparisons: Comparisons = NOT_COMPARED
    written: tuple[Written, ...] = ()
    """What the file should say."""
    logs: tuple[Log, ...] = ()
    """Logs of events, seen through the map."""

    def log_of(self, touchpoint: str) -> Log | None:
        """Return the log that has most cases with a touchpoint; None if none has any."""
        seen = [log for log in self.logs if touchpoint in log.seen]
        return max(seen, key=lambda log: log.cases_with[touchpoint], default=None)

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.scored.file

    @property
    def journey(self) -> Journey:
        """The journey as the file has it."""
        return self.scored.journey

    @property
    def unmatched(self) -> dict[tuple[str, str], int]:
        """Questions that are no touchpoint of the journey by source and label, with the number of shown answers."""
        found: dict[tuple[str, str], int] = {}
        for one in self.measurements:
            if one.touchpoint is None and not one.cell.segments:
                key = (one.source, one.cell.item)
                found[key] = found.get(key, 0) + (one.n or 0)
        return found

    @cached_property
    def newest(self) -> list[Measurement]:
        """The measurement of each item that a report shows: of the period which would be written, of every source."""
        groups: dict[tuple[Any, ...], list[Measurement]] = {}
        for one in self.measurements:
            if not one.cell.segments:
                groups.setdefault((one.touchpoint, one.cell.metric, one.cell.item, one.definition.kind), []).append(one)
        shown = []
        for members in groups.values():
            first = chosen_period(members, self.today) or members[-1]
            others = (one for one in members if one.cell.period == first.cell.period and one.source != first.source)
            shown += [first, *others]
        return shown

    @property
    def rivals(self) -> dict[str, list[str]]:
        """The sources of each figure that several of them have of the same period, the one that is written first."""
        found: dict[str, list[str]] = {}
        for one in self.newest:
            if one.definition.kind == "answer" and one.touchpoint is not None and not one.suppressed:
                metric = "satisfaction" if one.cell.metric in SATISFACTION and one.touchpoint else one.cell.metric
                found.setdefault(f"{metric} of {one.touchpoint or 'the journey'}", []).append(one.source)
        return {name: list(dict.fromkeys(sources)) for name, sources in found.items() if len(set(sources)) > 1}

    def at(self, touchpoint: str) -> Measurement | None:
        """Return how satisfied customers are at a touchpoint, as a report shows it."""
        found = [one for one in self.newest if one.touchpoint == touchpoint and one.cell.metric in SATISFACTION]
        return min(found, key=lambda one: (one.suppressed, SATISFACTION.index(one.cell.metric)), default=None)

    def change_of(self, one: Measurement) -> Difference | None:
        """Return the difference of a measurement from the period before."""
        return next((each for each in self.comparisons.changes if each.after is one), None)

    def in_a_year(self, one: Measurement) -> Difference | None:
        """Return the difference of a measurement from the same month, quarter or week of the year before."""
        period = year_before(one.cell.period)
        changes = (each for each in self.comparisons.changes if each.after is one)
        return next((each for each in changes if each.before.cell.period == period), None)


def shown_value(value: float, unit: Unit) -> str:
    """Return a value for people."""
    if unit == "share":
        return fixed_percent(value)
    if unit == "time":
        return duration(value)
    return fixed(value).replace("-", MINUS) if unit in ("points", "nps") else grouped(value)


def interval_text(low: float | None, high: float | None, unit: Unit) -> str:
    """Return an interval for people: 66.9–69.5; open where it is not bounded."""
    if low is None and high is None:
        return ""
    ends = [shown_value(one, unit) if one is not None else "" for one in (low, high)]
    if unit == "share":
        ends = [one.removesuffix(" %") for one in ends]
    if unit == "nps":
        return f"{ends[0]} to {ends[1]}"
    return f"{ends[0] or '…'}–{ends[1] or '…'}" + " %" * (unit == "share")


def _number(value: float | None, unit: Unit) -> FormattedNumber | None:
    return None if value is None else FormattedNumber(value, shown_value(value, unit))


def _change_text(change: Difference | None) -> str:
    """Return a change from the period before: +4.4, −8.9 *, where a star is more than chance."""
    if change is None:
        return ""
    if change.delta is None:
        return "not compared" if change.not_comparable else ""
    if change.ratio:
        text = f"×{change.delta:.2f}"
    else:
        scaled = 100 * change.delta if change.unit == "share" else change.delta
        text = signed(scaled)
    sure = change.verdict().startswith("more than chance")
    return f"{text} *" if sure else text


def touchpoints(found: MeasuredJourney) -> Table:
    """Return a row for each touchpoint: what the map says, what customers say, and where they differ."""
    columns = [
        Column("number", "#", right=True), Column("id", "", for_programs=True),
        Column("title", "Touchpoint", wraps=True),
        Column("stated", "Stated", fixed, right=True, drop_order=1),
        Column("value", "Customers say", _said, right=True, style=score_style),
        Column("interval", "95 % CI", right=True), Column("n", "n", grouped, right=True),
        Column("gap", "Map off by", right=True, drop_order=2),
        Column("change", "Change", right=True, drop_order=3),
        Column("year_change", "In a year", right=True, drop_order=4),
        Column("top", "Top box", fixed_percent, right=True, drop_order=6),
        Column("effective_n", "n eff.", grouped, right=True, drop_order=7),
        Column("reach", "Reach: map", percent, right=True, drop_order=8),
        Column("met", "answers", percent, right=True, drop_order=8),
        Column("reach_log", "Reach: log", percent, right=True, drop_order=4),
        Column("wait", "Wait: map", duration, right=True, drop_order=3),
        Column("median", "Wait: half", duration, right=True, drop_order=2),
        Column("p90", "90 %", duration, right=True, drop_order=5),
        Column("period", "Period", drop_order=5), Column("note", "", wraps=True, empty="", drop_order=4),
    ]  # fmt: skip
    rows = [_touchpoint_row(found, rated) for rated in found.scored.scores.touchpoints]
    columns, rows = _without_empty(
        columns, rows, ("change", "year_change", "top", "effective_n", "met", *OF_LOG, *OF_ANSWERS)
    )
    return Table("Touchpoints", columns, rows, note="\n".join(_touchpoint_notes(found)))


def _said(value: float) -> str:
    return f"{fixed(value)} {word(value)}"


def _touchpoint_row(found: MeasuredJourney, rated: Rated) -> list[Any]:
    one = found.at(rated.id)
    row: list[Any] = [rated.number, rated.id, rated.touchpoint.title, rated.stated_score]
    if one is None:
        return [*row, None, "", None, "", "", "", None, None, *_of_log(found, rated, None), "", ""]
    if one.suppressed:
        return [*row, None, "", None, "", "", "", None, None, *_of_log(found, rated, None), one.cell.period, NOT_SHOWN]
    average = one.statistics[0]
    top = next((each.value for each in one.statistics if each.unit == "share"), None)
    change, in_a_year = _change_text(found.change_of(one)), _change_text(found.in_a_year(one))
    return [
        *row, average.value, interval_text(average.low, average.high, average.unit), one.n, _gap(rated, average),
        change, in_a_year, top, one.effective_n and round(one.effective_n), *_of_log(found, rated, one.reach),
        one.cell.period, "; ".join(_notes(one)),
    ]  # fmt: skip


def _of_log(found: MeasuredJourney, rated: Rated, answered: Statistic | None) -> list[Any]:
    """Return reach as the map, the answers and the log have it, and the wait of the map and of the log."""
    log = found.log_of(rated.id)
    reach, wait = (log.reach(rated.id), log.wait(rated.id)) if log else (None, None)
    stated = rated.touchpoint.wait if wait else None
    return [
        rated.touchpoint.reach if answered or reach else None, answered and answered.value, reach and reach.value,
        stated and stated.seconds, wait and wait.median.value, wait and wait.p90.value,
    ]  # fmt: skip


def log_lines(found: MeasuredJourney) -> Iterable[str]:
    """Yield what a log says of the map as a whole: what it has besides, and how much of it the map allows."""
    for log in found.logs:
        if log.fit.moves and log.fit.ways and log.fit.moves.value is not None and log.fit.ways.value is not None:
            moves, ways = percent(log.fit.moves.value), percent(log.fit.ways.value)
            base = grouped(log.fit.ways.n or 0)
            yield f"The map allows {moves} of the moves of {log.source}, and all moves of {ways} of {base} cases."


def _without_empty(
    columns: Sequence[Column], rows: Sequence[Sequence[Any]], optional: Iterable[str]
) -> tuple[list[Column], list[list[Any]]]:
    """Return columns and rows without those optional columns that have no value in any row."""
    keep = [
        at
        for at, column in enumerate(columns)
        if column.key not in optional or any(row[at] not in (None, "") for row in rows)
    ]
    return [columns[at] for at in keep], [[row[at] for at in keep] for row in rows]


def _gap(rated: Rated, average: Statistic) -> str:
    """Return whether the map agrees with customers: inside of their interval, or by how much it is off."""
    if rated.stated_score is None or average.value is None:
        return ""
    if average.low is not None and average.high is not None and average.low <= rated.stated_score <= average.high:
        return "agrees"
    return signed(rated.stated_score - average.value)


def _notes(one: Measurement) -> list[str]:
    """Return the remarks on a measurement."""
    found = ["low base"] if one.low_base else []
    main = one.main
    if main and "no interval" in main.interval and main.interval != "no interval":
        found.append(main.interval)
    if one.response_rate is not None:
        found.append(f"{percent(one.response_rate)} of those asked answered")
    return [*found, *one.notes]


def _touchpoint_notes(found: MeasuredJourney) -> Iterable[str]:
    agreement = agreement_of(found)
    if agreement:
        yield from calibration_text(agreement).splitlines()
        if agreement.spearman is not None and agreement.n >= LEAST_RANKED:
            yield f"Rank correlation of map and customers: {agreement.spearman:.2f}."
    if any(one.reach for one in found.newest):
        yield "Reach in the answers: of those who answered or said that it does not apply; a proposal, never written."
    yield from log_lines(found)
    if any(found.change_of(one) for one in found.newest):
        yield "Change: from the period before; * is more than chance, corrected over all comparisons of this run."
    if any(found.in_a_year(one) for one in found.newest):
        yield "In a year: from the same month, quarter or week of the year before."


def agreement_of(found: MeasuredJourney) -> Calibration | None:
    """Return how well the stated scores agree with what was measured; figures that are hidden are left out."""
    rated = []
    for one in found.scored.scores.touchpoints:
        at = found.at(one.id)
        value = at.statistics[0].value if at and not at.suppressed else None
        rated.append(one._replace(measured_score=value))
    return calibration(rated, found.scored.scores.settings)


def key_figures(found: MeasuredJourney) -> Table:
    """Return a row for each figure that is no satisfaction of a touchpoint: NPS, CES, times, shares."""
    columns = [
        Column("figure", "Figure", wraps=True), Column("at", "At", drop_order=4),
        Column("source", "Source", drop_order=6), Column("statistic", "Statistic", drop_order=2),
        Column("value", "Value", FormattedNumber.text, right=True), Column("interval", "95 % CI", right=True),
        Column("n", "n", grouped, right=True), Column("effective_n", "n eff.", grouped, right=True, drop_order=7),
        Column("change", "Change", right=True, drop_order=3),
        Column("year_change", "In a year", right=True, drop_order=4),
        Column("period", "Period", drop_order=5), Column("note", "", wraps=True, empty="", drop_order=1),
    ]  # fmt: skip
    rows = [
        row
        for one in found.newest
        if not (one.touchpoint and one.cell.metric in SATISFACTION) and one.touchpoint is not None
        for row in _figure_rows(found, one)
    ]
    columns, rows = _without_empty(columns, rows, ("at", "effective_n", "change", "year_change"))
    if len(found.abouts) < 2:
        return without(Table("Key figures", columns, rows), "source")
    return Table("Key figures", columns, rows)


def figure_name(one: Measurement) -> str:
    """Return the name of a figure for people."""
    if one.definition.kind != "answer":
        return one.cell.item + (f" ({one.definition.clock} hours)" if one.definition.clock else "")
    return metric_name(one.cell.metric)


def _figure_rows(found: MeasuredJourney, one: Measurement) -> Iterable[list[Any]]:
    if one.suppressed:
        yield [
            figure_name(one),
            one.touchpoint,
            one.source,
            "",
            None,
            "",
            None,
            None,
            "",
            "",
            one.cell.period,
            NOT_SHOWN,
        ]
        return
    for at, each in enumerate(one.statistics):
        change = _change_text(found.change_of(one)) if at == 0 else ""
        in_a_year = _change_text(found.in_a_year(one)) if at == 0 else ""
        yield [
            figure_name(one), one.touchpoint, one.source, each.name, _number(each.value, each.unit),
            interval_text(each.low, each.high, each.unit), each.n, one.effective_n and round(one.effective_n), change,
            in_a_year, one.cell.period,
            "; ".join(_notes(one)) if at == 0 else "",
        ]  # fmt: skip


def segments(found: MeasuredJourney) -> Table:
    """Return a row for each item and segment in the period that is shown."""
    shown = {(one.source, one.cell.item, one.cell.metric): one.cell.period for one in found.newest}
    columns = [
        Column("item", "At", wraps=True), Column("figure", "Figure"), Column("segment", "Segment", wraps=True),
        Column("value", "Value", FormattedNumber.text, right=True), Column("interval", "95 % CI", right=True),
        Column("n", "n", grouped, right=True), Column("note", "", wraps=True, empty="", drop_order=1),
    ]  # fmt: skip
    rows = []
    for one in found.measurements:
        cell = one.cell
        if not cell.segments or cell.period != shown.get((one.source, cell.item, cell.metric)):
            continue
        name = ", ".join(f"{column}={value}" for column, value in cell.segments)
        place: list[Any] = [one.touchpoint or cell.item, figure_name(one), name]
        if one.suppressed or one.main is None:
            rows.append([*place, None, "", None, NOT_SHOWN])
            continue
        main = one.main
        rows.append(
            [*place, _number(main.value, main.unit), interval_text(main.low, main.high, main.unit), one.n,
             "; ".join(_notes(one))]
        )  # fmt: skip
    return Table("Segments", columns, rows, note="Fewer answers, and what they could be computed from, are not shown.")


def comparisons(found: MeasuredJourney) -> Table:
    """Return a row for each comparison: with the period before and the same one a year before, and of segments."""
    columns = [
        Column("item", "At", wraps=True), Column("figure", "Figure"), Column("compared", "Compared", wraps=True),
        Column("delta", "Difference", FormattedNumber.text, right=True),
        Column("interval", "single 95 %", right=True, drop_order=2),
        Column("p", f"p ({CORRECTION_NAMES[found.comparisons.correction]})", _p, right=True),
        Column("verdict", "", wraps=True, empty=""),
        Column("method", "Test", drop_order=3),
    ]  # fmt: skip
    tested = [*found.comparisons.changes, *found.comparisons.pairs]
    telling = [one for one in tested if one.verdict() not in ("", "within chance")]
    rows = [_overall_row(one) for one in found.comparisons.overall]
    rows += [_difference_row(one) for one in telling]
    others = sum(one.verdict() == "within chance" for one in tested)
    return Table("Comparisons", columns, rows, note=f"{counted(others, 'other')} within chance." if others else "")


def _p(value: float) -> str:
    return "< .0001" if value < 0.0001 else f"{value:.4f}".removeprefix("0")


def _subject(one: Measurement) -> list[Any]:
    return [one.touchpoint or one.cell.item, figure_name(one)]


def _difference_row(one: Difference) -> list[Any]:
    before, after = one.before.cell, one.after.cell
    if before.segments != after.segments:
        names = [", ".join(value for _, value in cell.segments) for cell in (before, after)]
        compared = f"{names[0]} → {names[1]}"
    else:
        inside = ", ".join(value for _, value in after.segments)
        compared = f"{before.period} → {after.period}" + (f" ({inside})" if inside else "")
    delta = None if one.delta is None else FormattedNumber(one.delta, _delta_text(one.delta, one))
    interval = (
        "" if one.low is None or one.high is None else f"{_delta_text(one.low, one)} to {_delta_text(one.high, one)}"
    )
    return [*_subject(one.after), compared, delta, interval, one.corrected, one.verdict(), one.method]


def _delta_text(value: float, one: Difference) -> str:
    if one.ratio:
        return f"×{value:.2f}"
    return signed(100 * value) if one.unit == "share" else signed(value) if one.unit != "scale" else f"{value:+.2f}"


def _overall_row(one: Overall) -> list[Any]:
    verdict = "they differ" if (one.corrected or 0) < SURE else "within chance"
    return [*_subject(one.parts[0]), f"all of {one.column}", None, "", one.corrected, verdict, one.method]


def statistics(found: MeasuredJourney) -> Table:
    """Return a row for each statistic of each item, period and segment, as programs read it."""
    columns = [
        Column("touchpoint", "Touchpoint", wraps=True), Column("source", "Source", drop_order=7),
        Column("item", "", for_programs=True), Column("metric", "Metric", metric_name),
        Column("statistic", "Statistic", wraps=True), Column("unit", "", for_programs=True),
        Column("scale", "", for_programs=True), Column("period", "Period"), Column("segment", "Segment", drop_order=2),
        Column("value", "Value", FormattedNumber.text, right=True),
        Column("low", "95 % from", FormattedNumber.text, right=True, drop_order=1),
        Column("high", "to", FormattedNumber.text, right=True, drop_order=1),
        Column("interval", "", for_programs=True), Column("n", "n", grouped, right=True),
        Column("n_effective", "", for_programs=True), Column("clusters", "", for_programs=True),
        Column("weighted", "", for_programs=True),
        *(Column(kind.replace(" ", "_"), "", for_programs=True) for kind in MISSING),
        Column("response_rate", "", for_programs=True), Column("reach", "", for_programs=True),
        Column("low_base", "", for_programs=True), Column("suppressed", "", for_programs=True),
        Column("counts", "", for_programs=True), Column("note", "", wraps=True, empty="", drop_order=3),
    ]  # fmt: skip
    return Table("", columns, [row for one in found.measurements for row in _statistic_rows(one)])


def metric_name(metric: str) -> str:
    """Return the name of a metric for people."""
    return FIGURES.get(metric, metric)


def _statistic_rows(one: Measurement) -> Iterable[list[Any]]:
    cell, definition = one.cell, one.definition
    scale = scale_of(definition) if definition.kind == "answer" else definition.clock or ""
    segment = " ".join(f"{column}={value}" for column, value in cell.segments)
    place = [one.touchpoint, one.source, cell.item, cell.metric]
    if one.suppressed:
        yield [
            *place, "", "", scale, cell.period, segment, None, None, None, "", None, None, None, None,
            *[None] * len(MISSING), None, None, None, True, "", NOT_SHOWN,
        ]  # fmt: skip
        return
    for each in one.statistics:
        yield [
            *place, each.name, each.unit, scale, cell.period, segment,
            *(_number(value, each.unit) for value in (each.value, each.low, each.high)), each.interval,
            each.n, one.effective_n, one.clusters, one.weighted, *(one.missing.get(kind, 0) for kind in MISSING),
            one.response_rate, one.reach.value if one.reach else None, has_low_base(each), False,
            " ".join(f"{score:g}={n}" for score, n in one.counts.items() if n), "; ".join(_notes(one)),
        ]  # fmt: skip


def ways(found: MeasuredJourney) -> Table:
    """Return a row for each way through the touchpoints that enough cases of a log take."""
    columns = [
        Column("source", "Source", drop_order=2), Column("way", "Way", wraps=True),
        Column("n", "Cases", grouped, right=True), Column("share", "Share", fixed_percent, right=True),
        Column("low", "95 % from", fixed_percent, right=True, drop_order=1),
        Column("high", "to", fixed_percent, right=True, drop_order=1), Column("allowed", "", empty=""),
    ]  # fmt: skip
    titles = {one.id: one.title for one in found.journey.touchpoints}
    rows = [
        [
            log.source, " → ".join(titles[id] for id in way), round((share.value or 0) * (share.n or 0)), share.value,
            share.low, share.high, "" if allowed else "not by the map",
        ]
        for log in found.logs for way, share, allowed in log.usual_ways
    ]  # fmt: skip
    note = "" if rows else "No way that enough cases of a log take."
    return Table("Ways", columns, rows, note=note)


def newest_statistics(found: MeasuredJourney) -> Table:
    """Return the statistics of the period that a report shows."""
    return statistics(replace(found, measurements=tuple(found.newest)))


def report(found: MeasuredJourney) -> list[Table | str]:
    """Return all there is of a journey for people: a heading, and the tables that have something to say."""
    tables = [touchpoints(found), key_figures(found), segments(found), comparisons(found)]
    return [heading(found), *(table for table in tables if table.rows)]


def joined_statistics(found: Sequence[MeasuredJourney]) -> Table:
    """Return the statistics of all journeys as one table."""
    return joined([(one.file, statistics(one)) for one in found] or [("", Table("", (), ()))])


def heading(found: MeasuredJourney) -> str:
    """Return the lines above the tables of a journey."""
    lines = [f"{one_line(found.journey.title)}  ({one_line(found.file)})"]
    lines += [f"  {about_text(one)}" for one in told_abouts([found]).values()]
    for (source, label), n in found.unmatched.items():
        answers = f"{counted(n, 'answer')} of {source}" if n else source
        lines.append(f"  “{one_line(label)}” ({answers}) is on no touchpoint")
    return "\n".join(lines)


def told_abouts(found: Sequence[MeasuredJourney]) -> dict[str, About]:
    """Return what was read of each source, without what tells of few people.

    Totals are hidden where a figure of everybody is, as it could be computed from them; of a source with fewer rows or
    cases than the minimum base the days are too.
    """
    hiding = {one.source for each in found for one in each.measurements if one.suppressed and not one.cell.segments}
    told = {}
    for each in found:
        for name, about in each.abouts.items():
            few = 0 < min(about.used, about.used if about.cases is None else about.cases) < each.minimum_base
            if few or name in hiding:
                about = about._replace(hidden=True, used=0, cases=None, sent=None, tied=None, duplicates=0)
            told[name] = about._replace(first=None, last=None, left_out={}, unread=0) if few else about
    return told


def about_text(about: About) -> str:
    """Return what was read of a source."""
    parts = [
        f"{about.name}: number of rows not shown" if about.hidden else f"{counted(about.used, 'row')} of {about.name}"
    ]
    if about.cases is not None and about.cases != about.used:
        parts.append(counted(about.cases, "case"))
    if about.first and about.last:
        parts.append(f"{about.first} to {about.last}")
    if about.weight:
        least_to_most = "" if about.hidden else f": {about.least_weight:.3g} to {about.largest_weight:.3g}"
        parts.append(f"weighted by {one_line(about.weight)}{least_to_most}")
    parts += [f"clusters: {one_line(about.cluster)}"] if about.cluster else []
    parts += [f"strata: {one_line(about.strata)}"] if about.strata else []
    if about.sent:
        parts.append(f"{counted(about.sent, 'person', 'people')} asked, {percent(about.used / about.sent)} answered")
    left = [f"{n:,} {one_line(reason)}" for reason, n in about.left_out.items() if n]
    left += [f"{about.unread:,} could not be read"] if about.unread else []
    left += [f"{about.duplicates:,} repeated"] if about.duplicates else []
    parts += [f"left out: {', '.join(left)}"] if left else []
    return "; ".join([*parts, *map(one_line, about.notes)])


def method(found: Sequence[MeasuredJourney], command: str) -> str:
    """Return the method in one paragraph, for the appendix of a report, and the command that makes it again."""
    used = [one for journey in found for one in journey.measurements if not one.suppressed]
    intervals = dict.fromkeys(
        each.interval for one in used for each in one.statistics if each.interval and "no interval" not in each.interval
    )
    base = max((one.minimum_base for one in found), default=5)
    sentences = []
    if any(each.unit == "points" for one in used for each in one.statistics):
        sentences.append("Means are on 0 to 100 of their scale.")
    if intervals:
        sentences.append(f"95 % intervals: {'; '.join(intervals)}.")
    if any(one.weighted for one in used):
        sentences.append("Weighted; n are unweighted, effective n are Kish's.")
    if any(one.clusters for one in used):
        sentences.append("Standard errors are linearised over clusters.")
    if any(one.missing for one in used):
        sentences.append("Blank, not applicable, don't know and not asked are left out and counted; none is imputed.")
    if any(one.response_rate is not None for one in used):
        sentences.append("Response rates are AAPOR RR1: all who were asked count as eligible.")
    if any(about.sent for about in told_abouts(found).values()):
        sentences.append("Of a source with sent, the response rate is AAPOR RR2: answers in part count too.")
    if any(one.definition.kind == "time" for one in used):
        sentences.append("Quantiles are type 7.")
    sentences.append(f"Fewer than {base} answers, and what they could be computed from, are not shown.")
    months = months_of(one.cell.period for one in used) or SEASON
    if season_note(months) and any(one.comparisons.changes for one in found):
        sentences.append(f"A change from the period before may be the season's: {season_note(months)}.")
    begun = sorted({one.cell.period for one in used if not is_complete(one.cell.period, found[0].today)})
    if begun:
        sentences.append(f"Not over, and compared with none: {', '.join(begun)}.")
    number = sum(one.comparisons.number for one in found)
    if number:
        name = CORRECTION_NAMES[found[0].comparisons.correction]
        sentences.append(
            f"p are corrected after {name} over {counted(number, 'comparison')}; intervals are single 95 %."
        )
    return f"Method: {' '.join(sentences)}\nMade by: {one_line(command)}"


def document(found: Sequence[MeasuredJourney], command: str) -> dict[str, Any]:
    """Return the JSON of a run."""
    return {
        "version": VERSION,
        "sources": [_about_data(about) for about in told_abouts(found).values()],
        "journeys": [_journey_data(one) for one in found],
        "method": method(found, command),
        "command": command,
    }


def _about_data(about: About) -> dict[str, Any]:
    """Return the JSON of a source; its totals are null where they are hidden."""
    return {
        "name": about.name, "engine": about.engine, "rows": None if about.hidden else about.used, "cases": about.cases,
        "first": about.first and about.first.isoformat(), "last": about.last and about.last.isoformat(),
        "left_out": dict(about.left_out), "unread": about.unread, "duplicates": about.duplicates,
        "tied": about.tied._asdict() if about.tied else None, "weight": about.weight or None,
        "cluster": about.cluster or None, "strata": about.strata or None, "sent": about.sent,
        "notes": list(about.notes),
    }  # fmt: skip


def _journey_data(found: MeasuredJourney) -> dict[str, Any]:
    by_touchpoint: dict[str, list[Measurement]] = {}
    for one in found.measurements:
        by_touchpoint.setdefault(one.touchpoint or "", []).append(one)
    return {
        **head(found.scored),
        "touchpoints": [
            {
                "id": rated.id,
                "stated": rated.stated_score,
                "answers": [measurement_data(one) for one in by_touchpoint.get(rated.id, ())],
                **_log_data(found.log_of(rated.id), rated),
            }
            for rated in found.scored.scores.touchpoints
        ],
        "kpis": [measurement_data(one) for one in by_touchpoint.get("", ()) if one.touchpoint == ""],
        "unmatched": [measurement_data(one) for one in found.measurements if one.touchpoint is None],
        "comparisons": [
            _difference_data(one, _p_key(found)) for one in (*found.comparisons.changes, *found.comparisons.pairs)
        ],
        "overall": [
            {**_named(one.parts[0]), "column": one.column, "p": one.p, _p_key(found): one.corrected, "test": one.method}
            for one in found.comparisons.overall
        ],
        "fit": [
            {"source": log.source, "moves": _reach_data(log.fit.moves), "ways": _reach_data(log.fit.ways)}
            for log in found.logs
        ],
        "calibration": _agreement_data(agreement_of(found)),
    }


def _log_data(log: Log | None, rated: Rated) -> dict[str, Any]:
    """Return the JSON of what a log says of a touchpoint; null where it says nothing, or what few have."""
    if log is None:
        return {"reach": None, "wait": None, "next": []}
    reach, wait, stated = log.reach(rated.id), log.wait(rated.id), rated.touchpoint.wait
    return {
        "reach": reach and {"source": log.source, "stated": rated.touchpoint.reach, **(_reach_data(reach) or {})},
        "wait": wait and {
            "source": log.source, "stated": stated and stated.seconds, "median": wait.median.value,
            "low": wait.median.low, "high": wait.median.high, "p90": wait.p90.value, "n": wait.n,
        },
        "next": [_next_data(one, rated) for one in log.following(rated.id)],
    }  # fmt: skip


def _next_data(one: Next, rated: Rated) -> dict[str, Any]:
    options = rated.touchpoint.decision.options if rated.touchpoint.decision else ()
    stated = [option.share for option in options if option.to == one.to and option.share is not None]
    return {
        "to": one.to, "share": one.share.value, "low": one.share.low, "high": one.share.high,
        "stated": sum(stated) if stated else None,
    }  # fmt: skip


def _agreement_data(found: Calibration | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {**asdict(found), "spearman": found.spearman if found.n >= LEAST_RANKED else None}


def _named(one: Measurement) -> dict[str, Any]:
    return {
        "source": one.source, "item": one.cell.item, "touchpoint": one.touchpoint, "metric": one.cell.metric,
        "period": one.cell.period, "segments": dict(one.cell.segments),
    }  # fmt: skip


def measurement_data(one: Measurement) -> dict[str, Any]:
    """Return the JSON of a measurement; of a suppressed one only that it is there."""
    if one.suppressed:
        return {**_named(one), "n": None, "suppressed": True}
    main = one.main
    return {
        **_named(one), "n": one.n, "suppressed": False, "missing": dict(one.missing),
        "out_of_scale": one.missing.get("out of scale", 0), "refused": dict(one.refused),
        "scale": scale_of(one.definition) if one.definition.kind == "answer" else None,
        "clock": one.definition.clock, "counts": {f"{score:g}": n for score, n in one.counts.items()},
        "value": main.value if main else None, "low": main.low if main else None, "high": main.high if main else None,
        "statistics": [
            {"name": each.name, "unit": each.unit, "value": each.value, "low": each.low, "high": each.high,
             "interval": each.interval, "error": each.error, "n": each.n, "low_base": has_low_base(each)}
            for each in one.statistics
        ],
        "weighted": one.weighted, "n_effective": one.effective_n, "clusters": one.clusters,
        "response_rate": one.response_rate, "reach": _reach_data(one.reach), "low_base": one.low_base,
        "notes": list(one.notes),
    }  # fmt: skip


def _reach_data(reach: Statistic | None) -> dict[str, Any] | None:
    return None if reach is None else {"measured": reach.value, "low": reach.low, "high": reach.high, "n": reach.n}


def _p_key(found: MeasuredJourney) -> str:
    return f"p_{found.comparisons.correction.replace('-', '_')}"


def _difference_data(one: Difference, p_key: str) -> dict[str, Any]:
    return {
        "before": _named(one.before), "after": _named(one.after), "statistic": one.statistic, "unit": one.unit,
        "delta": one.delta, "ratio": one.ratio, "low": one.low, "high": one.high, "p": one.p, p_key: one.corrected,
        "test": one.method, "not_comparable": one.not_comparable, "verdict": one.verdict(),
    }  # fmt: skip
