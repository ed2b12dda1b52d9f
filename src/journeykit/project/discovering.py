"""Discover what happens in a log: a report, a first map, what a map lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from journeykit.data.asking import ask, sql
from journeykit.data.engines import DataError, engine_of
from journeykit.data.propose import columns_for
from journeykit.data.questions import Limits, Wanted
from journeykit.data.sources import Source, read_source, shown_url
from journeykit.discovering.figures import LEAST_REACH, CourseFigures
from journeykit.errors import UsageError
from journeykit.model.slug import slug
from journeykit.output.paint import one_line, shown_name
from journeykit.project.workspace import Workspace
from journeykit.reading.faults import did_you_mean
from journeykit.scoring.settings import LEAST_BASE

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


def discover(workspace: Workspace, log: str, options: DiscoverOptions) -> Discovery:
    """Return what happens in a log: the name of a source of the settings, or a file.

    Raises UsageError for what is no log, DataError for one that cannot be read or has no course to tell.
    """
    source, taken = log_source(workspace, log, options)
    found = ask(source, wanted_of(options), options.limits)
    labels = [one.label for one in found.labels]
    if options.starts and not found.about.cases:
        raise UsageError(f"no case begins with {_quoted(options.starts)}", "labels are written as the log has them")
    for flag, given in (("--starts", options.starts), ("--ends", options.ends)):
        _check_labels(flag, given, labels)
    figures = CourseFigures(found, options.minimum_base, options.min_reach, tuple(_each_label(options.ends, labels)))
    _check(source, figures)
    return Discovery(source, figures, taken, options)


def statements(workspace: Workspace, log: str, options: DiscoverOptions) -> list[str]:
    """Return the statements that `discover` runs, as far as they do not depend on what is found."""
    return sql(log_source(workspace, log, options)[0], wanted_of(options))


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
        raise DataError(f"{source.key()}: it has {what}", "what happens to so few is not told; are the rows right?")
    if len(figures.cases_with) < LEAST_ACTIVITIES:
        raise DataError(f"{source.key('activity')}: it has a single activity", "a journey has at least two")


# The log.


def log_source(workspace: Workspace, log: str, options: DiscoverOptions) -> tuple[Source, Mapping[str, str]]:
    """Return the source of a log, and which of its columns were guessed."""
    known = workspace.settings.data
    if log in known:
        if known[log].kind != "events":
            events = [name for name, one in known.items() if one.kind == "events"]
            help = f"logs of events are {', '.join(events)}" if events else 'a log is a source of kind = "events"'
            raise UsageError(f"{known[log].key('kind')}: it has answers, and no events", help)
        return replace(known[log], **_as_fields(options.columns)), {}
    if not _is_address(log):
        help = did_you_mean(log, known, f"the settings have {', '.join(known)}" if known else "name a file of events")
        raise UsageError(f'there is no file "{shown_name(log)}", and no source of that name in the settings', help)
    return _of_file(log, options)


def _as_fields(columns: Mapping[str, str]) -> dict[str, Any]:
    return {key: (value,) if key == "activity" else value for key, value in columns.items()}


def _is_address(log: str) -> bool:
    """Return whether a text is that of a file, a pattern, or an address, and no mere name."""
    return "://" in log or Path(log).exists() or any(sign in log for sign in "./\\*?[")


def _of_file(log: str, options: DiscoverOptions) -> tuple[Source, Mapping[str, str]]:
    name = slug(Path(shown_url(log)).name.split(".")[0]) or "log"
    given: dict[str, Any] = {"kind": "events", "url": log, **dict.fromkeys(NEEDED, "?")}
    probe = replace(read_source(Path.cwd() / "journeykit.toml", name, given), of_file=True)
    with engine_of(probe, options.limits) as engine:
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
    return replace(probe, **_as_fields({**taken, **columns, **first})), {**taken, **first}


def _guessed(role: str, names: Sequence[str], used: Sequence[str]) -> str:
    """Return the column that has a role by its name; "" if none has, or several may."""
    free = [name for name in names if name not in used]
    lower = {name.strip().casefold(): name for name in reversed(free)}
    for known in KNOWN[role]:
        if known in lower:
            return lower[known]
    fitting = [one for one in columns_for(role, free) if not one.endswith("]")]
    return fitting[0] if len(fitting) == 1 else ""
