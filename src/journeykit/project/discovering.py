"""Discover what happens in a log: a report, a first map, what a map lacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from journeykit.data.asking import answers, sql
from journeykit.data.engines import DataError, Engine, engine_of
from journeykit.data.propose import columns_for
from journeykit.data.questions import Limits, Wanted
from journeykit.data.sources import Source, fault_of_format, read_source, shown_url
from journeykit.discovering.draft import Drafted, Drafting, Sayings
from journeykit.discovering.figures import LEAST_REACH, CourseFigures
from journeykit.errors import UsageError
from journeykit.fix import Set
from journeykit.interchange.journey_yaml import journey_text, laid_out
from journeykit.interchange.map_edits import Insert, made_in_text, with_changes
from journeykit.interchange.updating import Refused
from journeykit.measuring.labels import labels_of
from journeykit.model.slug import slug
from journeykit.output.paint import one_line, shown_name
from journeykit.output.unified_diff import unified_diff
from journeykit.project.map_updates import UpdatedMap, read_map
from journeykit.project.workspace import Workspace
from journeykit.reading import Document, read_text
from journeykit.reading.faults import did_you_mean
from journeykit.scoring.settings import LEAST_BASE
from journeykit.source import KeyPath

LEAST_CASES = 5
LEAST_ACTIVITIES = 2
NEEDED = ("case", "activity", "at")
KNOWN: Mapping[str, tuple[str, ...]] = {
    "case": ("case:concept:name", "case_id"),
    "activity": ("concept:name", "activity"),
    "at": ("time:timestamp", "timestamp"),
    "team": ("org:group",),
    "channel": (),
}
"""Names of columns that are taken before any other: those of XES, and the usual ones of tables made of it."""


@dataclass(frozen=True)
class DiscoverOptions:
    """Which log is read, and what of it."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Columns by `case`, `activity`, `at`, `channel`, `team`, `order`; and `format`, how times are written."""
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Columns and the values that rows may have."""
    since: date | None = None
    until: date | None = None
    """The last day on which a case may begin."""
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    min_reach: float = LEAST_REACH
    stage_by: str = ""
    minimum_base: int = LEAST_BASE
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Discovery:
    """The log that was read, and its figures."""

    source: Source
    figures: CourseFigures
    taken: Mapping[str, str] = field(default_factory=dict)
    """Columns that were guessed by their names."""
    options: DiscoverOptions = field(default_factory=DiscoverOptions)


def discover(
    workspace: Workspace, log: str, options: DiscoverOptions, progress: Callable[[int, int], None] | None = None
) -> Discovery:
    """Return what happens in a log: the name of a source of the settings, or a file.

    `progress` is called with the number of statements that are answered, and of all as far as these are known.

    Raises UsageError for what is no log, DataError for one that cannot be read or has no course to tell.
    """
    with engine_of(log_source(workspace, log, options), options.limits) as engine:
        engine.source, taken = _with_columns(engine, log, options)
        if progress:
            engine.on_answer = _counting(progress, len(sql(engine.source, wanted_of(options))))
        found, source = answers(engine, wanted_of(options)), engine.source
    labels = [one.label for one in found.labels]
    if options.starts and not found.about.cases:
        raise UsageError(f"no case begins with {_quoted(options.starts)}", "labels are written as the log has them")
    for flag, given in (("--starts", options.starts), ("--ends", options.ends)):
        _check_labels(flag, given, labels)
    figures = CourseFigures(found, options.minimum_base, options.min_reach, tuple(_each_label(options.ends, labels)))
    _check(source, figures)
    return Discovery(source, figures, taken, options)


def _counting(progress: Callable[[int, int], None], total: int) -> Callable[[], None]:
    done = count(1)
    return lambda: progress(min(next(done), total), total)


def statements(workspace: Workspace, log: str, options: DiscoverOptions) -> list[str]:
    """Return the statements that `discover` runs, as far as they do not depend on what is found."""
    source = log_source(workspace, log, options)
    if source.of_file:
        with engine_of(source, options.limits) as engine:
            source, _ = _with_columns(engine, log, options)
    return sql(source, wanted_of(options))


def wanted_of(options: DiscoverOptions) -> Wanted:
    """Return what a log is asked."""
    until = None if options.until is None else date.fromordinal(options.until.toordinal() + 1)
    return Wanted(
        frozenset({"course"}), "all", options.since, until, options.rows, stage=options.stage_by,
        starts=tuple(dict.fromkeys(part for one in options.starts for part in (one, *_parts(one)))),
        least=options.minimum_base,
    )  # fmt: skip


def _parts(text: str) -> list[str]:
    """Return the labels of a list with commas between."""
    return [part.strip() for part in text.split(",") if part.strip()]


def _each_label(given: Iterable[str], labels: Sequence[str]) -> list[str]:
    """Return the labels that are meant: a text that is one, else the parts between its commas."""
    return [part for one in given for part in ([one] if one in labels else _parts(one))]


def _check_labels(flag: str, given: Iterable[str], labels: Sequence[str]) -> None:
    for label in _each_label(given, labels):
        if label not in labels:
            help = did_you_mean(label, labels, "labels are written as the log has them")
            raise UsageError(f'{flag}: the log has no activity "{one_line(label)}"', help)


def _quoted(texts: Iterable[str]) -> str:
    return " or ".join(f'"{one_line(text)}"' for text in texts)


def _check(source: Source, figures: CourseFigures) -> None:
    """Refuse a log that has no course."""
    if figures.cases < LEAST_CASES:
        what = "no case" if not figures.cases else "fewer than 5 cases"
        raise DataError(f"{source.key()}: it has {what}", "what happens to so few is not shown; are the rows right?")
    if len(figures.cases_with) < LEAST_ACTIVITIES:
        raise DataError(f"{source.key('activity')}: it has a single activity", "a journey has at least two")


# The log.


def log_source(workspace: Workspace, log: str, options: DiscoverOptions) -> Source:
    """Return the source of a log; that of a file has no columns yet."""
    if fault := fault_of_format(options.columns.get("format", "")):
        raise UsageError(f"--format {fault[0]}", fault[1])
    known = workspace.settings.data
    if log in known:
        if known[log].kind != "events":
            events = [name for name, one in known.items() if one.kind == "events"]
            help = f"logs of events are {', '.join(events)}" if events else 'a log is a source of kind = "events"'
            raise UsageError(f"{known[log].key('kind')}: it has answers, and no events", help)
        return replace(known[log], **_as_fields(options.columns))
    if not _is_address(log):
        help = did_you_mean(log, known, f"the settings have {', '.join(known)}" if known else "name a file of events")
        raise UsageError(f'there is no file "{shown_name(log)}", and no source of that name in the settings', help)
    name = slug(Path(shown_url(log)).name.split(".")[0]) or "log"
    given: dict[str, Any] = {"kind": "events", "url": log, **dict.fromkeys(NEEDED, "?")}
    return replace(read_source(Path.cwd() / "journeykit.toml", name, given), of_file=True)


def _as_fields(columns: Mapping[str, str]) -> dict[str, Any]:
    return {key: (value,) if key == "activity" else value for key, value in columns.items()}


def _is_address(log: str) -> bool:
    """Return whether a text is that of a file, a pattern, or an address, and no mere name."""
    return "://" in log or Path(log).exists() or any(sign in log for sign in "./\\*?[")


def _with_columns(engine: Engine, log: str, options: DiscoverOptions) -> tuple[Source, Mapping[str, str]]:
    """Return the source of an engine with the columns that are given or, of a file, guessed, and the guessed ones."""
    if not engine.source.of_file:
        return engine.source, {}
    names = list(engine.names())
    taken: dict[str, str] = {}
    columns = dict(options.columns)
    for role in KNOWN:
        if role not in columns and (found := _guessed(role, names, [*columns.values(), *taken.values()])):
            taken[role] = found
    for role in NEEDED:
        if role not in columns and role not in taken:
            fitting = columns_for(role, names)
            listed = ", ".join(f'"{one}"' for one in (fitting or names)[:12])
            what = {"case": "the case", "activity": "the activity", "at": "the time"}[role]
            raise UsageError(
                f"{shown_name(shown_url(log))}: which column has {what}?", f"write --{role} COLUMN: it may be {listed}"
            )
    first = {
        role: f"{column}[1]" for role, column in {**taken, **columns}.items() if f"{column}[2]" in names
    }  # of columns with one name the first
    return replace(engine.source, **_as_fields({**taken, **columns, **first})), {**taken, **first}


def _guessed(role: str, names: Sequence[str], used: Sequence[str]) -> str:
    """Return the column that has a role by its name; "" if none has, or several may."""
    free = [name for name in names if name not in used]
    lower = {name.strip().casefold(): name for name in reversed(free)}
    for known in KNOWN[role]:
        if known in lower:
            return lower[known]
    fitting = [one for one in columns_for(role, free) if not one.endswith("]")]
    return fitting[0] if len(fitting) == 1 else ""


# The map.


@dataclass(frozen=True)
class DraftedMap:
    """A map that was made of a log: its text, and what its author should know."""

    text: str
    told: tuple[str, ...]


def draft(workspace: Workspace, found: Discovery, lang: str) -> DraftedMap:
    """Return a map of what happens in a log. Raises UsageError where there are not two touchpoints to write."""
    drafted = Drafting(found.figures, _said(workspace, found, lang)).draft()
    _at_least_two(drafted.data)
    name = f"{found.source.name}.journey.yaml"
    document = read_text(_commented(drafted), name, workspace.settings.shared)
    if document.journey is None:
        raise UsageError(f"the log makes no map: {one_line(document.findings[0].message)}", document.findings[0].help)
    return DraftedMap(laid_out(document), drafted.told)


def _said(workspace: Workspace, found: Discovery, lang: str) -> Sayings:
    known = workspace.settings.data
    tied = not known or found.source.name in known
    return Sayings(found.source.activities, found.source.evidence, lang, tied)


def _at_least_two(data: Mapping[str, Any]) -> None:
    stages = data.get("stages") or [data]
    if sum(len(one.get("touchpoints", ())) for one in stages) < LEAST_ACTIVITIES:
        raise UsageError("fewer than two activities reach so many cases", "take a lower --min-reach")


_TOUCHPOINT = re.compile(r" *- id: ([a-z0-9-]+)$")
_KEY = re.compile(r" +([a-z_]+): ")


def _commented(drafted: Drafted) -> str:
    """Return the text of a draft with its comments: above it, and at the ends of lines of touchpoints."""
    lines, id, inside = [f"# {one_line(line)}" for line in drafted.head], "", False
    for line in journey_text(drafted.data).splitlines():
        if line[:1] not in (" ", "-"):
            inside = line.startswith(("touchpoints:", "stages:"))
        if inside and (begins := _TOUCHPOINT.match(line)):
            id = begins[1]
        key = _KEY.match(line) if inside else None
        comment = drafted.comments.get((id, key[1])) if key else None
        lines.append(f"{line}  # {comment}" if comment else line)
    return "\n".join(lines) + "\n"


def update_map(workspace: Workspace, path: Path, found: Discovery) -> UpdatedMap:
    """Return a map with a touchpoint for everything that happens and is on none of it; nothing else changes.

    Raises InvalidJourneyError or UsageError as an import into a map does.
    """
    whole = document = read_map(workspace, path)
    journey = whole.journey
    assert journey is not None
    labels = labels_of(journey, found.source.name)
    taken = (one.id for one in journey.touchpoints)
    drafting = Drafting(found.figures, _said(workspace, found, journey.lang), taken)
    placed = drafting.on_map(labels)
    drafting.ids.update(placed)
    order = [one.label for one in drafting.main]
    missing = [one for one in drafting.main if one.label not in placed]
    refused: list[Refused] = []
    parts: list[tuple[str, str]] = []
    if missing and all(one.id != found.source.name for one in journey.sources):
        source = Set(("sources", len(journey.sources)), drafting.source())
        document = _valid(with_changes(document, [source])) or document
    for one in missing:
        value = drafting.touchpoint(one)
        value.pop("decision", None)  # which names others that are not there yet
        value["evidence"] = [found.source.name]
        after = _valid(made_in_text(document, Insert(_place_for(document, order, one.label, placed), value)))
        if after is None:
            refused.append(Refused(f'"{one.label}"', "the map cannot be changed safely there"))
            continue
        document, placed = after, {**placed, one.label: value["id"]}
        parts.append(("Added", f'"{one.label}"'))
    for one in missing:
        decision = drafting.touchpoint(one).get("decision")
        if decision and one.label in placed:
            where = _path_of(document, placed[one.label])
            document = _valid(with_changes(document, [Set((*where, "decision"), decision)])) or document
    if not parts:
        document = whole
    old, new = whole.source.text, document.source.text
    return UpdatedMap(path, old, new, unified_diff(str(path), old, new), len(parts), tuple(refused), tuple(parts))


def _valid(document: Document | None) -> Document | None:
    return document if document is not None and document.journey is not None else None


def _path_of(document: Document, id: str) -> KeyPath:
    assert document.journey is not None
    return next(place.path for place in document.journey.places if place.touchpoint.id == id)


def _place_for(document: Document, order: Sequence[str], name: str, placed: Mapping[str, str]) -> KeyPath:
    """Return where a touchpoint goes: behind the nearest one that stands before it in the log, else before the next."""
    at = order.index(name)
    before = next((placed[one] for one in reversed(order[:at]) if one in placed), None)
    if before is not None:
        *holder, number = _path_of(document, before)
        return (*holder, int(number) + 1)
    after = next((placed[one] for one in order[at:] if one in placed), None)
    if after is not None:
        return _path_of(document, after)
    assert document.journey is not None
    *holder, number = document.journey.places[-1].path
    return (*holder, int(number) + 1)
