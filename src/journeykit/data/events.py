"""Events, counted by an engine: activities, steps between runs, handoffs of teams, ends and ways."""

from __future__ import annotations

from collections import Counter as Counted
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from journeykit.data.buckets import bucket, width
from journeykit.data.counting import MOST_LABELS, Counter
from journeykit.data.kept import Codes, Kept, Log, Words
from journeykit.data.lists import Lists
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
from journeykit.data.windows import KNOWN, Windows

MOST_PAIRS = 4096
_NONE = ""
"""Stands for the labels of a log without events: no event has an empty one."""
MOST_TEAMS = 200
FEW = 5


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
    kept: Kept
    usual: Mapping[str, Usual]
    """By label."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.engine = counter.engine
        self.wanted = counter.wanted

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
        blank = "(k IS NULL OR k = '')"
        case = counter.column(counter.source.case)
        blanks, odd = "1 = 0", blank
        if case and case.kind == "text":
            blanks, odd = f"{case.alias} <> k", f"({case.alias} IS NULL OR {case.alias} = '' OR {case.alias} <> k)"
        self.engine.keep(
            "jk_written",
            # Few cases are blank, or have blanks at their ends: they are looked for apart, as engines find them faster.
            f"WITH x AS (SELECT {written}, 0 AS no_case, COUNT(*) AS n, COUNT(t) AS known, 0 AS blanks "
            f"FROM ({base}) b GROUP BY {written} UNION ALL SELECT {written}, SUM(CASE WHEN {blank} THEN 1 ELSE 0 END), "
            f"0, -SUM(CASE WHEN {blank} AND t IS NOT NULL THEN 1 ELSE 0 END), "
            f"SUM(CASE WHEN {blanks} THEN 1 ELSE 0 END) FROM ({base}) b WHERE {odd} GROUP BY {written}) "
            f"SELECT {written}, SUM(no_case) AS no_case, SUM(n) AS n, SUM(known) AS known, SUM(blanks) AS blanks "
            f"FROM x GROUP BY {written}",
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
        channels, teams = (tuple(sorted({pair[place] for pair in pairs if pair[place]})) for place in (0, 1))
        none = _NONE if engine.shown is None else "…"
        return Words(tuple(labels) or (none,), tuple(pairs) or (("", ""),), channels, teams)

    def keep_events(self) -> None:
        """Keep the events that count, in the form that the engine and the log allow."""
        counter = self.counter
        self.words = self.find_words()
        column = counter.column(counter.source.case)
        case = column.alias if column and column.kind == "text" and not self.rows.blanks else "k"
        log = Log(
            self.engine, self.base, self.written, self.read_words(), case, counter.orders(), self.words,
            self.rows.events, counter.moments or (0, 0),
        )  # fmt: skip
        self.kept = Lists(log) if Lists.hold(log) else Windows(log)
        self.kept.keep_events(self.numbers_of(self.wanted.starts) if self.wanted.starts else "")

    def numbers_of(self, labels: Iterable[str]) -> str:
        """Return the numbers of labels as SQL, with commas; -1 if no event has one of them."""
        places = {label: place for place, label in enumerate(self.words.labels)}
        return ", ".join(str(places[label]) for label in labels if label in places) or "-1"

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
            self.kept.keep_starts()
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
        within = self.engine.quotient("(t - ts) * 1000", "NULLIF(te - ts, 0)")
        rows = self.engine.rows(
            f"SELECT r, h, g, COUNT(*), SUM({within}), COUNT(NULLIF(te - ts, 0)) FROM jk_events "
            "GROUP BY r, h, g ORDER BY r, h, g"
        )
        self.check_teams(rows)
        self.usual = {}
        if self.engine.shown is not None:  # the numbers of activities follow from what is found
            return [Label("…", 0, 0)], [("…", "", "", 0)]
        events: Counted[int] = Counted()
        for r, _, _, n, total, timed in rows:
            label, known = words.labels[r], self.usual.get(words.labels[r], Usual(0, 0))
            events[r] += int(n)
            self.usual[label] = Usual(known.total + int(total or 0), known.n + int(timed))
        labels = [Label(words.labels[r], cases.get(r, 0), n) for r, n in events.items()]
        return labels, [(words.labels[r], *words.pair(h, g), int(n)) for r, h, g, n, *_ in rows]

    def cases_of_labels(self) -> dict[int, int]:
        """Return the cases that have each label, by its number."""
        each = self.kept.labels_of_cases()
        return {r: int(n) for r, n in self.engine.rows(f"SELECT r, COUNT(*) FROM ({each}) l GROUP BY r ORDER BY r")}

    def check_teams(self, counted: Iterable[tuple[Any, ...]]) -> None:
        """Refuse a column of teams that looks like people, unless the settings say that people may be counted."""
        source = self.counter.source
        if not source.team or source.people:
            return
        events: Counted[int] = Counted()
        for _, _, g, n, *_ in counted:
            if g >= 0:
                events[g] += int(n)
        many = len(events)
        # A team has few cases only if it has few events, as no case has more than the longest.
        longest = sum(int(n or 0) for (n,) in self.engine.rows(f"SELECT MAX(n) FROM ({self.kept.lengths()}) l"))
        unsure = [g for g, n in events.items() if n < FEW * longest]
        cases = "SELECT g, COUNT(DISTINCT k) AS cases FROM jk_events"
        numbers = ", ".join(map(str, unsure)) or "-1"
        few = 0
        if unsure or self.engine.shown is not None:
            rows = self.engine.rows(
                f"SELECT COUNT(*) FROM ({cases} WHERE g IN ({numbers}) GROUP BY g) n WHERE cases < {FEW}"
            )
            few = sum(int(n) for (n,) in rows)
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
        cases = self.engine.rows(f"SELECT COUNT(*), MIN(t0), MAX(t1) FROM ({self.kept.lengths()}) l")
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

    # Runs.

    def keep_runs(self, codes: Codes, name: str = "jk_runs") -> None:
        """Keep the events as activities in their order, with those before them; nothing where there are none."""
        if codes.names:
            self.kept.keep_runs(codes, name)

    def ties(self, events: str = "jk_runs") -> Tie:
        """Return how many neighbours are of the same moment."""
        rows = self.engine.rows(f"SELECT COUNT(pt), SUM(CASE WHEN pt = t THEN 1 ELSE 0 END) FROM {events}")
        return Tie(*(int(value or 0) for value in rows[0])) if rows else Tie(0, 0)

    def steps(self, codes: Codes) -> list[Step]:
        """Count the steps from run to run."""
        rows = self.engine.rows(
            f"WITH s AS ({self.kept.steps()}), d AS (SELECT a, c, t - t0 AS d FROM s) "
            f"SELECT a, c, {bucket(self.engine, 'd')} AS low, COUNT(*) FROM d "
            "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        return [Step(codes.names[a], codes.names[b], int(low), width(int(low)), int(n)) for a, b, low, n in rows]

    def ends(self, codes: Codes) -> list[End]:
        """Count the last activities of cases by their age when the log ends.

        The end of the log is a subquery of its own: joined, PostgreSQL would look for it again for each case.
        """
        rows = self.engine.rows(
            f"WITH l AS ({self.kept.last_events()}), "
            f"s AS (SELECT c, (SELECT MAX(t1) FROM ({self.kept.lengths()}) n) - t AS d FROM l) "
            f"SELECT c, {bucket(self.engine, 'd')} AS low, COUNT(*) FROM s GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return [End(codes.names[c], int(low), width(int(low)), int(n)) for c, low, n in rows]

    def ways(self, codes: Codes) -> list[Way]:
        """Count the sequences of runs."""
        rows = self.engine.rows(f"SELECT way, n FROM ({self.kept.ways()}) w ORDER BY 2 DESC, 1")
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
