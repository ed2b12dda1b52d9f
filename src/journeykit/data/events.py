"""Events, counted by an engine: activities, steps between runs, handoffs of teams, ends and ways."""

from __future__ import annotations

from collections import Counter as Counted
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from journeykit.data import lists
from journeykit.data.buckets import bucket, width
from journeykit.data.counting import MOST_LABELS, Counter
from journeykit.data.questions import (
    About,
    Activity,
    Cell,
    End,
    Found,
    Handoff,
    Having,
    Label,
    Refused,
    Share,
    Span,
    Step,
    Tie,
    Time,
    Way,
)

MOST_PAIRS = 4096
MOST_MILLIS = 1 << 42
"""Moments of 2109 and later, and those before 1830, do not go into one whole number with an activity and a pair."""
BYTES_OF_EVENT = 100
"""The memory that an event needs until its case is a list."""
KNOWN = "k IS NOT NULL AND k <> '' AND a <> '' AND t IS NOT NULL"
_NONE = ""
"""Stands for the labels of a log without events: no event has an empty one."""
MOST_TEAMS = 200
FEW = 5


class Codes(NamedTuple):
    """Numbers that stand for the activities while runs are counted."""

    names: tuple[str, ...]
    """The activity, or the touchpoint that it stands for, by its number: in the order that ties have."""
    labels: dict[str, int]
    """The number of a label's activity; labels that are passed over have none."""


class Words(NamedTuple):
    """The texts of a log, each by its number in the kept events: sorted by their code points."""

    labels: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    """Pairs of channel and team."""
    teams: tuple[str, ...]
    channels: tuple[str, ...]

    def numbered_pairs(self) -> list[tuple[int, int, int]]:
        """Return the number of each pair, of its team and of its channel; -1 where that is not known."""
        teams = {team: place for place, team in enumerate(self.teams)}
        channels = {channel: place for place, channel in enumerate(self.channels)}
        return [
            (place, teams[team] if team else -1, channels[channel] if channel else -1)
            for place, (channel, team) in enumerate(self.pairs)
        ]


class Rows(NamedTuple):
    """What the rows of a log are."""

    no_case: int
    no_activity: int
    events: int
    """Repeated ones among them."""
    blanks: int
    """Rows whose case has blanks at its ends."""


class Usual(NamedTuple):
    """The times of the events of a label within their cases, in whole thousandths, as far as the case takes time."""

    total: int
    n: int


class Events:
    """Counts the events of one source."""

    words: Words
    rows: Rows
    usual: Mapping[str, Usual]
    """By label."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.engine = counter.engine
        self.wanted = counter.wanted

    @property
    def packed(self) -> bool:
        """Whether the events of a case are a sorted list of whole numbers (`data/lists.py`)."""
        moments = self.counter.moments or (0, 0)
        return self.engine.has_lists and not self.counter.orders() and all(abs(one) < MOST_MILLIS for one in moments)

    @cached_property
    def base(self) -> str:
        """The rows of the cases that begin in the days that are asked for, as SQL."""
        days = self.counter.days("MIN(t)")
        if not days:
            return self.counter.base
        begun = f"SELECT k FROM ({self.counter.base}) i WHERE {KNOWN} GROUP BY k HAVING {' AND '.join(days)}"
        return f"SELECT j.* FROM ({self.counter.base}) j WHERE j.k IN ({begun})"

    @cached_property
    def written(self) -> list[str]:
        """The columns of activity, channel and team, as aliases."""
        source = self.counter.source
        named = [self.counter.column(name) for name in (*source.activity, source.channel, source.team)]
        return list(dict.fromkeys(column.alias for column in named if column))

    def read_words(self) -> str:
        """Return the rows of `jk_written` with activity, channel and team as they are read, as SQL: a, ch, tm."""
        counter, source = self.counter, self.counter.source
        return (
            f"SELECT w.*, {counter.activity()} AS a, {counter.known(source.channel)} AS ch, "
            f"{counter.known(source.team)} AS tm FROM jk_written w"
        )

    def count_words(self, base: str) -> tuple[list[tuple[Any, ...]], Rows]:
        """Return each activity, and each pair of channel and team, of the rows that are events; and what rows are.

        What many rows have in common is counted as it is written, so that a text is read once: `jk_written`.
        """
        counter, written = self.counter, ", ".join(self.written)
        blank = "k IS NULL OR k = ''"
        case = counter.column(counter.source.case)
        blanks = f"SUM(CASE WHEN {case.alias} <> k THEN 1 ELSE 0 END)" if case and case.kind == "text" else "0"
        self.engine.keep(
            "jk_written",
            f"WITH b AS ({base}) SELECT {written}, SUM(CASE WHEN {blank} THEN 1 ELSE 0 END) AS no_case, "
            f"COUNT(*) AS n, SUM(CASE WHEN {blank} OR t IS NULL THEN 0 ELSE 1 END) AS known, "
            f"{blanks} AS blanks FROM b GROUP BY {written}",
        )
        rows = self.engine.rows(
            f"WITH l AS ({self.read_words()}), "
            "e AS (SELECT a, ch, tm, no_case, blanks, CASE WHEN a = '' THEN n - no_case ELSE 0 END AS no_activity, "
            "CASE WHEN a = '' THEN 0 ELSE known END AS known FROM l), "
            "x AS (SELECT CASE WHEN known > 0 THEN a END AS a, no_case, no_activity, known, blanks FROM e), "
            "p AS (SELECT DISTINCT ch, tm FROM e WHERE known > 0) "
            "(SELECT 0 AS kind, a, '' AS team, SUM(no_case), SUM(no_activity), SUM(known), SUM(blanks) FROM x "
            f"GROUP BY a LIMIT {MOST_LABELS + 2}) "
            f"UNION ALL (SELECT 1, ch, tm, 0, 0, 0, 0 FROM p LIMIT {MOST_PAIRS + 1})"
        )
        sums = (sum(int(row[place]) for row in rows) for place in (3, 4, 5, 6))
        return rows, Rows(*sums)

    def find_words(self) -> Words:
        """Return the activities and the pairs of channel and team of all rows that are events."""
        engine = self.engine
        if self.base != self.counter.base:
            _, self.rows = self.count_words(self.counter.base)
            found, _ = self.count_words(self.base)
        else:
            found, self.rows = self.count_words(self.base)
        labels = sorted(label for kind, label, *_ in found if kind == 0 and label is not None)
        pairs = sorted((channel, team) for kind, channel, team, *_ in found if kind == 1)
        if len(labels) > MOST_LABELS:
            message = f"there are more than {MOST_LABELS} activities"
            raise engine.fault(message, "is it free text, or an id?", "activity")
        if len(pairs) > MOST_PAIRS:
            message = f"there are more than {MOST_PAIRS:,} pairs of channel and team"
            raise engine.fault(message, "is one an id?")
        teams, channels = sorted({team for _, team in pairs}), sorted({channel for channel, _ in pairs})
        none = _NONE if engine.shown is None else "…"
        return Words(tuple(labels) or (none,), tuple(pairs) or (("", ""),), tuple(teams), tuple(channels))

    def keep_events(self) -> None:
        """Keep the events that count as numbers, each once, with first and last moment of its case: `jk_events`."""
        engine = self.engine
        self.words = self.find_words()
        labels = ", ".join(f"({engine.bind(label)}, {place})" for place, label in enumerate(self.words.labels))
        numbers = self.words.numbered_pairs()
        pairs = ", ".join(
            f"({engine.bind(channel)}, {engine.bind(team)}, {place}, {team_number}, {channel_number})"
            for (channel, team), (place, team_number, channel_number) in zip(self.words.pairs, numbers, strict=True)
        )
        coded = (
            f"JOIN (VALUES {labels}) v(label, r) ON v.label = b.a "
            f"JOIN (VALUES {pairs}) u(channel, team, q, g, h) ON u.channel = b.ch AND u.team = b.tm"
        )
        if self.packed:
            self.keep_lists(coded)
            return
        orders = self.counter.orders()
        more = "".join(f", {sql} AS o{place}" for place, sql in enumerate(orders))
        first = "".join(f", MIN(o{place}) AS o{place}" for place in range(len(orders)))
        engine.keep(
            "jk_events",
            f"WITH b AS ({self.base}), n AS (SELECT k, t, r, q, g, h{more} FROM b {coded} WHERE {KNOWN}), "
            f"e AS (SELECT k, t, r, q, g, h{first} FROM n GROUP BY k, t, r, q, g, h), "
            "f AS (SELECT e.*, MIN(t) OVER (PARTITION BY k) AS ts, MAX(t) OVER (PARTITION BY k) AS te FROM e) "
            f"SELECT f.* FROM f{self.beginning()}",
        )

    def keep_lists(self, coded: str) -> None:
        """Keep the events of each case as a list: `jk_cases`, of which `jk_events` is a view."""
        same = " AND ".join(f"b.{one} IS NOT DISTINCT FROM w.{one}" for one in self.written)
        columns = ", ".join(f"b.{one}" for one in self.written)
        words = f"SELECT {columns}, r, q FROM ({self.read_words()}) b {coded}"
        event = lists.packed("b.t", "w.r", "w.q")
        column = self.counter.column(self.counter.source.case)
        case = f"b.{column.alias}" if column and column.kind == "text" and not self.rows.blanks else "b.k"
        made = [
            f"WITH b AS ({self.base}), w AS ({words}), x AS (SELECT list_sort(list({event})) AS p FROM b "
            f"JOIN w ON {same} WHERE {case} <> '' AND b.t IS NOT NULL{part} GROUP BY {case}), "
            f"l AS (SELECT {lists.once('p')} AS p FROM x) SELECT p FROM l{self.beginning()}"
            for part in self.parts(case)
        ]
        self.engine.keep("jk_cases", *made)
        first, last = lists.moment("p[1]"), lists.moment("p[len(p)]")
        self.engine.view(
            "jk_events",
            f"SELECT k, ts, te, {lists.moment('p')} AS t, {lists.activity('p')} AS r, {lists.pair('p')} AS q, "
            f"{self.team('p')} AS g, {self.channel('p')} AS h FROM "
            f"(SELECT rowid AS k, {first} AS ts, {last} AS te, unnest(p) AS p FROM jk_cases) e",
        )

    def team(self, event: str) -> str:
        """Return the number of the team of an event of a list, as SQL; -1 where it is not known."""
        return lists.found((team for _, team, _ in self.words.numbered_pairs()), lists.pair(event))

    def channel(self, event: str) -> str:
        """Return the number of the channel of an event of a list, as SQL; -1 where it is not known."""
        return lists.found((channel for *_, channel in self.words.numbered_pairs()), lists.pair(event))

    def parts(self, case: str) -> list[str]:
        """Return conditions on the cases of parts that are sorted one after the other, so that memory is enough."""
        parts = -(-self.rows.events * BYTES_OF_EVENT // self.engine.limits.memory)
        if parts <= 1:
            return [""]
        return [f" AND hash({case}) % {parts} = {part}" for part in range(parts)]

    def numbers_of(self, labels: Iterable[str]) -> str:
        """Return the numbers of labels as SQL, with commas; -1 if no event has one of them."""
        places = {label: place for place, label in enumerate(self.words.labels)}
        return ", ".join(str(places[label]) for label in labels if label in places) or "-1"

    def beginning(self) -> str:
        """Return what has to be true of the events of `f`, or the lists of `l`, that count, as SQL."""
        return ""

    def stands_for(self, label: str) -> str | None:
        """Return the touchpoint that a label stands for; None if it is passed over."""
        return self.wanted.labels.get(label) if self.wanted.labels else label

    def read(self, found: Found) -> tuple[Found, Codes]:
        """Keep the events, and return what was found with their labels and activities, and the codes of these."""
        self.keep_events()
        labels, rows = self.labels()
        codes = self.codes(labels)
        activities = tuple(self.activities(rows, codes))
        return found._replace(about=self.about(found, rows), labels=tuple(labels), activities=activities), codes

    def count(self, found: Found) -> Found:
        """Return what was found, with the events that are asked for."""
        found, codes = self.read(found)
        self.keep_runs(codes)
        if "events" in self.wanted.questions and codes.names:
            self.keep_starts()
            tied, steps = self.ties(), self.steps(codes)
            found = found._replace(
                about=found.about._replace(tied=tied), steps=tuple(steps), ends=tuple(self.ends(codes)),
                ways=tuple(self.ways(codes)),
            )  # fmt: skip
        if "handoffs" in self.wanted.questions and codes.names:
            found = found._replace(handoffs=tuple(self.handoffs()))
        times, refused = self.spans(codes)
        shares = [one for name, having in self.wanted.having.items() for one in self.having(name, having)]
        return found._replace(
            times=(*found.times, *times), refused=(*found.refused, *refused), shares=(*found.shares, *shares)
        )

    # Activities.

    def labels(self) -> tuple[list[Label], list[tuple[str, str, str, int]]]:
        """Return the labels of the data, and the events of each activity, channel and team."""
        words = self.words
        cases = self.cases_of_labels()
        self.check_teams()
        within = self.engine.quotient("(t - ts) * 1000", "NULLIF(te - ts, 0)")
        rows = self.engine.rows(
            f"SELECT r, q, COUNT(*), SUM({within}), COUNT(NULLIF(te - ts, 0)) FROM jk_events "
            "GROUP BY r, q ORDER BY r, q"
        )
        self.usual = {}
        if self.engine.shown is not None:  # the numbers of activities follow from what is found
            return [Label("…", 0, 0)], [("…", "", "", 0)]
        events: Counted[int] = Counted()
        for r, _, n, total, timed in rows:
            label, known = words.labels[r], self.usual.get(words.labels[r], Usual(0, 0))
            events[r] += int(n)
            self.usual[label] = Usual(known.total + int(total or 0), known.n + int(timed))
        labels = [Label(words.labels[r], cases.get(r, 0), n) for r, n in events.items()]
        return labels, [(words.labels[r], *words.pairs[q], int(n)) for r, q, n, *_ in rows]

    def cases_of_labels(self) -> dict[int, int]:
        """Return the cases that have each label, by its number."""
        each = "SELECT DISTINCT k, r FROM jk_events"
        if self.packed:
            each = f"SELECT unnest(list_distinct({lists.activities('p')})) AS r FROM jk_cases"
        return {r: int(n) for r, n in self.engine.rows(f"SELECT r, COUNT(*) FROM ({each}) l GROUP BY r ORDER BY r")}

    def check_teams(self) -> None:
        """Refuse a column of teams that looks like people, unless the settings say that people may be counted."""
        source = self.counter.source
        if not source.team or source.people:
            return
        rows = self.engine.rows(
            "WITH n AS (SELECT g, COUNT(DISTINCT k) AS cases FROM jk_events WHERE g >= 0 GROUP BY g) "
            f"SELECT COUNT(*), SUM(CASE WHEN cases < {FEW} THEN 1 ELSE 0 END) FROM n"
        )
        many, few = (int(value or 0) for value in rows[0]) if rows else (0, 0)
        if many > MOST_TEAMS or (many >= FEW and few * 2 >= many):
            why = (
                f"it has {many:,} values"
                if many > MOST_TEAMS
                else f"{few} of its {many} values are in fewer than 5 cases"
            )
            help = "name a column of teams, or say that these may be counted: people = true"
            raise self.engine.fault(f'"{source.team}" looks like people: {why}', help, "team")

    def codes(self, labels: Iterable[Label]) -> Codes:
        """Number the activities by the place that they usually have in a case, which decides ties; then by name."""
        name_of = {one.label: name for one in labels if (name := self.stands_for(one.label)) is not None}
        place = self.places(name_of)
        names = sorted(set(name_of.values()), key=lambda name: (place.get(name, 0.5), name))
        number = {name: place for place, name in enumerate(names)}
        return Codes(tuple(names), {label: number[name] for label, name in name_of.items()})

    def places(self, name_of: dict[str, str]) -> dict[str, float]:
        """Return the mean time of each activity within its case, from 0 to 1, in whole thousandths of each event."""
        sums: dict[str, list[int]] = {}
        for label, usual in self.usual.items():
            if label in name_of and usual.n:
                both = sums.setdefault(name_of[label], [0, 0])
                both[0] += usual.total
                both[1] += usual.n
        return {name: total / n / 1000 for name, (total, n) in sums.items()}

    def activities(self, rows: Iterable[tuple[str, str, str, int]], codes: Codes) -> list[Activity]:
        """Return the events of each activity, channel and team."""
        found: dict[tuple[str, str, str], int] = {}
        for label, channel, team, n in rows:
            if label in codes.labels:
                key = (codes.names[codes.labels[label]], channel, team)
                found[key] = found.get(key, 0) + n
        return [Activity(*key, n) for key, n in sorted(found.items())]

    def about(self, found: Found, rows: Iterable[tuple[str, str, str, int]]) -> About:
        """Return what was read, with cases and events that are there twice."""
        cases = self.engine.rows(f"SELECT COUNT(*), MIN(t0), MAX(t1) FROM ({self.case_lengths()}) l")
        if not cases:
            return found.about
        blank = {"no case": self.rows.no_case, "no activity": self.rows.no_activity}
        left_out = {**found.about.left_out, **{key: n for key, n in blank.items() if n}}
        events = sum(n for *_, n in rows)
        limited = self.wanted.since is not None or self.wanted.until is not None
        return found.about._replace(
            cases=int(cases[0][0]), first=self.counter.day(cases[0][1]), last=self.counter.day(cases[0][2]),
            left_out=left_out, duplicates=0 if limited else self.rows.events - events,
        )  # fmt: skip

    def case_lengths(self) -> str:
        """Return the number of events of each case, and its first and last moment, as SQL: n, t0, t1."""
        if self.packed:
            return f"SELECT len(p) AS n, {lists.moment('p[1]')} AS t0, {lists.moment('p[len(p)]')} AS t1 FROM jk_cases"
        return "SELECT COUNT(*) AS n, MIN(ts) AS t0, MIN(te) AS t1 FROM jk_events GROUP BY k"

    # Runs.

    def keep_runs(self, codes: Codes, name: str = "jk_runs") -> None:
        """Keep the events as numbers in their order, with those before them."""
        engine = self.engine
        if not codes.names:
            return
        if self.packed:
            numbers = [codes.labels.get(label, -1) for label in self.words.labels]
            engine.keep(
                f"{name}_lists",
                f"WITH l AS (SELECT rowid AS k, {lists.moment('p[1]')} AS ts, "
                f"list_sort({lists.renumbered('p', numbers)}) AS p FROM jk_cases) SELECT * FROM l WHERE len(p) > 0",
            )
            engine.view(
                name,
                f"SELECT k, ts, p AS nr, {lists.moment('p')} AS t, {lists.activity('p')} AS c, {self.team('p')} AS g, "
                f"{self.channel('p')} AS h, {lists.moment('pp')} AS pt, {lists.activity('pp')} AS pc, "
                f"{self.team('pp')} AS pg, {self.channel('pp')} AS ph "
                f"FROM (SELECT k, ts, unnest(p) AS p, unnest({lists.before('p')}) AS pp FROM {name}_lists) y",
            )
            return
        places = {label: place for place, label in enumerate(self.words.labels)}
        acts = ", ".join(f"({places[label]}, {code})" for label, code in codes.labels.items())
        orders = [f"o{place}" for place in range(len(self.counter.orders()))]
        window = f"(PARTITION BY k ORDER BY {', '.join(f'{one} NULLS LAST' for one in ('t', *orders, 'c', 'q'))})"
        before = ", ".join(f"LAG({name}) OVER {window} AS p{name}" for name in ("t", "c", "g", "h"))
        engine.keep(
            name,
            f"WITH n AS (SELECT e.*, v.c FROM jk_events e JOIN (VALUES {acts}) v(r, c) ON v.r = e.r) "
            f"SELECT k, t, ts, c, g, h, {before}, ROW_NUMBER() OVER {window} AS nr, "
            f"LEAD(c) OVER {window} AS nc FROM n",
        )

    def keep_starts(self) -> None:
        """Keep the first events of the runs of each case as a list, where the engine has lists: `jk_starts`."""
        if self.packed:
            self.engine.keep("jk_starts", f"SELECT k, ts, {lists.runs('p')} AS p FROM jk_runs_lists")

    def run_pairs(self) -> str:
        """Return the runs with those before them: c and t, a and t0 of the one before; `jk_starts` has to be kept."""
        if self.packed:
            return (
                f"SELECT {lists.activity('p')} AS c, {lists.moment('p')} AS t, {lists.activity('pp')} AS a, "
                f"{lists.moment('pp')} AS t0 FROM "
                f"(SELECT unnest(p) AS p, unnest({lists.before('p')}) AS pp FROM jk_starts) x"
            )
        return (
            "SELECT c, t, LAG(c) OVER (PARTITION BY k ORDER BY nr) AS a, LAG(t) OVER (PARTITION BY k ORDER BY nr) "
            "AS t0 FROM jk_runs WHERE pc IS NULL OR pc <> c"
        )

    def last_events(self) -> str:
        """Return activity and moment of the last event of each case, as SQL: c and t."""
        if self.packed:
            last = "p[len(p)]"
            return f"SELECT {lists.activity(last)} AS c, {lists.moment(last)} AS t FROM jk_runs_lists"
        return "SELECT c, t FROM jk_runs WHERE nc IS NULL"

    def listed_ways(self) -> str:
        """Return the sequence of runs of each case, as text of their codes; `jk_starts` has to be kept."""
        if self.packed:
            listed = f"SELECT k, {lists.activities('p')} AS codes FROM jk_starts"
            return f"SELECT k, codes, array_to_string(codes, ',') AS way FROM ({listed}) x"
        listed = self.engine.listed(self.engine.text("c"), "nr")
        return f"SELECT k, {listed} AS way FROM jk_runs WHERE pc IS NULL OR pc <> c GROUP BY k"

    def ties(self, events: str = "jk_runs") -> Tie:
        """Return how many neighbours are of the same moment."""
        rows = self.engine.rows(f"SELECT COUNT(pt), SUM(CASE WHEN pt = t THEN 1 ELSE 0 END) FROM {events}")
        return Tie(*(int(value or 0) for value in rows[0])) if rows else Tie(0, 0)

    def steps(self, codes: Codes) -> list[Step]:
        """Count the steps from run to run."""
        rows = self.engine.rows(
            f"WITH s AS ({self.run_pairs()}), d AS (SELECT a, c, t - t0 AS d FROM s WHERE a IS NOT NULL) "
            f"SELECT a, c, {bucket(self.engine, 'd')} AS low, COUNT(*) FROM d "
            "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        return [Step(codes.names[a], codes.names[b], int(low), width(int(low)), int(n)) for a, b, low, n in rows]

    def ends(self, codes: Codes) -> list[End]:
        """Count the last activities of cases by their age when the log ends."""
        rows = self.engine.rows(
            f"WITH m AS (SELECT MAX(t1) AS t1 FROM ({self.case_lengths()}) n), l AS ({self.last_events()}), "
            "s AS (SELECT c, m.t1 - t AS d FROM l CROSS JOIN m) "
            f"SELECT c, {bucket(self.engine, 'd')} AS low, COUNT(*) FROM s GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return [End(codes.names[c], int(low), width(int(low)), int(n)) for c, low, n in rows]

    def ways(self, codes: Codes) -> list[Way]:
        """Count the sequences of runs."""
        rows = self.engine.rows(
            f"WITH s AS ({self.listed_ways()}) SELECT way, COUNT(*) FROM s GROUP BY way ORDER BY 2 DESC, 1"
        )
        return [Way(tuple(codes.names[int(code)] for code in way.split(",")), int(n)) for way, n in rows]

    def handoffs(self) -> list[Handoff]:
        """Count the cases that go from one team to another."""
        rows = self.engine.rows(
            "SELECT pg, g, COUNT(DISTINCT k), COUNT(*) FROM jk_runs WHERE pg >= 0 AND g >= 0 AND pg <> g "
            "GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return [Handoff(self.words.teams[a], self.words.teams[b], int(cases), int(n)) for a, b, cases, n in rows]

    # Times and shares between labels.

    def spans(self, codes: Codes) -> tuple[list[Time], list[Refused]]:
        """Count the times from the first event of some touchpoints to the first later one of others."""
        found: list[Time] = []
        refused: list[Refused] = []
        for name, span in self.wanted.spans.items():
            for period, state, low, n, total, least, most in self.span(codes, span):
                cell = Cell(name, name, period or "")
                if state == "over":
                    ends = (int(n), int(total), int(least), int(most))
                    found.append(Time(cell, int(low), width(int(low)), False, *ends))
                else:
                    refused.append(Refused(cell, state, int(n)))
        return found, refused

    def span(self, codes: Codes, span: Span) -> list[tuple[Any, ...]]:
        """Return the rows of one time: period, state, bucket, n, sum, least, most."""
        numbers = {name: place for place, name in enumerate(codes.names)}
        start = ", ".join(str(numbers[one]) for one in span.start if one in numbers) or "-1"
        end = ", ".join(str(numbers[one]) for one in span.end if one in numbers) or "-1"
        if not codes.names:
            return []
        state = "CASE WHEN t0 IS NULL THEN 'no start' WHEN t1 IS NULL THEN 'no end' ELSE 'over' END"
        return self.engine.rows(
            f"WITH f AS (SELECT k, MIN(nr) AS nr0 FROM jk_runs WHERE c IN ({start}) GROUP BY k), "
            "x AS (SELECT r.k, MIN(r.ts) AS ts, MIN(CASE WHEN r.nr = f.nr0 THEN r.t END) AS t0, "
            f"MIN(CASE WHEN r.c IN ({end}) AND r.nr > f.nr0 THEN r.t END) AS t1 "
            "FROM jk_runs r LEFT JOIN f ON f.k = r.k GROUP BY r.k), "
            f"y AS (SELECT {self.counter.period(self.engine.day('ts'))} AS p, {state} AS state, t1 - t0 AS d FROM x) "
            f"SELECT p, state, CASE WHEN d IS NULL THEN 0 ELSE {bucket(self.engine, 'd')} END AS low, COUNT(*), "
            "SUM(d), MIN(d), MAX(d) FROM y GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )

    def having(self, name: str, having: Having) -> list[Share]:
        """Count the cases that have one of some labels, or none."""
        labels = having.any_of or having.none_of
        one_of = f"r IN ({self.numbers_of(labels)})"
        rows = self.engine.rows(
            f"WITH h AS (SELECT k, MIN(ts) AS ts, MAX(CASE WHEN {one_of} THEN 1 ELSE 0 END) AS has "
            "FROM jk_events GROUP BY k), "
            f"y AS (SELECT {self.counter.period(self.engine.day('ts'))} AS p, has FROM h) "
            "SELECT p, SUM(has), COUNT(*) FROM y GROUP BY p ORDER BY p"
        )
        return [
            Share(Cell(name, name, period or ""), int(k) if having.any_of else int(n) - int(k), int(n), 0)
            for period, k, n in rows
        ]
