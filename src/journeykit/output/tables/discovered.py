"""What happens in a log: activities in their order, ways, what follows, handoffs; as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from journeykit.data.questions import Moves
from journeykit.data.sources import ActivityWords
from journeykit.discovering.figures import (
    SHARE_OF_ODD,
    SHARE_OF_SINGLE,
    ActivityFigures,
    CourseFigures,
    MoveFigures,
    StepFigures,
    Times,
)
from journeykit.model.meaning import END
from journeykit.output.numbers import duration
from journeykit.output.paint import one_line
from journeykit.output.summary import counted
from journeykit.output.table import Column, Table
from journeykit.output.table_report import TableReport
from journeykit.output.tables import VERSION
from journeykit.scoring.display import grouped, percent

SHOWN_WAYS = 5
SHOWN_UNSAID = 12
SHOWN_NEXT = 3
LEAST_NEXT = 0.05
SHOWN_MOVES = 3
MANY_TIES = 0.1
LEAST_START = 0.05


def report(found: CourseFigures, said: Mapping[str, ActivityWords]) -> TableReport:
    """Return the report of a log; for programs one row for each activity that may be told.

    `said` has what the settings say of activities: the report ends with those of which they do not say what they are.
    """
    text = "\n".join(map(one_line, (found.name, *_head(found))))
    rows = _activities(found.activities)
    shown = _activities(found.main, map(one_line, _notes(found)))
    unsaid = _unsaid(found, said)
    return TableReport([text, shown, *([unsaid] if unsaid else [])], lambda: document(found), rows=rows)


def _unsaid(found: CourseFigures, said: Mapping[str, ActivityWords]) -> str:
    """Return lines for the settings: activities of which these do not say what they are, the most frequent first."""
    told = {one.label for one in found.activities}
    unsaid = [
        one.label
        for one in sorted(found.found.labels, key=lambda one: (-one.n, one.label))
        if one.label in told and not (one.label in said and said[one.label].role)
    ]
    if not unsaid:
        return ""
    lines = [f'{json.dumps(label, ensure_ascii=False)} = {{ as = "touchpoint" }}' for label in unsaid[:SHOWN_UNSAID]]
    more = [f"# and {len(unsaid) - SHOWN_UNSAID} more"] if len(unsaid) > SHOWN_UNSAID else []
    head = 'Most events of a system are no touchpoints. Say in the settings which are "backstage", or to "ignore":'
    return "\n".join((head, *map(one_line, (f"[data.{found.name}.activities]", *lines, *more))))


# For people.


def _head(found: CourseFigures) -> Iterable[str]:
    """Yield what the log is, and what to be careful about."""
    about = found.found.about
    days = f"; {about.first} to {about.last}" if about.first else ""
    yield (
        f"{counted(found.events, 'event')}, {counted(found.cases, 'case')}, "
        f"{counted(len(found.cases_with), 'activity', 'activities')}, "
        f"{counted(found.found.course.ways, 'way')}{days}."
    )
    left_out = [f"{counted(n, 'row')} left out: {reason}" for reason, n in about.left_out.items()]
    twice = [f"{counted(about.duplicates, 'event')} twice, counted once"] if about.duplicates else []
    unread = [f"{counted(about.unread, 'row')} of the file cannot be read"] if about.unread else []
    for line in (*left_out, *unread, *twice, *about.notes):
        yield f"{line}."
    if found.found.course.other_starts >= found.minimum_base:
        yield f"{counted(found.found.course.other_starts, 'case')} left out: they begin otherwise."
    yield from _ties(found)
    if found.length:
        mean = found.events / found.cases
        yield (
            f"A case takes {duration(found.length.median)} (90 %: {duration(found.length.p90)}) "
            f"and has {grouped(mean)} events."
        )
    yield from _starts(found)
    if found.single > SHARE_OF_SINGLE * found.cases:
        yield (
            f"Warning: {percent(found.single / found.cases)} of the cases have one event: "
            "is the column of the case the id of the event?"
        )
    if found.odd > SHARE_OF_ODD:
        yield (f"Warning: {percent(found.odd)} of the times are after now or before 1990; durations are without them.")
    yield from _unfinished(found)


def _ties(found: CourseFigures) -> Iterable[str]:
    if not found.tied:
        return
    told = f"{percent(found.tied)} of neighbours are of the same moment"
    if found.tied < MANY_TIES:
        yield f"{told}."
    else:
        yield (
            f"Warning: {told}; they stand in the order that their activities usually have. "
            "Another order gives other ways: --order COLUMN says which is right."
        )
    if found.tied_together:
        pairs = ", ".join(f'"{a}" and "{b}"' for a, b in found.tied_together[:SHOWN_WAYS])
        yield f"Always at the same moment, so perhaps one touchpoint: {pairs}."


def _starts(found: CourseFigures) -> Iterable[str]:
    """Yield that cases begin with another activity than most of them."""
    first = max(found.activities, key=lambda one: one.starts or 0, default=None)
    others = [one for one in found.activities if one is not first and (one.starts or 0) >= LEAST_START]
    if first is None or not first.starts or not others:
        return
    other = max(others, key=lambda one: one.starts or 0)
    yield (
        f"{percent(other.starts or 0)} start with {other.label}, not {first.label}: "
        f"the log may begin in their middle (--starts {_as_argument(first.label)})."
    )


def _as_argument(label: str) -> str:
    from shlex import quote

    return quote(label)


def _unfinished(found: CourseFigures) -> Iterable[str]:
    if found.unfinished is None:
        return
    is_open, left = found.unfinished
    few = f"fewer than {found.minimum_base}"
    ends = " or ".join(found.last)
    yield (
        f"Without {ends} as their last: {grouped(is_open) if is_open else few} cases still open, "
        f"{grouped(left) if left else few} left."
    )


def _notes(found: CourseFigures) -> Iterable[str]:
    """Yield what stands below the table."""
    rare = [f"{one.label} ({grouped(found.cases_with[one.label])} cases)" for one in found.rare]
    if found.hidden_activities:
        rare.append(f"{grouped(found.hidden_activities)} of fewer than {found.minimum_base}")
    if rare:
        yield f"Rare: {'; '.join(rare)}."
    if found.ways:
        shown = found.ways[:SHOWN_WAYS]
        listed = " · ".join(f"{percent(way.share)} {' → '.join(way.labels)}" for way in shown)
        covered = f"; these {len(shown)} cover {percent(sum(way.share for way in shown))}" if shown[1:] else ""
        yield f"Ways: {listed}{covered}."
    following = [told for one in found.main if (told := _next(found, one))]
    if following:
        yield f"Next: {' · '.join(following)}."
    yield from _moves(found, found.found.course.teams, "Handoffs", "team")
    yield from _moves(found, found.found.course.channels, "Changes of channel", "channel")


def _next(found: CourseFigures, one: ActivityFigures) -> str:
    """Return what follows an activity, where that is not always the same."""
    steps = [step for step in found.following(one.label) if step.share >= LEAST_NEXT][:SHOWN_NEXT]
    if not steps or [step.after for step in steps] == [END]:
        return ""
    told = ", ".join(f"{percent(step.share)} {'(the end)' if step.after == END else step.after}" for step in steps)
    return f"{one.label} → {told}"


def _moves(found: CourseFigures, moves: Moves, name: str, column: str) -> Iterable[str]:
    pairs = found.pairs(moves)
    share = found.share_of_moving(moves)
    if share is not None and pairs:
        total = sum(one.n for one in moves.pairs) / found.cases
        listed = " · ".join(
            f"{one.before} → {one.after} {grouped(one.n)} times"
            + (f" (median {duration(one.times.median)})" if one.times else "")
            for one in pairs[:SHOWN_MOVES]
        )
        yield f"{name}: {percent(share)} of the cases; {grouped(total)} a case; {listed}."
    if moves.constant:
        yield f"The {column} is the same within nearly every case: it says something of the case, not of the event."


def _share_text(value: float) -> str:
    return percent(value) if value else "–"


def _activities(activities: Iterable[ActivityFigures], notes: Iterable[str] = ()) -> Table:
    columns = [
        Column("number", "#", right=True), Column("label", "Activity", wraps=True),
        Column("cases", "Cases", grouped, right=True, drop_order=5), Column("reach", "Reach", percent, right=True),
        Column("returns", "Back", _share_text, right=True, drop_order=1),
        Column("starts", "Starts", _share_text, right=True, drop_order=2),
        Column("ends", "Ends", _share_text, right=True, drop_order=2),
        Column("place", "Place", right=True, for_programs=True),
        Column("median", "Until the next", duration, right=True), Column("p90", "90 %", duration, right=True),
        Column("n", "n", right=True, for_programs=True), Column("where", "Where", wraps=True, drop_order=4),
    ]  # fmt: skip
    rows = [
        [
            number, one.label, one.cases, one.reach, one.returns, one.starts, one.ends, round(one.place, 6),
            *(one.wait or (None, None, None)), _where(one),
        ]
        for number, one in enumerate(activities, 1)
    ]  # fmt: skip
    if not any(row[-1] for row in rows):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    return Table("", columns, rows, note="\n".join(notes))


def _where(one: ActivityFigures) -> str:
    """Return the team, else the channel, that has most of the events."""
    shares = one.teams or one.channels
    return next((f"{name} {percent(share)}" for name, share in shares.items()), "")


# For programs.


def document(found: CourseFigures) -> dict[str, Any]:
    """Return the JSON of a log; what few cases have is null or left out, and counted in `hidden`."""
    about, course = found.found.about, found.found.course
    return {
        "version": VERSION,
        "log": {
            "name": found.name, "engine": about.engine, "events": found.events, "cases": found.cases,
            "first": about.first and about.first.isoformat(), "last": about.last and about.last.isoformat(),
            "left_out": dict(about.left_out), "unread": about.unread, "duplicates": about.duplicates,
            "tied": found.tied, "tied_together": [list(pair) for pair in found.tied_together],
            "notes": list(about.notes),
        },
        "activities": [_activity_data(one) for one in found.activities],
        "steps": [_step_data(one) for one in found.steps],
        "ways": [{"labels": list(one.labels), "n": one.n, "share": one.share} for one in found.ways],
        "ways_in_all": course.ways,
        "handoffs": _moves_data(found, course.teams),
        "channel_switches": _moves_data(found, course.channels),
        "case": {**_times_data(found.length), "events": found.events / found.cases},
        "open": _count(found, 0),
        "left": _count(found, 1),
        "hidden": {
            "activities": found.hidden_activities, "steps": found.hidden_steps, "ways": found.hidden_ways,
        },
    }  # fmt: skip


def _count(found: CourseFigures, at: int) -> int | None:
    """Return how many cases are open (0) or left (1); null where nothing is said of it, or of few."""
    return (found.unfinished[at] or None) if found.unfinished else None


def _times_data(times: Times | None) -> dict[str, Any]:
    return {"median": times and times.median, "p90": times and times.p90}


def _activity_data(one: ActivityFigures) -> dict[str, Any]:
    wait = one.wait and {**_times_data(one.wait), "n": one.wait.n}
    return {
        "label": one.label, "reach": one.reach, "cases": one.cases, "returns": one.returns, "starts": one.starts,
        "ends": one.ends, "place": one.place, "wait": wait, "channels": dict(one.channels), "teams": dict(one.teams),
    }  # fmt: skip


def _step_data(one: StepFigures) -> dict[str, Any]:
    return {"from": one.before, "to": one.after, "n": one.n, "share": one.share, **_times_data(one.times)}


def _moves_data(found: CourseFigures, moves: Moves) -> dict[str, Any]:
    pairs = found.pairs(moves)
    return {"share": found.share_of_moving(moves) if moves.pairs else None, "pairs": [_move_data(one) for one in pairs]}


def _move_data(one: MoveFigures) -> Mapping[str, Any]:
    return {"from": one.before, "to": one.after, "n": one.n, "cases": one.cases, **_times_data(one.times)}
