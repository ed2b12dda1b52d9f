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
MOST_TEAMS = 200
FEW = 5


class Codes(NamedTuple):
    """Numbers that stand for activities, and for pairs of channel and team, while events are counted."""

    names: tuple[str, ...]
    """The activity, or the touchpoint that it stands for, by its number: in the order that ties have."""
    labels: dict[str, int]
    pairs: tuple[tuple[str, str], ...]
    teams: tuple[str, ...]
    channels: tuple[str, ...]


class Events:
    """Counts the events of one source."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.engine = counter.engine
        self.wanted = counter.wanted

    def keep_events(self) -> None:
        """Keep the events that count, each once, with the start of its case: `jk_events`."""
        known = "k IS NOT NULL AND k <> '' AND a <> '' AND t IS NOT NULL"
        more = "".join(f", MIN({sql}) AS o{place}" for place, sql in enumerate(self.counter.orders()))
        once = f"SELECT k, t, a, ch, tm{more} FROM b WHERE {known} GROUP BY k, t, a, ch, tm"
        began = where([*self.counter.days("ts"), *self.conditions()])
        self.engine.keep(
            "jk_events",
            f"WITH b AS ({self.counter.base}), e AS ({once}), "
            f"f AS (SELECT e.*, MIN(t) OVER (PARTITION BY k) AS ts FROM e) SELECT f.* FROM f{began}",
        )

    def conditions(self) -> list[str]:
        """Return what else has to be true of the events of `f` that count."""
        return []

    def stands_for(self, label: str) -> str | None:
        """Return the touchpoint that a label stands for; None if it is passed over."""
        return self.wanted.labels.get(label) if self.wanted.labels else label

    def count(self, found: Found) -> Found:
        """Return what was found, with the events that are asked for."""
        self.keep_events()
        labels, rows = self.labels()
        codes = self.codes(labels, rows)
        found = found._replace(
            about=self.about(found, rows), labels=tuple(labels), activities=tuple(self.activities(rows, codes))
        )
        self.keep_runs(codes)
        if "events" in self.wanted.questions and codes.names:
            tied, steps = self.ties(), self.steps(codes)
            found = found._replace(
                about=found.about._replace(tied=tied), steps=tuple(steps), ends=tuple(self.ends(codes)),
                ways=tuple(self.ways(codes)),
            )  # fmt: skip
        if "handoffs" in self.wanted.questions and codes.names:
            found = found._replace(handoffs=tuple(self.handoffs(codes)))
        times, refused = self.spans(codes)
        shares = [one for name, having in self.wanted.having.items() for one in self.having(name, having)]
        return found._replace(
            times=(*found.times, *times), refused=(*found.refused, *refused), shares=(*found.shares, *shares)
        )

    # Activities.

    def labels(self) -> tuple[list[Label], list[tuple[str, str, str, int]]]:
        """Return the labels of the data, and the events of each activity, channel and team."""
        rows = self.engine.rows(
            f"SELECT a, COUNT(DISTINCT k), COUNT(*) FROM jk_events GROUP BY a ORDER BY a LIMIT {MOST_LABELS + 1}"
        )
        if len(rows) > MOST_LABELS:
            message = f"there are more than {MOST_LABELS} activities"
            raise self.engine.fault(message, "is it free text, or an id?", "activity")
        if self.engine.shown is not None:
            rows = [("…", 0, 0)]  # the numbers of activities follow from what is found
        labels = [Label(label, int(cases), int(n)) for label, cases, n in rows]
        rows = self.engine.rows(
            f"SELECT ch, tm, COUNT(*) FROM jk_events GROUP BY 1, 2 ORDER BY 1, 2 LIMIT {MOST_PAIRS + 1}"
        )
        if len(rows) > MOST_PAIRS:
            raise self.engine.fault(f"there are more than {MOST_PAIRS:,} pairs of channel and team", "is one an id?")
        self.check_teams()
        if self.engine.shown is not None:
            return labels, [("…", "", "", 0)]
        rows = self.engine.rows("SELECT a, ch, tm, COUNT(*) FROM jk_events GROUP BY a, ch, tm ORDER BY a, ch, tm")
        return labels, [(a, channel, team, int(n)) for a, channel, team, n in rows]

    def check_teams(self) -> None:
        """Refuse a column of teams that looks like people, unless the settings say that people may be counted."""
        source = self.counter.source
        if not source.team or source.people:
            return
        rows = self.engine.rows(
            f"WITH n AS (SELECT tm, COUNT(DISTINCT k) AS cases "
            "FROM jk_events WHERE tm <> '' GROUP BY tm) "
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

    def codes(self, labels: Iterable[Label], rows: Iterable[tuple[str, str, str, int]]) -> Codes:
        """Number the activities by the place that they usually have in a case, which decides ties; then by name."""
        name_of = {one.label: name for one in labels if (name := self.stands_for(one.label)) is not None}
        place = self.places(name_of)
        names = sorted(set(name_of.values()), key=lambda name: (place.get(name, 0.5), name))
        number = {name: place for place, name in enumerate(names)}
        pairs = sorted({(channel, team) for _, channel, team, _ in rows})
        teams = sorted({team for _, team in pairs})
        channels = sorted({channel for channel, _ in pairs})
        numbered = {label: number[name] for label, name in name_of.items()}
        return Codes(tuple(names), numbered, tuple(pairs), tuple(teams), tuple(channels))

    def places(self, name_of: dict[str, str]) -> dict[str, float]:
        """Return the mean time of each activity within its case, from 0 to 1, in whole thousandths of each event."""
        rows = self.engine.rows(
            f"WITH c AS (SELECT k, MIN(t) AS t0, MAX(t) AS t1 "
            "FROM jk_events GROUP BY k) SELECT e.a, SUM("
            f"{self.engine.quotient('(e.t - c.t0) * 1000', 'c.t1 - c.t0')}), COUNT(*) FROM jk_events e "
            "JOIN c ON c.k = e.k WHERE c.t1 > c.t0 GROUP BY e.a"
        )
        sums: dict[str, list[int]] = {}
        for label, total, n in rows:
            if label in name_of:
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
        acts = ", ".join(f"({engine.bind(label)}, {code})" for label, code in codes.labels.items())
        pairs = ", ".join(
            f"({engine.bind(channel)}, {engine.bind(team)}, {place}, {codes.teams.index(team) if team else -1}, "
            f"{codes.channels.index(channel) if channel else -1})"
            for place, (channel, team) in enumerate(codes.pairs)
        )
        orders = [f"o{place}" for place in range(len(self.counter.orders()))]
        window = f"(PARTITION BY k ORDER BY {', '.join(f'{one} NULLS LAST' for one in ('t', *orders, 'c', 'q'))})"
        before = ", ".join(f"LAG({name}) OVER {window} AS p{name}" for name in ("t", "c", "g", "h"))
        kept = "".join(f", e.{order}" for order in orders)
        engine.keep(
            name,
            f"WITH n AS (SELECT e.k, e.t, e.ts{kept}, v.c, u.q, u.g, u.h FROM jk_events e "
            f"JOIN (VALUES {acts}) v(a, c) ON v.a = e.a "
            f"JOIN (VALUES {pairs}) u(ch, tm, q, g, h) ON u.ch = e.ch AND u.tm = e.tm) "
            f"SELECT k, t, ts, c, g, h, {before}, ROW_NUMBER() OVER {window} AS nr, "
            f"LEAD(c) OVER {window} AS nc FROM n",
        )

    def ties(self, events: str = "jk_runs") -> Tie:
        """Return how many neighbours are of the same moment."""
        rows = self.engine.rows(f"SELECT COUNT(pt), SUM(CASE WHEN pt = t THEN 1 ELSE 0 END) FROM {events}")
        return Tie(*(int(value or 0) for value in rows[0])) if rows else Tie(0, 0)

    def steps(self, codes: Codes) -> list[Step]:
        """Count the steps from run to run."""
        rows = self.engine.rows(
            f"WITH s AS (SELECT c, LAG(c) OVER (PARTITION BY k ORDER BY nr) AS a, "
            "t - LAG(t) OVER (PARTITION BY k ORDER BY nr) AS d FROM jk_runs WHERE pc IS NULL OR pc <> c) "
            f"SELECT a, c, {bucket(self.engine, 'd')} AS low, COUNT(*) FROM s WHERE a IS NOT NULL "
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
        listed = self.engine.listed(self.engine.text("c"), "nr")
        rows = self.engine.rows(
            f"WITH s AS (SELECT k, {listed} AS way FROM jk_runs WHERE pc IS NULL OR pc <> c GROUP BY k) "
            "SELECT way, COUNT(*) FROM s GROUP BY way ORDER BY 2 DESC, 1"
        )
        return [Way(tuple(codes.names[int(code)] for code in way.split(",")), int(n)) for way, n in rows]

    def handoffs(self, codes: Codes) -> list[Handoff]:
        """Count the cases that go from one team to another."""
        rows = self.engine.rows(
            "SELECT pg, g, COUNT(DISTINCT k), COUNT(*) FROM jk_runs WHERE pg >= 0 AND g >= 0 AND pg <> g "
            "GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return [Handoff(codes.teams[a], codes.teams[b], int(cases), int(n)) for a, b, cases, n in rows]

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
        one_of = f"a IN ({self.engine.bind_all(labels)})"
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
