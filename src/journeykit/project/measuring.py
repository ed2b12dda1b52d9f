"""Measure journeys by the sources of data that they name, and write the figures into their files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from journeykit.changing.edits import apply_edits
from journeykit.changing.fixing import text_edits
from journeykit.config import FILE
from journeykit.data.periods import period_bounds, period_of
from journeykit.data.questions import Found, Grain, Limits, Question, Repeated, Wanted
from journeykit.data.sources import Source as DataSource
from journeykit.errors import ConfigError, JourneykitError, UsageError
from journeykit.files import read_named_file
from journeykit.finding import Finding
from journeykit.fix import Fix
from journeykit.measuring.asked import asked_of_log, with_definitions
from journeykit.measuring.differences import Comparisons, compare, period_changes, segment_tests
from journeykit.measuring.labels import labels_of
from journeykit.measuring.log import Log
from journeykit.measuring.measurements import Measurement, measurements
from journeykit.measuring.suppression import base_for, check_segments, suppress
from journeykit.measuring.written import Written, fix_of, to_write
from journeykit.model import Journey
from journeykit.output.paint import one_line, shown_name
from journeykit.output.tables import ScoredJourney
from journeykit.output.tables.measures import MeasuredJourney, told_abouts
from journeykit.project.reading import Targets, read_each
from journeykit.project.scoring import score_document
from journeykit.project.workspace import Workspace
from journeykit.project.writing import rewrite, write_bytes
from journeykit.reading import Document, Shared, read_text
from journeykit.reading.faults import did_you_mean
from journeykit.scoring.display import fixed
from journeykit.source import Source

LARGEST_SERIES = 64 * 1024 * 1024


class MeasureOptions(NamedTuple):
    """What is measured, and how it is told apart."""

    data: tuple[str, ...] = ()
    """Names of sources; by default all that a journey names."""
    since: date | None = None
    until: date | None = None
    """The last day."""
    period: Grain = "quarter"
    segments: tuple[str, ...] = ()
    """Columns, or `COLUMN=VALUE` for one segment."""
    allow_staff: bool = False
    replace: bool = False
    """Write over figures of another source or period."""
    limits: Limits = Limits()
    series: Path | None = None
    """The table of all periods, which is continued."""
    correction: str = "holm"
    """How p-values are corrected together: `holm` or `benjamini-hochberg`."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns whose values are told apart."""
        return tuple(one.partition("=")[0] for one in self.segments)

    @property
    def one_segment(self) -> tuple[tuple[str, str], ...]:
        """Columns and values of the only segment that is shown beside everybody."""
        return tuple((column, value) for column, sign, value in (one.partition("=") for one in self.segments) if sign)


class MeasureRun(NamedTuple):
    """All journeys that name data, what is wrong with the others, and how many sources could not be asked."""

    measured: list[MeasuredJourney]
    findings: tuple[Finding, ...]
    files: int
    failed: int
    """Files that could not be opened, and sources that gave no answer."""
    starts: Mapping[tuple[str, str], date] = MappingProxyType({})
    """The day from which a series is continued, by the id of the journey and the name of the source."""

    @property
    def status(self) -> int:
        """The exit status of files and sources alone."""
        return 2 if self.failed else int(bool(self.findings))


class _Asked:
    """Asks each source once for the same rows."""

    def __init__(self, options: MeasureOptions) -> None:
        self.options = options
        self._found: dict[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], Found | JourneykitError] = {}

    def ask(self, source: DataSource, journey: Journey) -> Found:
        """Return what a source answers of a journey. Raises JourneykitError as the engine does."""
        from journeykit.data.asking import ask

        wanted = questions_to(source, journey, self.options)
        if source.kind == "events":  # which is seen through the labels of each map
            return with_definitions(ask(source, wanted, self.options.limits), journey, source.name)
        rows = journey.data.get(source.name, {})
        key = (source.name, tuple(sorted(rows.items())))
        if key not in self._found:
            try:
                self._found[key] = ask(source, wanted, self.options.limits)
            except JourneykitError as error:
                self._found[key] = error
        found = self._found[key]
        if isinstance(found, JourneykitError):
            raise found
        return found


def questions_to(source: DataSource, journey: Journey, options: MeasureOptions) -> Wanted:
    """Return what a source is asked of a journey."""
    wanted = wanted_of(source, journey.data.get(source.name, {}), options)
    return asked_of_log(journey, source.name, wanted) if source.kind == "events" else wanted


def wanted_of(source: DataSource, rows: Mapping[str, tuple[str, ...]], options: MeasureOptions) -> Wanted:
    """Return what a source is asked."""
    questions: set[Question] = {"times", "shares"}
    if source.kind == "answers":
        questions.add("answers")
    if source.cluster or source.strata:
        questions.add("products")
    if source.id and not source.weight.replace("none", ""):
        questions.add("repeated")
    until = None if options.until is None else date.fromordinal(options.until.toordinal() + 1)
    return Wanted(frozenset(questions), options.period, options.since, until, rows, options.columns)


def sources_of(workspace: Workspace, journey: Journey, options: MeasureOptions, file: str) -> list[DataSource]:
    """Return the sources that speak of the journey of a file. Raises ConfigError for one that the settings lack."""
    settings, wanted = workspace.settings, options.data or _named_by(journey)
    known = settings.data
    for name in wanted:
        if name not in known and settings.path is None:
            raise ConfigError(
                f'{shown_name(file)}: there are no settings with a source "{name}"', _where_settings(file)
            )
        if name not in known:
            help = did_you_mean(name, tuple(known), f"known: {', '.join(known)}" if known else "")
            raise ConfigError(f'{settings.where("data")}: there is no source "{name}"', help)
    return [known[name] for name in wanted]


def _where_settings(file: str) -> str:
    """Return what to write where no settings were found, as they are those of the current folder and not of a file."""
    searched = f"{FILE} was looked for in the current folder and above it"
    beside = next((one for folder in Path(file).parents if (one := folder / FILE).is_file()), None)
    return f"{searched}; write --config {shown_name(str(beside)) if beside else 'FILE'}"


def _named_by(journey: Journey) -> tuple[str, ...]:
    """Return the names of the sources that a journey, or else its touchpoints, name."""
    named = journey.data or [name for touchpoint in journey.touchpoints for name in touchpoint.data]
    return tuple(dict.fromkeys(named))


def measure_each(workspace: Workspace, targets: Targets, options: MeasureOptions) -> MeasureRun:
    """Measure journeys; a source that gives no answer is told to the reporter, and others go on."""
    check_segments(options.columns, options.allow_staff)
    read = read_each(workspace, targets, _kept)
    if options.series is not None:
        _check_ids(read.results)
    options, starts = continued(workspace, options, [one.journey for one in read.results if one and one.journey])
    asked, failed, found = _Asked(options), read.failed, list[MeasuredJourney]()
    silent: set[str] = set()
    for document in read.results:
        scored = None if document is None else score_document(document, workspace)
        if document is None or scored is None:
            continue
        answers, errors = _answers(workspace, document.source.name, scored.journey, asked, options)
        for error in errors:
            if str(error) not in silent:  # one source may speak of many journeys
                workspace.reporter.message(one_line(error.message), one_line(error.help))
            silent.add(str(error))
            failed += 1
        if answers:
            found.append(_measured(workspace, document, scored, answers, options))
    return MeasureRun(_corrected(found, options.correction), read.findings, len(read.results), failed, starts)


def _check_ids(documents: Iterable[Document | None]) -> None:
    """Refuse two journeys of one id: the rows of one would stand in the place of the other's."""
    files: dict[str, str] = {}
    for document in documents:
        if document is None or document.journey is None:
            continue
        first = files.setdefault(document.journey.id, document.source.name)
        if first != document.source.name:
            both = f"{shown_name(first)} and {shown_name(document.source.name)}"
            raise UsageError(
                f'{both} have the same id, "{document.journey.id}": a series tells journeys apart by it',
                "give each an id of its own, or measure one of them",
            )


def _kept(document: Document) -> Document:
    return document


def _answers(
    workspace: Workspace, file: str, journey: Journey, asked: _Asked, options: MeasureOptions
) -> tuple[list[tuple[DataSource, Found]], list[JourneykitError]]:
    answers: list[tuple[DataSource, Found]] = []
    errors: list[JourneykitError] = []
    try:
        sources = sources_of(workspace, journey, options, file)
    except ConfigError as error:
        return [], [error]
    for source in sources:
        try:
            answers.append((source, asked.ask(source, journey)))
        except JourneykitError as error:
            errors.append(error)
    return answers, errors


def _measured(
    workspace: Workspace,
    document: Document,
    scored: ScoredJourney,
    answers: Sequence[tuple[DataSource, Found]],
    options: MeasureOptions,
) -> MeasuredJourney:
    journey = scored.journey
    base = base_for(options.columns, scored.scores.settings.minimum_base)
    shown: list[Measurement] = []
    changes: list[Repeated] = []
    for source, found in answers:
        labels = labels_of(journey, source.name)
        every = [replace(one, touchpoint=_touchpoint(one, labels.get(one.cell.item))) for one in measurements(found)]
        kept = _only_wanted(suppress(every, base), options, base)
        shown += map(_without_contacts, kept)
        changes += found.repeated
    return MeasuredJourney(
        document,
        scored,
        workspace.today,
        base,
        {source.name: found.about for source, found in answers},
        tuple(shown),
        Comparisons(tuple(period_changes(shown, changes, workspace.today)), tuple(segment_tests(shown))),
        tuple(to_write(journey, shown, workspace.today)),
        tuple(Log(journey, found, base) for source, found in answers if source.kind == "events"),
    )


def _without_contacts(one: Measurement) -> Measurement:
    """Return a measurement whose label and segments hold no address or number of a person."""
    from journeykit.vocabulary.contacts import redacted

    item = redacted(one.cell.item) if one.touchpoint is None else one.cell.item
    segments = tuple((column, redacted(value)) for column, value in one.cell.segments)
    return replace(one, cell=one.cell._replace(item=item, segments=segments))


def _touchpoint(one: Measurement, place: str | None) -> str | None:
    return "" if one.definition.kind != "answer" or not one.cell.item else place


def _only_wanted(found: Iterable[Measurement], options: MeasureOptions, base: int) -> list[Measurement]:
    """Return everybody and the one segment that was asked for by name, if so; refuse it if it is too small."""
    if not options.one_segment:
        return list(found)
    every = list(found)
    members = [one for one in every if set(options.one_segment) == set(one.cell.segments)]
    if all(one.suppressed for one in members):
        name = ", ".join(f"{column}={value}" for column, value in options.one_segment)
        raise UsageError(
            f"the segment {name} has fewer than {base} answers, or would give away one that has",
            "its figures are not shown; leave it out, or choose a larger one",
        )
    return [one for one in every if not one.cell.segments] + members


def _corrected(found: Sequence[MeasuredJourney], correction: str) -> list[MeasuredJourney]:
    """Correct the comparisons of all journeys together."""
    changes = [one for journey in found for one in journey.comparisons.changes]
    tests = [one for journey in found for one in journey.comparisons.overall]
    together = compare(changes, tests, correction)
    place, test = 0, 0
    corrected = []
    for journey in found:
        ends = place + len(journey.comparisons.changes), test + len(journey.comparisons.overall)
        overall = together.overall[test : ends[1]]
        own = {id(part) for one in overall for part in one.parts}
        pairs = tuple(one for one in together.pairs if id(one.before) in own)
        own_changes = together.changes[place : ends[0]]
        corrected.append(replace(journey, comparisons=Comparisons(own_changes, overall, pairs, correction)))
        place, test = ends
    return corrected


class WrittenFile(NamedTuple):
    """What was, or would be, written into a file."""

    file: str
    diff: str
    number: int
    """Figures that change."""
    problem: str = ""
    """Why nothing is written."""
    refused: tuple[Written, ...] = ()
    """Figures of another source or period, which are written only with `--replace`."""
    remarks: tuple[str, ...] = ()
    """What the author should look at: statements that the figures contradict."""


def write_measured(
    one: MeasuredJourney, options: MeasureOptions, named: frozenset[Path], *, to_file: bool
) -> WrittenFile:
    """Write the figures of a journey into its file, or only return what would change."""
    from journeykit.output.unified_diff import unified_diff

    refused = () if options.replace else tuple(each for each in one.written if each.conflict)
    if refused:
        return WrittenFile(one.file, "", 0, refused=refused)
    changed = [each for each in one.written if not each.is_same]
    fix = fix_of(one.journey, one.written, told_abouts([one]))
    if fix is None:
        return WrittenFile(one.file, "", 0)
    source = one.document.source
    text = _with_fix(source, fix, one.document.shared)
    if text is None:
        name = shown_name(one.file)
        return WrittenFile(one.file, "", 0, f"{name}: not written: it cannot be edited without losing something")
    problem = rewrite(Path(one.file), source.text, text, named) if to_file else ""
    diff = unified_diff(source.name, source.text, text)
    return WrittenFile(one.file, diff, len(changed), problem, remarks=() if problem else tuple(remarks_on(one)))


def _with_fix(source: Source, fix: Fix, shared: Shared) -> str | None:
    """Return the text with a fix; None if it cannot be applied.

    Where new sources and new KPIs both stand at the end of the file, one is written after the other.
    """
    edits = text_edits(source, fix, shared)
    if edits:
        return apply_edits(source.text, edits)
    text = source.text
    for of_sources in (True, False):  # figures refer to sources
        changes = tuple(change for change in fix.changes if (change.path[0] == "sources") is of_sources)
        edits = text_edits(read_text(text, source.name, shared).source, fix._replace(changes=changes), shared)
        if changes and not edits:
            return None
        text = apply_edits(text, edits)
    return text


def remarks_on(one: MeasuredJourney) -> Iterable[str]:
    """Yield what an author should look at: statements that figures contradict, and a basis that may be raised."""
    for rated in one.scored.scores.touchpoints:
        at = one.at(rated.id)
        main = at.statistics[0] if at and not at.suppressed else None
        if main is None or rated.stated_score is None or main.value is None or main.low is None or main.high is None:
            continue
        if not main.low <= rated.stated_score <= main.high and (rated.stated_score - 50) * (main.value - 50) < 0:
            yield (
                f"{shown_name(one.file)}: {rated.id} is stated as {fixed(rated.stated_score)}; "
                f"customers say {fixed(main.value)} ({fixed(main.low)} to {fixed(main.high)})"
            )
    for name, sources in one.rivals.items():
        yield f"{shown_name(one.file)}: {name}: several sources say it, {', '.join(sources)}; the first is written"
    paths = {each.path for each in one.written}
    all_measured = all(place.touchpoint.measured or (*place.path, "measured") in paths for place in one.journey.places)
    if all_measured and one.journey.basis != "measured":
        yield f"{shown_name(one.file)}: every touchpoint is measured: it may say basis: measured"


class Statements(NamedTuple):
    """Every statement that would be asked, and what is wrong with files that are not journeys."""

    sql: tuple[str, ...]
    findings: tuple[Finding, ...]
    files: int
    failed: int


def statements(workspace: Workspace, targets: Targets, options: MeasureOptions) -> Statements:
    """Return every statement that would be asked, without connecting to anything."""
    from journeykit.data.asking import sql

    check_segments(options.columns, options.allow_staff)
    found: dict[str, None] = {}
    read = read_each(workspace, targets, _kept)
    for document in read.results:
        if document is None or document.journey is None:
            continue
        for source in sources_of(workspace, document.journey, options, document.source.name):
            found |= dict.fromkeys(sql(source, questions_to(source, document.journey, options)))
    return Statements(tuple(found), read.findings, len(read.results), read.failed)


def extend_series(run: MeasureRun, options: MeasureOptions) -> int:
    """Extend the series beside a map by what was measured; return how many rows it has then."""
    from journeykit.measuring.series import COLUMNS, extended, row_of
    from journeykit.output.table import Column, Table, as_csv

    assert options.series
    rows = [row_of(each.journey.id, one) for each in run.measured for one in each.measurements if not one.cell.segments]
    new = as_csv(Table("", [Column(key, "") for key in COLUMNS], rows))
    asked = [(each.journey.id, name) for each in run.measured for name in each.abouts]
    days = {one: options.since or run.starts.get(one) for one in asked}
    since = {one: period_of(day, options.period) if day else "" for one, day in days.items()}
    text = extended(_old_series(options.series), new, since)
    write_bytes(options.series, text.encode())
    return text.count("\n") - 1


def _old_series(file: Path) -> str:
    """Return the text of a series; "" if there is none yet. Raises UsageError if it cannot be read."""
    return read_series(file) if os.path.exists(file) else ""  # noqa: PTH110  (a name may be too long)


def read_series(file: Path) -> str:
    """Return the text of a series. Raises UsageError if it cannot be read."""
    try:
        return read_named_file(file, LARGEST_SERIES).decode()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise UsageError(f"{shown_name(str(file))}: cannot be read: {reason}") from None


def continued(
    workspace: Workspace, options: MeasureOptions, journeys: Iterable[Journey]
) -> tuple[MeasureOptions, Mapping[tuple[str, str], date]]:
    """Return the options with the day from which a series is continued, unless they say one, and that of each source.

    What the series has no row of is asked from the beginning. A day inside of a period counts as its first, as the row
    of a period is that of all its days.
    """
    from journeykit.measuring.series import check, starts_of_next

    if options.series is not None and options.since is not None:
        bounds = period_bounds(period_of(options.since, options.period))
        return options._replace(since=bounds[0] if bounds else None), {}
    old = "" if options.series is None else _old_series(options.series)
    if not old:
        return options, {}
    name, late = shown_name(str(options.series)), {name: one.late for name, one in workspace.settings.data.items()}
    starts = starts_of_next(check(old, name), options.period, late, name)
    days = [starts.get((journey.id, source)) for journey in journeys for source in _named_by(journey)]
    first = min((day for day in days if day), default=None)
    return options._replace(since=None if None in days else first), starts
