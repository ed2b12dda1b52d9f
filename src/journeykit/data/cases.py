"""Times and shares of cases, counted by an engine."""

from __future__ import annotations

from collections.abc import Sequence

from journeykit.data.buckets import bucket, width
from journeykit.data.counting import Counter, where
from journeykit.data.questions import Cell, Refused, Share, Time
from journeykit.data.sources import UNITS, Timing

MOST_VALUES = 4096
"""Up to so many different times, each is counted on its own."""
STATES = ("over", "open", "no start", "unreadable time", "negative", "blank")
"""What a time may be, by the number that stands for it while times are counted."""


class Cases:
    """Counts the times of cases, and the cases that are something, of one source."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.engine = counter.engine
        self.source = counter.source

    def times(self, last: int | None) -> tuple[list[Time], list[Refused]]:
        """Count the times of cases; those that are not over have their age at the last moment of the data."""
        found: list[Time] = []
        refused: list[Refused] = []
        for name, one in self.counter.plan.times.items():
            if one.column and one.unit != "h:m:s":
                self.counter.check_decimals(one.column, "times", name)
            newest, many = self.newest(one, last), self.surely_many(one)
            for segments in self.counter.sets():
                for period, *rest in self.engine.rows(self.timed(one, segments, newest, many)):
                    *values, state, low, wide, n, total, least, most = rest
                    named = tuple(zip(segments, (str(value or "") for value in values), strict=True))
                    cell = Cell(name, name, period or "", named)
                    if STATES[state] in ("over", "open"):
                        span = width(int(low)) if wide else 0
                        sums = (int(total), int(least), int(most))
                        found.append(Time(cell, int(low), span, STATES[state] == "open", int(n), *sums))
                    else:
                        refused.append(Refused(cell, STATES[state], int(n)))
        return found, refused

    def durations(self, one: Timing, segments: Sequence[str]) -> str:
        """Return the rows of a time as `WITH r AS (…), y AS (…)`: start, end and length, and whether it is blank."""
        engine = self.engine
        start, end, column = (
            self.counter.column(one.start),
            self.counter.column(one.end),
            self.counter.column(one.column),
        )
        begun = engine.millis(start) if start else engine.whole("NULL")
        ended = engine.millis(end) if end else engine.whole("NULL")
        value = self.duration(one.unit, one.column) if column else f"({ended}) - ({begun})"
        own = [f"{self.counter.text_of(name)} AS s{place}" for place, name in enumerate(segments)]
        moment = self.counter.moment if self.source.at else engine.whole("NULL")
        picked = ", ".join(
            [
                f"{begun} AS t0",
                f"{ended} AS t1",
                f"{value} AS v0",
                f"{self.is_blank(one)} AS blank",
                f"{moment} AS ms",
                *own,
            ]
        )
        chosen = where([engine.condition(one.where)] if one.where else [])
        return f"{self.counter.rows}, y AS (SELECT {picked} FROM r{chosen})"

    def is_blank(self, one: Timing) -> str:
        """Return whether a time has no end, as SQL."""
        column = self.counter.column(one.column or one.end)
        if column and column.kind != "text" and not self.source.missing:
            return f"{column.alias} IS NULL"
        written = self.counter.text_of(one.column or one.end)
        return f"({written} IS NULL OR {self.counter.is_missing(written)})"

    def newest(self, one: Timing, last: int | None) -> int | None:
        """Return the last moment of the data, of which a time knows its own two."""
        latest = [
            self.counter.outermost("MAX", column)
            for name in (one.start, one.end)
            if (column := self.counter.column(name))
        ]
        chosen = where([self.engine.condition(one.where)] if one.where else [])
        rows = self.engine.rows(f"{self.counter.rows} SELECT {', '.join(latest) or 'NULL'} FROM r{chosen}")
        return max((int(moment) for moment in (*(rows[0] if rows else ()), last) if moment is not None), default=None)

    def surely_many(self, one: Timing) -> bool:
        """Return whether some of the rows have more different lengths than are counted on their own."""
        some = f"SELECT v0 FROM y WHERE NOT blank AND v0 >= 0 LIMIT {20 * MOST_VALUES}"
        rows = self.engine.rows(f"{self.durations(one, ())} SELECT COUNT(DISTINCT v0) FROM ({some}) x")
        return bool(rows) and int(rows[0][0]) > MOST_VALUES

    def timed(self, one: Timing, segments: Sequence[str], newest: int | None, many: bool) -> str:
        """Return a statement that counts one time; each length on its own where there are not many."""
        engine = self.engine
        names = "".join(f", s{place}" for place in range(len(segments)))
        lost = "3" if one.column else "CASE WHEN t0 IS NULL THEN 2 ELSE 3 END"
        state = (
            f"CASE WHEN blank THEN CASE WHEN t0 IS NULL THEN 5 ELSE 1 END WHEN v0 IS NULL THEN {lost} "
            "WHEN v0 < 0 THEN 4 ELSE 0 END"
        )
        age = "NULL" if newest is None else f"{newest} - t0"
        value = f"CASE WHEN blank THEN {engine.whole(age)} ELSE v0 END"
        z = f"z AS (SELECT ms{names}, {state} AS state, {value} AS v FROM y)"
        low, wide, more, joined = bucket(engine, "v"), "1", "", ""
        if not many:
            more = ", m AS (SELECT COUNT(DISTINCT v) AS many FROM z WHERE state <= 1)"
            low = f"CASE WHEN many <= {MOST_VALUES} THEN v ELSE {low} END"
            wide, joined = f"CASE WHEN many <= {MOST_VALUES} THEN 0 ELSE 1 END", " CROSS JOIN m"
        groups = ", ".join(str(number) for number in range(1, 5 + len(segments)))
        return (
            f"{self.durations(one, segments)}, {z}{more}, "
            f"g AS (SELECT {self.counter.period_number('ms')} AS pn{names}, state, "
            f"CASE WHEN state > 1 THEN 0 ELSE {low} END AS low, {wide} AS wide, MIN(ms) AS ms, "
            f"COUNT(*) AS n, SUM(v) AS total, MIN(v) AS least, MAX(v) AS most "
            f"FROM z{joined} GROUP BY {groups}) "
            f"SELECT {self.counter.period(engine.day('ms'))} AS p{names}, state, low, wide, n, total, least, most "
            f"FROM g ORDER BY {groups}"
        )

    def duration(self, unit: str, name: str) -> str:
        """Return a time in a column as whole milliseconds."""
        engine = self.engine
        if unit != "h:m:s":
            return engine.whole(f"floor({self.counter.number_of(name)} * {UNITS[unit]} + 0.5)")
        text = f"replace({self.counter.text_of(name)}, '-', '')"
        hours, minutes, seconds = (engine.number(f"split_part({text}, ':', {place})") for place in (1, 2, 3))
        sign = f"CASE WHEN {self.counter.text_of(name)} LIKE '-%' THEN -1 ELSE 1 END"
        whole = f"{hours} * 3600 + {minutes} * 60 + COALESCE({seconds}, 0)"
        return engine.whole(f"floor(({whole}) * 1000 + 0.5) * {sign}")

    def shares(self) -> list[Share]:
        """Count the cases that are what the settings ask."""
        found = []
        for name, one in self.counter.plan.cases.items():
            for segments in self.counter.sets():
                own = [f"{self.counter.text_of(column)} AS s{place}" for place, column in enumerate(segments)]
                names = "".join(f", s{place}" for place in range(len(segments)))
                day = self.engine.day(self.counter.moment) if self.source.at else self.engine.whole("NULL")
                is_true = self.counter.relation.conditions[name]
                if one.window:
                    following = "LEAD(t) OVER (PARTITION BY i ORDER BY t, k)"
                    is_true = (
                        f"({is_true} AND NOT (i IS NOT NULL AND COALESCE({following} - t <= {one.window}, FALSE)))"
                    )
                rows = self.engine.rows(
                    f"{self.counter.rows}, "
                    f"y AS (SELECT {', '.join([f'{day} AS dy', f'{is_true} AS q', *own])} FROM r), "
                    f"z AS (SELECT {self.counter.period('dy')} AS p{names}, q FROM y) "
                    f"SELECT p{names}, SUM(CASE WHEN q THEN 1 ELSE 0 END), COUNT(q), COUNT(*) FROM z "
                    f"GROUP BY p{names} ORDER BY p{names}"
                )
                for period, *rest in rows:
                    *values, k, n, total = rest
                    named = tuple(zip(segments, (str(value or "") for value in values), strict=True))
                    found.append(Share(Cell(name, name, period or "", named), int(k), int(n), int(total) - int(n)))
        return found
