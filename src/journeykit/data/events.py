"""Events, counted by an engine: activities, steps between runs, handoffs of teams, ends and ways."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from journeykit.data.buckets import bucket, width
from journeykit.data.counting import MOST_LABELS, Counter, where
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
BEFORE, AFTER = "[NULL] || p[1:len(p) - 1]", "p[2:] || [NULL]"
"""The elements before and after those of a list."""
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


class Events:
    """Counts the events of one source."""

    words: Words

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.engine = counter.engine
        self.wanted = counter.wanted

    @property
    def packed(self) -> bool:
        """Whether the events of a case are sorted as a list of whole numbers: `ms * 2^21 + activity * 2^12 + pair`."""
        moments = self.counter.moments or (0, 0)
        return self.engine.has_lists and not self.counter.orders() and all(abs(one) < MOST_MILLIS for one in moments)

    def find_words(self) -> Words:
        """Return the activities and the pairs of channel and team of all rows that are events."""
        engine, base = self.engine, self.counter.base
        found = engine.rows(f"WITH b AS ({base}) SELECT a FROM b WHERE {KNOWN} GROUP BY a LIMIT {MOST_LABELS + 1}")
        if len(found) > MOST_LABELS:
            message = f"there are more than {MOST_LABELS} activities"
            raise engine.fault(message, "is it free text, or an id?", "activity")
        labels = tuple(sorted(label for (label,) in found)) or (_NONE if engine.shown is None else "…",)
        pairs: tuple[tuple[str, str], ...] = (("", ""),)
        if self.counter.source.channel or self.counter.source.team:
            found = engine.rows(
                f"WITH b AS ({base}) SELECT ch, tm FROM b WHERE {KNOWN} GROUP BY ch, tm LIMIT {MOST_PAIRS + 1}"
            )
            if len(found) > MOST_PAIRS:
                message = f"there are more than {MOST_PAIRS:,} pairs of channel and team"
                raise engine.fault(message, "is one an id?")
            pairs = tuple(sorted((channel, team) for channel, team in found)) or pairs
        teams, channels = sorted({team for _, team in pairs}), sorted({channel for channel, _ in pairs})
        return Words(labels, pairs, tuple(teams), tuple(channels))

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
        joined = (
            f"FROM b JOIN (VALUES {labels}) v(label, r) ON v.label = b.a "
            f"JOIN (VALUES {pairs}) u(channel, team, q, g, h) ON u.channel = b.ch AND u.team = b.tm WHERE {KNOWN}"
        )
        began = where([*self.counter.days("ts"), *self.conditions()])
        if self.packed:
            once = (
                f"n AS (SELECT k AS id, {_pack('t', 'r', 'q')} AS p {joined}), "
                "x AS (SELECT list_sort(list(p)) AS p FROM n GROUP BY id), "
                f"l AS (SELECT ROW_NUMBER() OVER () AS k, {_moment('p[1]')} AS ts, {_moment('p[len(p)]')} AS te, p "
                f"FROM x), e AS (SELECT k, ts, te, unnest(p) AS p, unnest({BEFORE}) AS pp FROM l), "
                f"d AS (SELECT k, {_moment('p')} AS t, ts, te, {_activity('p')} AS r, {_pair('p')} AS q FROM e "
                f"WHERE pp IS NULL OR pp <> p), f AS (SELECT d.*, u.g, u.h FROM d JOIN {self.pairs()} u ON u.q = d.q)"
            )
        else:
            orders = self.counter.orders()
            more = "".join(f", {sql} AS o{place}" for place, sql in enumerate(orders))
            first = "".join(f", MIN(o{place}) AS o{place}" for place in range(len(orders)))
            once = (
                f"n AS (SELECT k, t, r, q, g, h{more} {joined}), "
                f"e AS (SELECT k, t, r, q, g, h{first} FROM n GROUP BY k, t, r, q, g, h), "
                "f AS (SELECT e.*, MIN(t) OVER (PARTITION BY k) AS ts, MAX(t) OVER (PARTITION BY k) AS te FROM e)"
            )
        engine.keep("jk_events", f"WITH b AS ({self.counter.base}), {once} SELECT f.* FROM f{began}")

    def pairs(self) -> str:
        """Return the numbers of pairs, their teams and channels, as SQL after FROM; an alias has to follow."""
        rows = ", ".join(f"({q}, {g}, {h})" for q, g, h in self.words.numbered_pairs())
        return f"(SELECT * FROM (VALUES {rows}) w(q, g, h))"

    def numbers_of(self, labels: Iterable[str]) -> str:
        """Return the numbers of labels as SQL, with commas; -1 if no event has one of them."""
        places = {label: place for place, label in enumerate(self.words.labels)}
        return ", ".join(str(places[label]) for label in labels if label in places) or "-1"

    def conditions(self) -> list[str]:
        """Return what else has to be true of the events of `f` that count."""
        return []

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
        engine, words = self.engine, self.words
        counted = engine.rows(
            "WITH n AS (SELECT r, k, COUNT(*) AS n FROM jk_events GROUP BY r, k) "
            "SELECT r, COUNT(*), SUM(n) FROM n GROUP BY r ORDER BY r"
        )
        labels = [Label(words.labels[r], int(cases), int(n)) for r, cases, n in counted]
        self.check_teams()
        rows = engine.rows("SELECT r, q, COUNT(*) FROM jk_events GROUP BY r, q ORDER BY r, q")
        if engine.shown is not None:  # the numbers of activities follow from what is found
            return [Label("…", 0, 0)], [("…", "", "", 0)]
        return labels, [(words.labels[r], *words.pairs[q], int(n)) for r, q, n in rows]

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
        rows = self.engine.rows(
            f"SELECT r, SUM({self.engine.quotient('(t - ts) * 1000', 'te - ts')}), COUNT(*) FROM jk_events "
            "WHERE te > ts GROUP BY r"
        )
        sums: dict[str, list[int]] = {}
        for number, total, n in rows:
            if (label := self.words.labels[number]) in name_of:
                both = sums.setdefault(name_of[label], [0, 0])
                both[0] += int(total)
                both[1] += int(n)
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
        blank = "k IS NULL OR k = ''"
        counted = self.engine.rows(
            f"WITH b AS ({self.counter.base}) SELECT SUM(CASE WHEN {blank} THEN 1 ELSE 0 END), "
            f"SUM(CASE WHEN NOT ({blank}) AND a = '' THEN 1 ELSE 0 END), "
            f"SUM(CASE WHEN NOT ({blank}) AND a <> '' AND t IS NOT NULL THEN 1 ELSE 0 END) FROM b"
        )
        cases = self.engine.rows("SELECT COUNT(DISTINCT k), MIN(t), MAX(t) FROM jk_events")
        if not counted or not cases:
            return found.about
        no_case, no_activity, known = (int(value or 0) for value in counted[0])
        left_out = dict(found.about.left_out)
        left_out.update({key: n for key, n in (("no case", no_case), ("no activity", no_activity)) if n})
        events = sum(n for *_, n in rows)
        limited = self.wanted.since is not None or self.wanted.until is not None
        return found.about._replace(
            cases=int(cases[0][0]), first=self.counter.day(cases[0][1]), last=self.counter.day(cases[0][2]),
            left_out=left_out, duplicates=0 if limited else known - events,
        )  # fmt: skip

    # Runs.

    def keep_runs(self, codes: Codes, name: str = "jk_runs") -> None:
        """Keep the events as numbers in their order, with those before them."""
        engine = self.engine
        if not codes.names:
            return
        places = {label: place for place, label in enumerate(self.words.labels)}
        acts = ", ".join(f"({places[label]}, {code})" for label, code in codes.labels.items())
        coded = f"JOIN (VALUES {acts}) v(r, c) ON v.r = e.r"
        if self.packed:
            engine.keep(
                name,
                f"WITH n AS (SELECT e.k, e.ts, {_pack('e.t', 'v.c', 'e.q')} AS p FROM jk_events e {coded}), "
                "l AS (SELECT k, MIN(ts) AS ts, list_sort(list(p)) AS p FROM n GROUP BY k), "
                f"x AS (SELECT k, ts, unnest(p) AS p, unnest({BEFORE}) AS pp, unnest({AFTER}) AS np, "
                "unnest(range(1, len(p) + 1)) AS nr FROM l), "
                f"y AS (SELECT k, ts, nr, {_moment('p')} AS t, {_activity('p')} AS c, {_pair('p')} AS q, "
                f"{_moment('pp')} AS pt, {_activity('pp')} AS pc, {_pair('pp')} AS pq, {_activity('np')} AS nc FROM x) "
                "SELECT k, t, ts, c, u.g, u.h, pt, pc, v.g AS pg, v.h AS ph, nr, nc FROM y "
                f"JOIN {self.pairs()} u ON u.q = y.q LEFT JOIN {self.pairs()} v ON v.q = y.pq",
            )
            return
        orders = [f"o{place}" for place in range(len(self.counter.orders()))]
        window = f"(PARTITION BY k ORDER BY {', '.join(f'{one} NULLS LAST' for one in ('t', *orders, 'c', 'q'))})"
        before = ", ".join(f"LAG({name}) OVER {window} AS p{name}" for name in ("t", "c", "g", "h"))
        engine.keep(
            name,
            f"WITH n AS (SELECT e.*, v.c FROM jk_events e {coded}) "
            f"SELECT k, t, ts, c, g, h, {before}, ROW_NUMBER() OVER {window} AS nr, "
            f"LEAD(c) OVER {window} AS nc FROM n",
        )

    def keep_starts(self) -> None:
        """Keep the first events of the runs of each case as a list, where the engine has lists: `jk_starts`."""
        if self.packed:
            self.engine.keep(
                "jk_starts",
                f"SELECT k, list_sort(list({_pack('t', 'c', '0')})) AS p FROM jk_runs "
                "WHERE pc IS NULL OR pc <> c GROUP BY k",
            )

    def run_pairs(self) -> str:
        """Return the runs with those before them: c and t, a and t0 of the one before; `jk_starts` has to be kept."""
        if self.packed:
            return (
                f"SELECT {_activity('p')} AS c, {_moment('p')} AS t, {_activity('pp')} AS a, {_moment('pp')} AS t0 "
                f"FROM (SELECT unnest(p) AS p, unnest({BEFORE}) AS pp FROM jk_starts) x"
            )
        return (
            "SELECT c, t, LAG(c) OVER (PARTITION BY k ORDER BY nr) AS a, LAG(t) OVER (PARTITION BY k ORDER BY nr) "
            "AS t0 FROM jk_runs WHERE pc IS NULL OR pc <> c"
        )

    def listed_ways(self) -> str:
        """Return the sequence of runs of each case, as text of their codes; `jk_starts` has to be kept."""
        if self.packed:
            return f"SELECT k, array_to_string([{_activity('x')} for x in p], ',') AS way FROM jk_starts"
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
            f"WITH m AS (SELECT MAX(t) AS t1 FROM jk_events), "
            "s AS (SELECT c, m.t1 - t AS d FROM jk_runs CROSS JOIN m WHERE nc IS NULL) "
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


def _pack(moment: str, activity: str, pair: str) -> str:
    """Return an event as one whole number, which sorts by moment, activity and pair, as SQL."""
    return f"({moment} * 2097152 + {activity} * 4096 + {pair})"


def _moment(packed: str) -> str:
    return f"(({packed} - ({packed} & 2097151)) // 2097152)"


def _activity(packed: str) -> str:
    return f"(({packed} & 2097151) // 4096)"


def _pair(packed: str) -> str:
    return f"({packed} & 4095)"
