"""The course of the cases of a log: all that a first map is made of."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Literal

from journeykit.data.buckets import bucket, width
from journeykit.data.counting import where
from journeykit.data.events import Events
from journeykit.data.kept import Codes
from journeykit.data.questions import (
    Behind,
    CaseLength,
    Course,
    Found,
    Handoff,
    Label,
    Met,
    Move,
    Moves,
    Placed,
    Staged,
    Step,
    Tie,
    Tied,
    Way,
)
from journeykit.data.windows import KNOWN

EARLIEST = 631_152_000_000
"""1990-01-01 in milliseconds: earlier times of a log are taken for mistakes."""
MOST_WAYS = 1000
"""So many of the most frequent ways are named."""
MOST_STAGES = 64
MOVED = "(pg >= 0 AND g >= 0 AND pg <> g OR ph >= 0 AND h >= 0 AND ph <> h)"
"""Neighbours of two known teams, or of two known channels."""
SHARE_OF_CONSTANT = 0.95
"""A column with one value in so large a share of cases says something of the case, and not of the event."""
UNKNOWN = -1
"""The bucket of a duration that begins or ends at a time that cannot be right."""


class CourseEvents(Events):
    """Counts the events of a log whose activities are its touchpoints, as far as the settings say nothing else."""

    cases: int

    @cached_property
    def now(self) -> int:
        """This moment in milliseconds, the same for all that is counted."""
        return int(time.time() * 1000)

    @property
    def all_right(self) -> bool:
        """Whether no time of the log is before 1990 or after now."""
        first, last = self.counter.moments or (0, 0)
        return first >= EARLIEST and last <= self.now

    def cases_of_labels(self) -> dict[int, int]:
        """Return nothing: the cases are those of activities, by their places."""
        return {}

    def stands_for(self, label: str) -> str | None:
        if label in self.counter.source.passed_over:
            return None
        said = self.counter.source.activities.get(label)
        return said.title if said and said.title else label

    def count(self, found: Found) -> Found:
        """Return what was found, with the course of the cases."""
        found, codes = self.read(found)
        if not codes.names:
            return found
        self.cases = found.about.cases or 0
        self.keep_runs(codes)
        passed_over = [one.label for one in found.labels if one.label not in codes.labels]
        events = "jk_runs"
        if passed_over:  # which are events all the same: of teams, and of moments
            events, everything = "jk_all", self.every_code(found.labels)
            self.keep_runs(everything, events)
        # Each table that is kept may be as large as the log, so it is dropped once it has been asked everything.
        drop, source = self.engine.drop, self.counter.source
        self.keep_neighbours(events)
        drop("jk_all", "jk_all_lists")
        ties, tied = self.ties(events), self.tied(codes)
        teams = self.moves("g", codes, events) if source.team else Moves()
        channels = self.moves("h", codes, events) if source.channel else Moves()
        drop("jk_next")
        lengths, odd, behind = self.lengths(), self.odd(), self.behind(found.labels, codes)
        ends = self.ends(codes)
        drop("jk_cases", "jk_events")
        self.kept.keep_starts()
        drop("jk_runs_lists")
        steps = self.steps(codes)
        self.engine.keep("jk_ways", self.kept.ways())
        ways = self.ways(codes)
        met = self.met(ways, codes)
        drop("jk_starts")
        course = Course(
            tuple(self.placed(codes)), tuple(lengths), odd, *self.number_of_ways(), teams, channels, tuple(tied),
            tuple(behind), tuple(self.staged(codes)), tuple(met), self.other_starts(self.cases),
        )  # fmt: skip
        return found._replace(
            about=found.about._replace(tied=ties), steps=tuple(steps), ends=tuple(ends), ways=tuple(ways),
            course=course,
        )  # fmt: skip

    def every_code(self, labels: Iterable[Label]) -> Codes:
        """Return the numbers of all labels, those that are passed over among them."""
        name_of = {one.label: one.label for one in labels}
        place = self.places(name_of)
        names = sorted(name_of, key=lambda name: (place.get(name, 0.5), name))
        return Codes(tuple(names), {name: at for at, name in enumerate(names)})

    def between(self, start: str, end: str) -> str:
        """Return the bucket of the time between two moments; -1 where one of them cannot be right."""
        low = bucket(self.engine, f"({end} - {start})")
        if self.all_right:
            return low
        return f"CASE WHEN {start} >= {EARLIEST} AND {end} <= {self.now} THEN {low} ELSE {UNKNOWN} END"

    def steps(self, codes: Codes) -> list[Step]:
        rows = self.engine.rows(
            f"WITH s AS ({self.kept.steps()}) "
            f"SELECT a, c, {self.between('t0', 't')} AS low, COUNT(*) FROM s "
            "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        return [Step(codes.names[a], codes.names[b], int(low), width(int(low)), int(n)) for a, b, low, n in rows]

    def placed(self, codes: Codes) -> list[Placed]:
        """Count the cases of each activity by its place among the different ones of the case."""
        rows = self.engine.rows(
            f"SELECT c, pos, many, SUM(n), SUM(n * again) FROM ({self.kept.placed()}) a "
            "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        return [Placed(codes.names[c], int(at), int(of), int(n), int(again)) for c, at, of, n, again in rows]

    def lengths(self) -> list[CaseLength]:
        """Count the cases by how long they take, and their events."""
        rows = self.engine.rows(
            f"WITH s AS ({self.kept.lengths()}) "
            f"SELECT CASE WHEN n = 1 THEN 1 ELSE 0 END, {self.between('t0', 't1')} AS low, COUNT(*), SUM(n) FROM s "
            "GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return [CaseLength(int(low), int(n), int(events), bool(one)) for one, low, n, events in rows]

    def odd(self) -> int:
        """Count the events after now, or before 1990."""
        if self.all_right:
            return 0
        rows = self.engine.rows(f"SELECT COUNT(*) FROM jk_events WHERE t < {EARLIEST} OR t > {self.now}")
        return int(rows[0][0]) if rows else 0

    # Ways.

    def ways(self, codes: Codes) -> list[Way]:
        rows = self.engine.rows(
            f"SELECT way, n FROM jk_ways WHERE n >= {self.wanted.least} "
            f"ORDER BY 2 DESC, {self.engine.by_code('way')} LIMIT {MOST_WAYS}"
        )
        return [Way(tuple(codes.names[int(code)] for code in way.split(",")), int(n)) for way, n in rows]

    def number_of_ways(self) -> tuple[int, int, int]:
        """Return how many ways there are, how many of them of few cases, and of how many these are."""
        few = f"n < {self.wanted.least}"
        rows = self.engine.rows(
            f"SELECT COUNT(*), SUM(CASE WHEN {few} THEN 1 ELSE 0 END), SUM(CASE WHEN {few} THEN n ELSE 0 END) "
            "FROM jk_ways"
        )
        ways, few_ways, cases = (int(value or 0) for value in rows[0]) if rows else (0, 0, 0)
        return ways, few_ways, cases

    def met(self, ways: Iterable[Way], codes: Codes) -> list[Met]:
        """Count the cases of the most frequent way by the time until they meet each activity."""
        first = next(iter(ways), None)
        if first is None:
            return []
        numbers = {name: at for at, name in enumerate(codes.names)}
        way = [str(numbers[name]) for name in first.activities]
        rows = self.engine.rows(
            f"WITH x AS ({self.kept.met(way)}) SELECT c, {self.between('t0', 't1')} AS low, COUNT(*) FROM x "
            "GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return [Met(codes.names[c], int(low), int(n)) for c, low, n in rows]

    # Teams, channels, moments.

    def keep_neighbours(self, events: str) -> None:
        """Keep the neighbouring events of one moment, or of two teams or channels: `jk_next`.

        `a` is the activity that is left with the second event; -1 where both belong to one run. Where activities are
        passed over, the neighbours among all events stand apart, with -1 too.
        """
        small = ", ".join(f"CAST({one} AS SMALLINT) AS {one}" for one in ("c", "pg", "g", "ph", "h"))
        tied = "CAST(CASE WHEN pt = t THEN 1 ELSE 0 END AS SMALLINT)"
        columns = f"k, {small}, {self.between('pt', 't')} AS low, {tied} AS tied"

        def kept(name: str, left: str, more: str = "") -> str:
            neighbours = f"({self.kept.neighbours(name)}) n WHERE (pt = t OR {MOVED}){more}"
            return f"SELECT {columns}, CAST({left} AS SMALLINT) AS a FROM {neighbours}"

        if events == "jk_runs":
            self.engine.keep("jk_next", kept(events, "CASE WHEN pc = c THEN -1 ELSE pc END"))
        else:
            self.engine.keep("jk_next", kept("jk_runs", "pc", " AND pc <> c"), kept(events, "-1"))

    def ties(self, events: str = "jk_runs") -> Tie:
        every = "" if events == "jk_runs" else " AND a = -1"
        lengths = self.kept.lengths()
        rows = self.engine.rows(
            f"SELECT (SELECT SUM(n - 1) FROM ({lengths}) l), (SELECT COUNT(*) FROM jk_next WHERE tied = 1{every})"
        )
        return Tie(*(int(value or 0) for value in rows[0])) if rows else Tie(0, 0)

    def moves(self, kind: Literal["h", "g"], codes: Codes, events: str) -> Moves:
        """Count the changes of channel (`h`) or team (`g`) between neighbouring events, and of teams between runs."""
        names = self.words.teams if kind == "g" else self.words.channels
        left = "a" if kind == "g" else "-1"
        changed = f"p{kind} >= 0 AND {kind} >= 0 AND p{kind} <> {kind}"
        every = changed if events == "jk_runs" else f"{changed} AND a = -1"
        pairs = self.engine.rows(
            f"WITH n AS (SELECT p{kind}, {kind}, k, COUNT(*) AS n FROM jk_next WHERE {every} GROUP BY 1, 2, 3) "
            f"SELECT p{kind}, {kind}, COUNT(*), SUM(n) FROM n GROUP BY 1, 2 ORDER BY 1, 2"
        )
        counted = self.engine.rows(f"SELECT COUNT(DISTINCT k) FROM jk_next WHERE {every}")
        changing = int(counted[0][0]) if counted else 0
        times = self.engine.rows(
            f"WITH n AS (SELECT p{kind}, {kind}, {left} AS a, low FROM jk_next WHERE {changed}) "
            f"SELECT p{kind}, {kind}, a, low, COUNT(*) FROM n GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
        )
        return Moves(
            tuple(Handoff(names[a], names[b], int(cases), int(n)) for a, b, cases, n in pairs),
            changing,
            tuple(
                Move(names[a], names[b], codes.names[act] if act >= 0 else "", int(low), int(n))
                for a, b, act, low, n in times
            ),
            self.is_constant(kind, changing),
        )

    def is_constant(self, kind: Literal["h", "g"], changing: int) -> bool:
        """Return whether nearly all cases with two known channels or teams have a single one; `changing` do not."""
        if changing > (1 - SHARE_OF_CONSTANT) * self.cases:
            return False
        rows = self.engine.rows(self.kept.constant(kind))
        constant, many = (int(value or 0) for value in rows[0]) if rows else (0, 0)
        return bool(many) and constant >= SHARE_OF_CONSTANT * many

    def tied(self, codes: Codes) -> list[Tied]:
        """Count the cases in which two activities stand beside each other at the same moment."""
        rows = self.engine.rows(
            "SELECT CASE WHEN a < c THEN a ELSE c END, CASE WHEN a < c THEN c ELSE a END, COUNT(DISTINCT k) "
            "FROM jk_next WHERE tied = 1 AND a >= 0 GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return [Tied(codes.names[a], codes.names[b], int(cases)) for a, b, cases in rows]

    # What the settings say of activities.

    def behind(self, labels: Iterable[Label], codes: Codes) -> list[Behind]:
        """Count the passes of each touchpoint by the backstage activities that follow it."""
        source, engine = self.counter.source, self.engine
        known = [one.label for one in labels]
        hidden = [label for label in known if (said := source.activities.get(label)) and said.role == "backstage"]
        if not hidden:
            return []
        every = self.every_code(Label(label, 0, 0) for label in known)
        numbers = {**{label: -1 - at for at, label in enumerate(hidden)}, **codes.labels}
        places = {label: place for place, label in enumerate(self.words.labels)}
        acts = ", ".join(f"({places[label]}, {number}, {every.labels[label]})" for label, number in numbers.items())
        orders = [f"o{place}" for place in range(len(self.counter.orders()))]
        order = ", ".join(f"{one} NULLS LAST" for one in ("t", *orders, "place", "h", "g"))
        kept = "".join(f", e.{one}" for one in orders)
        rows = engine.rows(
            f"WITH n AS (SELECT e.k, e.t, e.h, e.g{kept}, v.c, v.place FROM jk_events e "
            f"JOIN (VALUES {acts}) v(r, c, place) ON v.r = e.r), "
            "x AS (SELECT k, c, g, SUM(CASE WHEN c >= 0 THEN 1 ELSE 0 END) OVER "
            f"(PARTITION BY k ORDER BY {order} ROWS UNBOUNDED PRECEDING) AS pass FROM n), "
            "y AS (SELECT k, c, g, pass, MAX(c) OVER (PARTITION BY k, pass) AS seen FROM x), "
            "z AS (SELECT DISTINCT k, pass, seen, c, g FROM y WHERE c < 0 AND seen >= 0) "
            "SELECT seen, c, g, COUNT(*) FROM z GROUP BY 1, 2, 3"
        )
        teams = self.words.teams
        return sorted(
            Behind(codes.names[seen], hidden[-1 - c], teams[team] if team >= 0 else "", int(n))
            for seen, c, team, n in rows
        )

    def staged(self, codes: Codes) -> list[Staged]:
        """Count the rows of each activity by the column that has stages."""
        if not self.wanted.stage:
            return []
        stage = self.counter.known(self.wanted.stage)
        rows = self.engine.rows(
            f"WITH b AS ({self.counter.base}), s AS (SELECT a, {stage} AS stage FROM b WHERE {KNOWN}) "
            "SELECT a, stage, COUNT(*) FROM s GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 40000"
        )
        if len({value for _, value, _ in rows}) > MOST_STAGES:
            message = f'"{self.wanted.stage}" has more than {MOST_STAGES} values'
            raise self.engine.fault(message, "name a column of stages", "stage-by")
        found: dict[tuple[str, str], int] = {}
        for label, value, n in rows:
            if label in codes.labels:
                key = (codes.names[codes.labels[label]], value)
                found[key] = found.get(key, 0) + int(n)
        return [Staged(*key, n) for key, n in sorted(found.items())]

    def other_starts(self, cases: int) -> int:
        """Return how many cases are left out, as they begin otherwise."""
        if not self.wanted.starts:
            return 0
        began = where(self.counter.days("ts"))
        rows: list[tuple[Any, ...]] = self.engine.rows(
            f"WITH b AS ({self.counter.base}), f AS (SELECT k, MIN(t) AS ts FROM b WHERE {KNOWN} GROUP BY k) "
            f"SELECT COUNT(*) FROM f{began}"
        )
        return int(rows[0][0]) - cases if rows else 0
